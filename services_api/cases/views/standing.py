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
from services_api.cases.models import Attachment, Case, Outcome
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
MOST_READS = 50


def case_context(case: Case) -> dict[str, Any]:
    """The variable `case` of cases/status.html (themes/README.md)."""
    workflow = workflow_of(case.version)
    state = workflow.state(case.state)
    answer = _answer(case)
    return {
        "number": case.number,
        "code": "",
        "title": case.subject,
        "submitted_at": case.submitted_at,
        "standing": state.label(),
        "next_text": state.text(),
        "due_at": None if case.is_decided else case.due_at,
        "days_left": days_left(case),
        "is_overdue": case.is_overdue(),
        "is_closed": case.is_closed,
        "needed": None,
        "stages": _stages(case),
        "timeline": [{"at": each.at, "text": each.text(), "detail": ""} for each in case.events.all()],
        "files": [_file(case, each) for each in case.attachments.all()],
        "answer": answer,
        "responsible": _responsible(case),
        "messages": [],
        "views": [
            {"at": each.at, "text": f"{each.actor_label}, {_(each.purpose)}"}
            for each in reads_of(case.reference)[:MOST_READS]
        ],
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
        "url": reverse("cases:file", kwargs={"uuid": case.uuid, "attachment": attachment.uuid}),
        "kind": attachment.extension,
        "size": attachment.size,
        "at": attachment.created_at,
        "note": "",
    }


def _responsible(case: Case) -> dict[str, str] | None:
    person = person_of(case)
    if person is None:
        return None
    found = officer(person.pk, local(timezone.now()).date())
    name = person.get_full_name() or _("the officer of the municipality")
    return {"name": name, "office": found.unit if found else "", "phone": "", "phone_href": ""}
