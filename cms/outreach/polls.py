"""Polls and surveys: what may be answered, counting the answers, and the results. No person stands with an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.outreach.feedback import without_personal_data
from cms.outreach.limits import Limit, once
from cms.outreach.models import Poll, PollAnswer, PollQuestion
from cms.outreach.models.polls import SCALE
from tenants.signing import BadSignature, dumps, loads

_SALT = "outreach.poll"
TOKEN_HOLDS = timedelta(days=1)
# One network may be a whole village behind one address; one kind of device in it is a few people at most.
OF_A_DEVICE = Limit("poll-device", 3, 24 * 3600)
OF_AN_ADDRESS = Limit("poll-address", 50, 24 * 3600)


def token_for(poll: Poll) -> str:
    """A right to answer once, for one day. It says nothing about who has it."""
    return dumps([poll.uuid.hex, token_urlsafe(9)], salt=_SALT)


def may_answer(poll: Poll, token: str, address: str, device: str) -> bool:
    """Spend the token: False when it is old, of another poll, used before, or too many came from there today.

    This is as good as it gets without cookies and without knowing people; it is told to the readers.
    """
    try:
        uuid, _random = loads(token, salt=_SALT, max_age=TOKEN_HOLDS)
    except (BadSignature, ValueError, TypeError):
        return False
    if uuid != poll.uuid.hex or not once("poll-token", token, int(TOKEN_HOLDS.total_seconds())):
        return False
    return OF_AN_ADDRESS.allows(poll.uuid.hex, address) and OF_A_DEVICE.allows(poll.uuid.hex, address, device)


def is_in(poll: Poll, questions: Iterable[PollQuestion], language: str) -> bool:
    """Whether title, questions and options all exist in a language."""
    if not poll.text("title", language):
        return False
    return all(
        question.text("text", language) and all(option.get(language) for option in question.options)
        for question in questions
    )


def options_of(question: PollQuestion, language: str) -> list[tuple[str, str]]:
    """Number and words of each option."""
    if question.kind == PollQuestion.Kind.SCALE:
        return [(str(value), str(value)) for value in SCALE]
    return [(option["id"], option.get(language, "")) for option in question.options]


def read(questions: Iterable[PollQuestion], given: Any) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Answers from a form (a QueryDict), by question; and the questions that are not answered as they must be."""
    answers: dict[int, list[str]] = {}
    wrong: dict[int, str] = {}
    for question in questions:
        values = [value.strip() for value in given.getlist(f"q{question.pk}") if value.strip()]
        if question.kind != PollQuestion.Kind.TEXT:
            known = {number for number, _words in options_of(question, settings.LANGUAGE_CODE)}
            values = [value for value in dict.fromkeys(values) if value in known]
            if question.kind != PollQuestion.Kind.SEVERAL:
                values = values[:1]
        else:
            values = [text for text in (without_personal_data(value) for value in values[:1]) if text]
        if values:
            answers[question.pk] = values
        elif question.is_required:
            wrong[question.pk] = "required"
    return answers, wrong


@transaction.atomic
def count(poll: Poll, questions: Iterable[PollQuestion], answers: dict[int, list[str]]) -> None:
    """Add one person's answers to the sums."""
    for question in questions:
        for value in answers.get(question.pk, ()):
            if question.kind == PollQuestion.Kind.TEXT:
                PollAnswer.objects.create(question=question, text=value, count=1)
                continue
            row, _is_new = PollAnswer.objects.get_or_create(question=question, option=value)
            PollAnswer.objects.filter(pk=row.pk).update(count=F("count") + 1)
    Poll.objects.filter(pk=poll.pk).update(participants=F("participants") + 1)


@dataclass(frozen=True, slots=True)
class Result:
    """A question with its sums; `texts` is how many wrote own words, which only the staff read."""

    question: str
    kind: str
    rows: list[dict[str, Any]]
    total: int
    texts: int
    average: float | None


def results(questions: Iterable[PollQuestion], language: str) -> list[Result]:
    """The sums of all questions. One query."""
    listed = list(questions)
    sums: dict[int, dict[str, int]] = {}
    answers = PollAnswer.objects.filter(question__in=listed).values_list("question_id", "option", "count")
    for question_id, option, times in answers:
        of_question = sums.setdefault(question_id, {})
        of_question[option] = of_question.get(option, 0) + times
    found = []
    for question in listed:
        of_question = sums.get(question.pk, {})
        rows: list[dict[str, Any]] = [
            {"label": words, "count": of_question.get(number, 0)} for number, words in options_of(question, language)
        ]
        total = sum(row["count"] for row in rows)
        for row in rows:
            row["share"] = round(100 * row["count"] / total) if total else 0
        average = None
        if question.kind == PollQuestion.Kind.SCALE and total:
            average = round(sum(int(row["label"]) * row["count"] for row in rows) / total, 1)
        found.append(
            Result(question.text("text", language), question.kind, rows, total, of_question.get("", 0), average)
        )
    return found


def state(poll: Poll, at: datetime | None = None) -> str:
    """announced, open or closed."""
    moment = at or timezone.now()
    if poll.opens_at > moment:
        return "announced"
    return "open" if poll.closes_at > moment else "closed"


def shows_results(poll: Poll, at: datetime | None = None) -> bool:
    return state(poll, at) == "closed" or (state(poll, at) == "open" and poll.show_results == Poll.Show.AT_ONCE)
