"""What the clock does by itself: terms counted anew, reminders, steps that come when nobody takes one.

A case says in `wake_at` when it wants to be looked at. A look is idempotent: letters carry the name of the distance
that was reached, steps check the revision. A run that dies is taken up by the next one, because a case leaves the
queue only with the transaction of its look.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from services_api.cases import selectors, terms
from services_api.cases.actors import SYSTEM
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import Conflict, TransitionRefused
from services_api.cases.models import Case
from services_api.cases.models.case import DECIDED_PHASES
from services_api.cases.services.transitions import transition
from services_api.procedures.public import ProcedureVersion
from services_api.workdays.public import country_calendar

logger = logging.getLogger(__name__)
BATCH = 1_000
# A step that came by itself and was refused is tried again after so long.
REST = timedelta(days=1)
# When the process dies between the look and the step, the next one takes the step after so long.
HANDED_OUT = timedelta(minutes=5)


def run_clocks(at: datetime | None = None, batch: int = BATCH) -> int:
    """Look at every case of the current tenant whose moment has come; returns how many were looked at."""
    now, looked = at or timezone.now(), 0
    while True:
        count, steps = _look(now, batch)
        for case, revision, code in steps:
            _step(case, revision, code, now)
        looked += count
        if count < batch:
            return looked


def touch_clocks(at: datetime | None = None) -> int:
    """The calendar has changed: every running term of the current tenant wants to be counted anew, soon."""
    running = Case.objects.exclude(phase__in=DECIDED_PHASES).filter(due_at__isnull=False, decided_at__isnull=True)
    now = at or timezone.now()
    return running.filter(Q(wake_at__isnull=True) | Q(wake_at__gt=now)).update(wake_at=now)


@transaction.atomic
def _look(now: datetime, batch: int) -> tuple[int, list[tuple[Case, int, str]]]:
    """Count a batch anew; returns its size and the steps whose moment has come: (case, revision, code)."""
    cases = list(
        Case.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(wake_at__lte=now)
        .defer("answers", "named_digests", "tracking_digest", "rating_text")
        .order_by("wake_at", "id")[:batch]
    )
    known, calendar = terms.stored_of(cases), country_calendar()
    # One object for all cases of a version: its form and workflow stay in the database.
    versions = ProcedureVersion.objects.defer("form", "workflow", "texts").in_bulk({each.version_id for each in cases})
    steps: list[tuple[Case, int, str]] = []
    # Ends of terms fall on few days, so one statement writes many cases.
    groups: dict[tuple[datetime | None, datetime | None], list[int]] = {}
    for case in cases:
        stored, registered_at = known[case.pk], case.registered_at
        case.version = versions[case.version_id]
        terms.settle(case, stored, now, calendar)
        step = next((each for each, moment in terms.steps_to_come(case, stored) if moment <= now), None)
        if step is not None:
            steps.append((case, case.lock_version, step.code))
            # Out of this queue; the step itself says when the next look is, or `_step` does when it is refused.
            case.wake_at = now + HANDED_OUT
        _remind(case, stored, now)
        groups.setdefault((case.due_at, case.wake_at), []).append(case.pk)
        if case.registered_at != registered_at:
            Case.objects.filter(pk=case.pk).update(registered_at=case.registered_at, due_at=case.due_at)
    for (due_at, wake_at), keys in groups.items():
        Case.objects.filter(pk__in=keys).update(due_at=due_at, wake_at=wake_at)
    return len(cases), steps


def _step(case: Case, revision: int, code: str, now: datetime) -> None:
    """Take a step that comes by itself. Somebody who was quicker has the last word."""
    try:
        transition(case.uuid, code, actor=SYSTEM, expected_version=revision)
    except Conflict:
        Case.objects.filter(pk=case.pk).update(wake_at=now)
    except TransitionRefused as error:
        Case.objects.filter(pk=case.pk).update(wake_at=now + REST)
        logger.warning("case %s: the step %s did not come by itself: %s %s", case.number, code, error, error.errors)


def _remind(case: Case, stored: terms.Stored, now: datetime) -> None:
    mark = terms.reached(case, stored, now)
    if mark is None:
        return
    message = "reminder" if mark.kind == "remind" else "escalation"
    people: Sequence[int] = selectors.responsible_people(case)
    if mark.kind == "escalate":
        people = sorted({*people, *selectors.superiors(case, mark.level)})
    for person in people:
        announce(Announcement(message, case.uuid, 1, to=person, mark=mark.name))
