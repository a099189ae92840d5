"""A case in plain words: where it stands, until when, what has happened, what was answered, who has read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from services_api.cases.assignment import person_of
from services_api.cases.models import Attachment, Case, CaseEvent, Message, MessageKind, Outcome
from services_api.cases.services.together import of_case
from services_api.cases.terms import days_left
from services_api.cases.walks import workflow_of
from services_api.org.public import officer
from services_api.parties.public import reads_of
from services_api.procedures.public import END_PHASES, Phase, pick
from services_api.workdays.public import local

# The order of phases on the way; waiting is a part of the work.
STAGE_OF = {
    Phase.SUBMITTED: 0,
    Phase.REGISTERED: 1,
    Phase.IN_PROGRESS: 2,
    Phase.AWAITING_APPLICANT: 2,
    Phase.AWAITING_EXTERNAL: 2,
    Phase.DECIDED: 3,
    Phase.CLOSED: 4,
    Phase.ARCHIVED: 4,
}
# Why staff open a case; kept in English in the log, shown in the reader's language.
READ_TO_WORK = gettext_noop("working on the application")
READ_FILE = gettext_noop("opening an attached document")
EXPORTED = gettext_noop("taking a list out as a file")
GIVEN_OUT = gettext_noop("making a copy of the data for the person")
MOST_READS = 50


def case_context(case: Case) -> dict[str, Any]:
    """The variable `case` of cases/status.html (themes/README.md)."""
    workflow = workflow_of(case.version)
    state = workflow.state(case.state)
    answer = _answer(case)
    question = waiting_question(case)
    representation, together = of_case(case)
    return {
        "on_behalf_of": str(representation) if representation else "",
        "representation": representation.told() if representation else None,
        "together": [each.told() for each in together],
        "number": case.number,
        "code": "",
        "title": case.subject,
        "submitted_at": case.submitted_at,
        "standing": _standing(case) or state.label(),
        "next_text": _next(case, question) or state.text(),
        "due_at": None if case.is_decided else case.due_at,
        "days_left": days_left(case),
        "is_overdue": case.is_overdue(),
        "is_closed": case.is_closed,
        "needed": _needed(case, question),
        "term_notes": _term_notes(case, question),
        "stages": _stages(case),
        "timeline": [{"at": each.at, "text": each.text(), "detail": _detail(each)} for each in case.events.all()],
        "files": [_file(case, each) for each in case.attachments.all()],
        "answer": answer,
        "responsible": _responsible(case),
        "messages": [_message(case, each) for each in case.messages.all()],
        "views": [
            {"at": each.at, "text": f"{each.actor_label}, {_(each.purpose)}"}
            for each in reads_of(case.reference)[:MOST_READS]
        ],
    }


def waiting_question(case: Case) -> Message | None:
    """The question that waits for the applicant, None without one or while the case waits for nobody."""
    if case.is_closed:
        return None
    asked = (each for each in case.messages.all() if each.kind == MessageKind.QUESTION)
    return next((each for each in asked if each.settled_at is None), None)


def _standing(case: Case) -> str:
    """What a case that ended elsewhere says instead of its state's name."""
    last = next(iter(case.events.all()), None)
    if case.outcome == Outcome.FORWARDED and last is not None:
        return _("Sent to the body that may decide it: %(body)s") % {"body": last.payload.get("body", "")}
    if case.outcome == Outcome.MERGED and last is not None:
        return _("Joined with application %(number)s") % {"number": last.payload.get("original", "")}
    return ""


def _next(case: Case, question: Message | None) -> str:
    if question is not None:
        return _("The officer needs your answer to go on. Until then the time for the answer stands still.")
    if case.outcome == Outcome.FORWARDED:
        return _("That body will answer you. The municipality has nothing more to do.")
    if case.outcome == Outcome.MERGED:
        return _("Both are about the same and are dealt with together.")
    return ""


def _needed(case: Case, question: Message | None) -> dict[str, Any] | None:
    """What is needed from the applicant, with the button that leads there."""
    if question is None or question.due_at is None:
        return None
    days = (local(question.due_at).date() - local(timezone.now()).date()).days
    return {
        "text": question.text,
        "missing": question.missing,
        "url": reverse("cases:answer", kwargs={"uuid": case.uuid}),
        "label": _("Answer the question"),
        "due_at": question.due_at,
        "days_left": days,
    }


