"""Writing and proving the chain of a case's events. The case's row must be locked by the caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from services_api.cases import happenings
from services_api.cases.actors import Actor
from services_api.cases.general_steps import NAMES
from services_api.cases.models import Case, CaseEvent
from services_api.cases.models.events import ANONYMISED, NO_HASH
from services_api.org.public import Confidentiality


def record(
    case: Case,
    code: str,
    actor: Actor,
    *,
    from_state: str = "",
    public_text: Mapping[str, str] | None = None,
    comment: str = "",
    details: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """Append one event to the case's chain, by the actor as seen on this case: a substitute is named as such."""
    actor = actor.on(case)
    last = CaseEvent.objects.filter(case=case).order_by("-sequence").first()
    event = CaseEvent(
        case=case,
        sequence=last.sequence + 1 if last else 1,
        code=code,
        from_state=from_state,
        to_state=case.state,
        actor_id=actor.user_id,
        actor_label=actor.label[:300],
        public_text=dict(public_text or {}),
        comment=comment,
        payload={**(details or {}), "revision": case.lock_version},
        at=timezone.now(),
        prev_hash=last.hash if last else NO_HASH,
    )
    event.hash = event.compute_hash()
    event.save()
    happenings.tell(case, event)
    return event


def words(event: CaseEvent) -> str:
    """What happened, for events that are no step of a workflow, in the reader's language."""
    said = gettext(NAMES.get(event.code, event.code))
    if event.code == "confidentiality":
        return f"{said} «{Confidentiality(event.payload['confidentiality']).label}»"
    return said


def broken_link(case: Case, chain: Iterable[CaseEvent] | None = None) -> CaseEvent | None:
    """The first event that was changed, removed or put in afterwards; None while the chain is whole.

    `chain`: all events of the case in their order, when they are read already.
    """
    before = NO_HASH
    if chain is None:
        chain = CaseEvent.objects.filter(case=case).select_related("case").order_by("sequence")
    events = list(chain)
    redacted = _redacted(events)
    for number, event in enumerate(events, start=1):
        proved = redacted.get(str(event.sequence), event.hash)
        if event.sequence != number or event.prev_hash != before or proved != event.compute_hash():
            return event
        before = event.hash
    return None


def _redacted(events: Iterable[CaseEvent]) -> dict[str, str]:
    """Hashes of what is left of events from which personal words were taken, by number (ADR 0035).

    The event that says so is itself a link of the chain, so that what it says is proved by its own hash.
    """
    said: dict[str, str] = {}
    for event in events:
        if event.code == ANONYMISED and event.hash == event.compute_hash():
            said |= {number: each for number, each in event.payload["left"].items() if int(number) < event.sequence}
    return said
