"""The term of a case as the officer must know it: paused, extended, or about to act by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services_api.cases import terms
from services_api.cases.models import Case, Outcome
from services_api.cases.selectors import Story
from services_api.cases.walks import workflow_of
from services_api.workdays.public import local


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens by itself when nobody acts: at which moment, in which words; serious when it decides the case."""

    at: datetime
    days: int
    words: str
    is_serious: bool


def term_of_case(case: Case, story: Story, at: datetime | None = None) -> dict[str, Any]:
    """{notes: [str], silence: Silence | None}: the variables `term` of the case page."""
    now = at or timezone.now()
    question = next((each for each in story.messages if each.due_at and each.settled_at is None), None)
    known = terms.Stored(story.pauses, story.extensions, question)
    return {"notes": _notes(known), "silence": _silence(case, known, now)}


def _notes(known: terms.Stored) -> list[str]:
    notes = []
    for pause in known.pauses:
        begin = date_format(local(pause.begin), "SHORT_DATE_FORMAT")
        if pause.end is None:
            notes.append(_("The term stands still since %(date)s.") % {"date": begin})
        else:
            end = date_format(local(pause.end), "SHORT_DATE_FORMAT")
            notes.append(_("The term stood still from %(begin)s to %(end)s.") % {"begin": begin, "end": end})
    for each in known.extensions:
        day = date_format(local(each.granted_at), "SHORT_DATE_FORMAT")
        notes.append(_("Extended on %(date)s. Ground: %(ground)s") % {"date": day, "ground": each.ground})
    return notes


def _silence(case: Case, known: terms.Stored, now: datetime) -> Silence | None:
    coming = terms.steps_to_come(case, known)
    if not coming:
        return None
    step, moment = coming[0]
    target = workflow_of(case.version).state(step.to)
    days = (local(moment).date() - local(now).date()).days
    serious = bool(target.outcome)
    words = {
        Outcome.GRANTED.value: _("Without a decision by then the application counts as granted."),
        Outcome.REFUSED.value: _("Without a decision by then the application counts as refused."),
    }.get(target.outcome, _("If nobody acts by then, this happens by itself: %(step)s.") % {"step": step.label()})
    return Silence(moment, days, words, serious)