def _term_notes(case: Case, question: Message | None) -> list[str]:
    """Why the day of the answer is another than it was."""
    notes = []
    if question is None and not case.is_decided and any(each.end is None for each in case.pauses.all()):
        notes.append(_("The term stands still for now, so this day moves on."))
    for each in case.extensions.all():
        day = date_format(local(each.granted_at), "DATE_FORMAT")
        notes.append(_("On %(date)s the term was extended. Ground: %(ground)s") % {"date": day, "ground": each.ground})
    return notes


def _detail(event: CaseEvent) -> str:
    """What the event says beyond its sentence, for the applicant."""
    said = event.payload
    if said.get("ground"):
        return _("Ground: %(ground)s") % {"ground": said["ground"]}
    return str(said.get("body") or said.get("original") or "")


def _message(case: Case, message: Message) -> dict[str, Any]:
    author = message.author_label or (_("The municipality") if not message.is_from_applicant else "")
    return {
        "author": author,
        "at": message.at,
        "text": message.text,
        "missing": message.missing,
        "is_own": message.is_from_applicant,
        "files": [_file(case, each) for each in message.attachments.all()],
    }


def _stages(case: Case) -> list[dict[str, str]]:
    workflow = workflow_of(case.version)
    reached: dict[int, datetime] = {}
    for event in sorted(case.events.all(), key=lambda each: each.sequence):
        stage = STAGE_OF.get(Phase(workflow.state(event.to_state).phase))
        if stage is not None:
            reached.setdefault(stage, event.at)
    ended_early = case.phase in END_PHASES and case.phase not in STAGE_OF
    now = max(reached, default=0) if ended_early else STAGE_OF[Phase(case.phase)]
    stages = []
    for state in workflow.stages():
        number = STAGE_OF[Phase(state.phase)]
        label = state.label()
        if number == STAGE_OF[Phase.DECIDED] and case.outcome == Outcome.REFUSED:
            label = _refused_label(case) or label
        if ended_early and number > now:
            continue
        finished = number < now or ended_early or (number == now and case.is_closed)
        stages.append(
            {
                "title": label,
                "state": "done" if finished else "current" if number == now else "todo",
                "note": _note(case, number, now, reached),
            }
        )
    if ended_early:
        stages.append({"title": workflow.state(case.state).label(), "state": "current", "note": ""})
    return stages


def _note(case: Case, number: int, now: int, reached: dict[int, datetime]) -> str:
    if number == STAGE_OF[Phase.REGISTERED] and now >= number:
        return date_format(local(case.registered_at), "DATE_FORMAT")
    if number in reached:
        return date_format(local(reached[number]), "DATE_FORMAT")
    if number == STAGE_OF[Phase.DECIDED] and case.due_at and not case.is_decided:
        return _("by %(date)s") % {"date": date_format(local(case.due_at), "DATE_FORMAT")}
    return ""


def _refused_label(case: Case) -> str:
    states = workflow_of(case.version).states.values()
    return next((each.label() for each in states if each.outcome == Outcome.REFUSED), "")


def _answer(case: Case) -> dict[str, Any] | None:
    decision = next(iter(case.decisions.all()), None)
    if decision is None:
        return None
    return {
        "text": decision.text,
        "decided_at": decision.decided_at,
        "files": [_file(case, each) for each in decision.attachments.all()],
        "outcome": decision.outcome,
        "outcome_text": decision.get_outcome_display(),
        "reasons": decision.reasons,
        "appeal_text": pick(case.version.texts.get("card", {}).get("appeal")),
    }


def _file(case: Case, attachment: Attachment) -> dict[str, Any]:
    return {
        "title": attachment.name,
        "url": reverse("cases:file", kwargs={"uuid": case.uuid, "attachment": attachment.uuid})
        if attachment.is_released
        else "",
        "kind": attachment.extension,
        "size": attachment.size,
        "at": attachment.created_at,
        "note": attachment.scan_note,
    }


def _responsible(case: Case) -> dict[str, str] | None:
    person = person_of(case)
    if person is None:
        return None
    found = officer(person.pk, local(timezone.now()).date())
    name = person.get_full_name() or _("the officer of the municipality")
    return {"name": name, "office": found.unit if found else "", "phone": "", "phone_href": ""}
