"""What a letter about a case says. Read when the letter is sent, so that the outbox holds references only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services_api.cases.models import Case, CaseEvent


@dataclass(frozen=True, slots=True)
class Letter:
    """Facts for a letter; `to_officer` is "" unless the case is assigned."""

    number: str
    subject: str
    procedure: str
    language: str
    to_applicant: str
    to_officer: str
    submitted_at: datetime
    registered_at: datetime
    due_at: datetime | None
    event_text: str
    uuid: UUID


def facts_for_letter(case: UUID, sequence: int) -> Letter | None:
    """Facts of the case and of one of its events, None when there is no such case any more."""
    event = (
        CaseEvent.objects.select_related("case__applicant", "case__assignee", "case__version__procedure")
        .filter(case__uuid=case, sequence=sequence)
        .first()
    )
    if event is None:
        return None
    found: Case = event.case
    return Letter(
        number=found.number or "",
        subject=found.subject,
        procedure=found.version.procedure.name(found.language),
        language=found.language,
        to_applicant=found.applicant.email,
        to_officer=found.assignee.email if found.assignee else "",
        submitted_at=found.submitted_at,
        registered_at=found.registered_at,
        due_at=found.due_at,
        event_text=event.text(found.language),
        uuid=found.uuid,
    )
