"""Files wait in quarantine until the scanner has said that they are clean (ADR 0028).

The scanner is asked by the worker, never while somebody waits. When it is down a file stays «being checked» and is
asked for again and again; a file in which something was found is removed, and everybody concerned is told.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from services_api.cases import assignment, clamd, events
from services_api.cases.actors import SYSTEM
from services_api.cases.announcements import Announcement, announce
from services_api.cases.general_steps import in_all_languages
from services_api.cases.models import Attachment, ScanState

logger = logging.getLogger(__name__)
# Longer than a scan may take: the client gives up after 30 seconds at each step.
LEASE = timedelta(minutes=10)
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=30), timedelta(hours=1)
# The count is for the pauses; a file is asked for as long as it is there.
MOST_ATTEMPTS_COUNTED = 1000
PER_RUN = 100
REMOVED = gettext_noop("One of the attached files held a virus and was removed. Send it again from a clean device.")


def of_new_file() -> dict[str, Any]:
    """The columns of a file that comes in now."""
    if not settings.CLAMD_URL:
        return {"scan_state": ScanState.NOT_SCANNED}
    return {"scan_state": ScanState.CHECKING, "scan_at": timezone.now()}


def scan_soon() -> None:
    """Wake the worker after the commit. When it is not reached, the dispatcher's next round finds the file."""
    if settings.CLAMD_URL:
        from services_api.cases.tasks import start_scans

        transaction.on_commit(start_scans, robust=True)


def take_up_unscanned() -> int:
    """Put what came in before there was a scanner into its queue; how many. What waits for a scanner that was taken
    away is «not scanned» again: nobody calls it clean."""
    if settings.CLAMD_URL:
        waiting = Attachment.objects.filter(scan_state=ScanState.NOT_SCANNED)
        return waiting.update(scan_state=ScanState.CHECKING, scan_at=timezone.now(), scan_attempts=0)
    waiting = Attachment.objects.filter(scan_state=ScanState.CHECKING)
    return waiting.update(scan_state=ScanState.NOT_SCANNED, scan_at=None)


def scan_due(limit: int = PER_RUN) -> dict[str, int]:
    """Scan the files of the current tenant whose moment has come; how many ended in which state.

    Two runs at once share the files. When the scanner is down the run ends: the next file would only wait, too.
    """
    done = {state.value: 0 for state in ScanState}
    if not settings.CLAMD_URL:
        done[ScanState.NOT_SCANNED] = take_up_unscanned()
        return done
    for _index in range(limit):
        state = _scan_next()
        if state is None:
            break
        done[state] += 1
        if state == ScanState.CHECKING:
            break
    return done


def _scan_next() -> str | None:
    found = _claim()
    if found is None:
        return None
    # Outside of any transaction: whoever sends the application meanwhile does not wait for the scanner.
    try:
        if settings.MODE == "production" and "sandbox" in clamd.version(settings.CLAMD_URL):
            raise clamd.ScannerDown("The sandbox scanner is not used in production.")
        with found.file.open("rb") as content:
            verdict = clamd.scan(content.file, settings.CLAMD_URL)
    except (clamd.ScannerDown, OSError) as error:
        _again_later(found, str(error))
        return ScanState.CHECKING
    with transaction.atomic():
        kept = Attachment.objects.select_for_update(of=("self",)).filter(pk=found.pk, scan_at=found.scan_at).first()
        if kept is None:
            # Taken out of the draft meanwhile, or the lease was over: nothing is said of it here.
            return ScanState.NOT_SCANNED
        kept.scan_at, kept.scan_result = None, verdict.signature[:200]
        kept.scan_state = ScanState.CLEAN if verdict.is_clean else ScanState.INFECTED
        kept.save(update_fields=["scan_at", "scan_result", "scan_state"])
        if kept.is_infected:
            _remove(kept)
    return kept.scan_state


def _claim() -> Attachment | None:
    """The next file, for this run alone while the lease lasts; a run that dies leaves it to a later one."""
    with transaction.atomic():
        found = (
            Attachment.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(scan_at__lte=timezone.now())
            .order_by("scan_at")
            .first()
        )
        if found is not None:
            found.scan_at = timezone.now() + LEASE
            found.save(update_fields=["scan_at"])
    return found


def _again_later(found: Attachment, why: str) -> None:
    logger.warning("a file waits for the scanner: %s", why)
    attempts = min(found.scan_attempts + 1, MOST_ATTEMPTS_COUNTED)
    Attachment.objects.filter(pk=found.pk, scan_at=found.scan_at).update(
        scan_attempts=attempts, scan_at=timezone.now() + delay(attempts), scan_result=why[:200]
    )


def delay(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 30 s, 1 min, 2 ... one hour."""
    return min(FIRST_DELAY * 2 ** min(attempts - 1, 10), LONGEST_DELAY)


def _remove(found: Attachment) -> None:
    """The content goes with the commit; the case keeps the name of the file and what was found in it."""
    transaction.on_commit(partial(found.file.storage.delete, str(found.file.name)), robust=True)
    if found.case is None:
        return
    from services_api.cases.services.transitions import lock

    case = lock(found.case.uuid)
    event = events.record(
        case, "file_infected", SYSTEM, from_state=case.state, public_text=in_all_languages(REMOVED),
        details={"file": found.name, "found": found.scan_result, "letter": {"file": found.name}},
    )  # fmt: skip
    announce(Announcement("file_removed", case.uuid, event.sequence))
    if assignment.person_of(case) is not None:
        announce(Announcement("file_infected", case.uuid, event.sequence))


def waiting(at: datetime | None = None) -> dict[str, Any]:
    """Figures for the operator: files by state, and since when the oldest one waits (None: nothing waits)."""
    from django.db.models import Count

    counted = dict(Attachment.objects.order_by().values_list("scan_state").annotate(Count("pk")))
    oldest = Attachment.objects.filter(scan_state=ScanState.CHECKING).order_by("created_at").first()
    return {
        "states": {state.value: counted.get(state.value, 0) for state in ScanState},
        "waits_since": oldest.created_at if oldest else None,
        "why": oldest.scan_result if oldest else "",
    }
