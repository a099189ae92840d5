"""What an event meant for the course of its case, in the few words that are the same for all procedures."""

from __future__ import annotations

from services_api.cases.announcements import Happening, happened
from services_api.cases.models import Case, CaseEvent
from services_api.cases.models.case import DECIDED_PHASES
from services_api.cases.walks import workflow_of
from services_api.procedures.public import END_PHASES, Phase

LETTERS = ("message_in", "message_out")


def tell(case: Case, event: CaseEvent) -> None:
    """Tell the observers, if it meant anything. An internal note or a task means nothing to the outside."""
    kinds = kinds_of(case, event)
    if kinds:
        happened(Happening(kinds, case.uuid, event.sequence, str(case.phase), case.state, event.at))


def kinds_of(case: Case, event: CaseEvent) -> tuple[str, ...]:
    """One step may decide and close at once; what does neither and registers nothing has moved the case."""
    if event.code == "submit":
        return ("submitted",)
    if event.code in LETTERS:
        return ("message",)
    if not event.from_state or event.from_state == event.to_state:
        return ()
    workflow = workflow_of(case.version)
    before, after = workflow.state(event.from_state).phase, workflow.state(event.to_state).phase
    kinds = []
    if after == Phase.REGISTERED and before != after:
        kinds.append("registered")
    if after in (Phase.DECIDED, Phase.CLOSED) and before not in DECIDED_PHASES:
        kinds.append("decided")
    if after in END_PHASES and before not in END_PHASES:
        kinds.append("closed")
    return tuple(kinds or ("moved",))
