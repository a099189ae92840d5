"""What a letter about a case says. Read when the letter is sent, so that the outbox holds references only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model

from services_api.cases.assignment import person_of
from services_api.cases.models import Case, CaseEvent, CoApplicant, Message
from services_api.procedures.public import LetterMessages


@dataclass(frozen=True, slots=True)
class Letter:
    """Facts for a letter; `to_officer` is "" unless the case is assigned or the letter goes to a colleague by name.

    `message_text`, `missing` and `reply_by` are those of the letter that the event wrote; `extras` are words that the
    event keeps for its letter (a task's kind and text). `own_words` are what the case's version says in its letters.
    """

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
    to_phone: str = ""
    message_text: str = ""
    missing: tuple[str, ...] = ()
    reply_by: datetime | None = None
    ground: str = ""
    body: str = ""
    reason: str = ""
    original: str = ""
    author: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    own_words: LetterMessages = field(default_factory=dict)


def case_numbers(cases: Iterable[UUID]) -> dict[UUID, str]:
    """Numbers of cases by their identifiers, for lists that name them: one query."""
    wanted = set(cases)
    found = Case.objects.filter(uuid__in=wanted).values_list("uuid", "number") if wanted else []
    return {uuid: number or "" for uuid, number in found}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What may be told of a case to a program without a right to read it: nothing personal."""

    number: str
    procedure: str
    submitted_at: datetime
    registered_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    closed_at: datetime | None


def case_facts(case: UUID) -> CaseFacts | None:
    """The facts now; None when there is no such case any more. `procedure` is its code."""
    found = Case.objects.select_related("version__procedure").filter(uuid=case).defer("answers").first()
    if found is None:
        return None
    return CaseFacts(
        number=found.number or "",
        procedure=found.version.procedure.code,
        submitted_at=found.submitted_at,
        registered_at=found.registered_at,
        due_at=found.due_at,
        decided_at=found.decided_at,
        closed_at=found.closed_at,
    )


def case_and_officers(case: UUID, to: int | None = None) -> tuple[int, list[int]]:
    """Key of the case, and the accounts that a letter to an officer goes to: `to`, otherwise whose case it is."""
    if to is not None:
        return Case.objects.values_list("pk", flat=True).get(uuid=case), [to]
    found = Case.objects.select_related("assignee", "assigned_position").defer("answers").get(uuid=case)
    person = person_of(found)
    return found.pk, [person.pk] if person is not None else []


def facts_for_letter(case: UUID, sequence: int, to: int | None = None) -> Letter | None:
    """Facts of the case and of one of its events, None when there is no such case any more.

    `to` is the account of the colleague that the letter goes to, instead of the officer of the case.
    """
    event = (
        CaseEvent.objects.select_related(
            "case__applicant", "case__assignee", "case__assigned_position", "case__version__procedure", "message"
        )
        .filter(case__uuid=case, sequence=sequence)
        .first()
    )
    if event is None:
        return None
    found: Case = event.case
    officer = get_user_model().objects.filter(pk=to, is_active=True).first() if to else person_of(found)
    message: Message | None = getattr(event, "message", None)
    said = event.payload
    return Letter(
        number=found.number or "",
        subject=found.subject,
        procedure=found.version.procedure.name(found.language),
        language=found.language,
        to_applicant=found.applicant.email,
        to_officer=officer.email if officer else "",
        submitted_at=found.submitted_at,
        registered_at=found.registered_at,
        due_at=found.due_at,
        event_text=event.text(found.language),
        uuid=found.uuid,
        to_phone=str(found.applicant.phone or ""),
        message_text=message.text if message else "",
        missing=tuple(message.missing) if message else (),
        reply_by=message.due_at if message else None,
        ground=str(said.get("ground", "")),
        body=str(said.get("body", "")),
        reason=str(said.get("reason", "")),
        original=str(said.get("original", "")),
        author=event.actor_label,
        extras={str(name): str(value) for name, value in said.get("letter", {}).items()},
        own_words=found.version.texts.get("messages", {}),
    )


def co_applicant(pk: int) -> CoApplicant | None:
    """Somebody who is asked by letter to confirm; None when nobody is."""
    return CoApplicant.objects.select_related("party", "case__applicant").filter(pk=pk).first()
