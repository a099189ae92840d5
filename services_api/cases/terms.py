"""The term of a case: which rule of its procedure counts, what the clock says, and when to look at it again.

`due_at` of a case is never set by hand: `count` asks the pure function with everything that is stored, `settle` keeps
its answer. A look at the clock is due for a reminder, for a step that comes by itself, and after every whole day of an
open pause, because the end of the term moves on with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from services_api.cases import clock
from services_api.cases.models import Case, ClockExtension, ClockPause, Message, MessageKind
from services_api.cases.walks import workflow_of
from services_api.procedures.public import ProcedureVersion, PublishedVersion, Timeout, Transition, forecast_by
from services_api.workdays.public import YEREVAN, Extension, Pause, Rule, WorkCalendar, as_rule, country_calendar, local

NO_TERM = {"length": 0, "unit": "calendar_days", "start": "registration"}
ANSWER = "answer"
# Calendar days before the last day and after the last moment; a clock rule may say others (`remind`, `escalate`).
REMIND_DAYS = (7, 3, 1)
ESCALATE_DAYS = (0, 5)
REMIND_AT = time(9)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """A clock rule read once: the rule itself and its distances."""

    rule: Rule
    remind: tuple[int, ...]
    escalate: tuple[int, ...]


# By checksum of the version: a published version never changes.
_known: dict[str, dict[str, Term]] = {}
MOST_KNOWN = 1_000


def forecast(version: PublishedVersion, submitted_at: datetime) -> tuple[datetime, datetime | None]:
    """When an application that comes now is registered and until when it is answered (Asia/Yerevan).

    The version's rule `answer` counts. Without it there is no term, and registration follows office hours.
    """
    return forecast_of(version.rule(ANSWER), submitted_at)


@forecast_by
def forecast_of(rule: Mapping[str, Any] | None, submitted_at: datetime) -> tuple[datetime, datetime | None]:
    """The same by a clock rule alone, also of a version that is not published yet."""
    found = clock.compute(rule or NO_TERM, country_calendar(), submitted_at, None, None, submitted_at)
    return found.registered_at, found.due_at if rule else None


def terms_of(version: ProcedureVersion) -> Mapping[str, Term]:
    """The clock rules of a version by their codes."""
    found = _known.get(version.checksum)
    if found is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[version.checksum] = {
            each["code"]: Term(
                as_rule(each),
                tuple(each.get("remind", REMIND_DAYS)),
                tuple(each.get("escalate", ESCALATE_DAYS)),
            )
            for each in version.clock
        }
    return found


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored about the clock of a case: pauses, extensions in their order, the open question."""

    pauses: Sequence[ClockPause] = ()
    extensions: Sequence[ClockExtension] = ()
    question: Message | None = None

    @property
    def open_pause(self) -> ClockPause | None:
        """The pause that lasts."""
        return next((each for each in self.pauses if each.end is None), None)


def stored_of(cases: Iterable[Case]) -> dict[int, Stored]:
    """By key of the case, in three queries for any number of cases."""
    keys = [each.pk for each in cases]
    pauses: dict[int, list[ClockPause]] = {}
    extensions: dict[int, list[ClockExtension]] = {}
    for pause in ClockPause.objects.filter(case__in=keys).order_by("begin", "id"):
        pauses.setdefault(pause.case_id, []).append(pause)
    for extension in ClockExtension.objects.filter(case__in=keys).order_by("granted_at", "id"):
        extensions.setdefault(extension.case_id, []).append(extension)
    asked = Message.objects.filter(case__in=keys, kind=MessageKind.QUESTION, settled_at__isnull=True)
    questions = {each.case_id: each for each in asked}
    return {key: Stored(pauses.get(key, ()), extensions.get(key, ()), questions.get(key)) for key in keys}


def stored(case: Case) -> Stored:
    """The same for one case."""
    return stored_of([case])[case.pk]


def term_of(case: Case, known: Stored) -> Term | None:
    """The rule that counts: that of the last extension which names one, otherwise `answer`; None without a term."""
    code = next((each.rule for each in reversed(known.extensions) if each.rule), ANSWER)
    return terms_of(case.version).get(code)


def count(case: Case, known: Stored, as_of: datetime, calendar: WorkCalendar | None = None) -> clock.Clock | None:
    """What the clock shows for a case at a moment; None when its procedure has no term."""
    term = term_of(case, known)
    if term is None:
        return None
    return clock.compute(
        term.rule,
        calendar or country_calendar(),
        case.submitted_at,
        [Pause(each.begin, each.end) for each in known.pauses],
        [Extension(each.length, each.unit, each.granted_at) for each in known.extensions if each.length],
        as_of,
    )


def settle(case: Case, known: Stored, as_of: datetime, calendar: WorkCalendar | None = None) -> None:
    """Count the term of a case anew and note when to look again. Sets `due_at` and `wake_at`; saves nothing.

    A given answer ends the term: its end stays as it was when the answer was given.
    """
    if not case.is_decided:
        shown = count(case, known, as_of, calendar)
        case.due_at = shown.due_at if shown else None
        if shown and case.registered_at > as_of:
            # Not registered yet (a moved day made the office open later or earlier).
            case.registered_at = shown.registered_at
    case.wake_at = _next_look(case, known, as_of)


def _next_look(case: Case, known: Stored, now: datetime) -> datetime | None:
    moments = [max(moment, now) for _step, moment in steps_to_come(case, known)]
    pause = known.open_pause
    if pause is not None:
        moments.append(pause.begin + ONE_DAY * ((now - pause.begin) // ONE_DAY + 1))
    else:
        moments += [moment for moment, _kind, _days in _distances(case, known) if moment > now]
    return min(moments, default=None)


def steps_to_come(case: Case, known: Stored) -> list[tuple[Transition, datetime]]:
    """Steps that come by themselves in the case's state, each with its moment. A paused term brings none of its own."""
    if case.is_closed:
        return []
    steps = []
    for step in workflow_of(case.version).timeouts(case.state):
        assert step.after is not None
        moment = _moment(case, known, step.after)
        if moment is not None:
            steps.append((step, moment))
    return sorted(steps, key=lambda each: each[1])


def _moment(case: Case, known: Stored, after: Timeout) -> datetime | None:
    anchors = {
        "due": None if case.is_decided or known.open_pause else case.due_at,
        "question": known.question.due_at if known.question else None,
        "state": case.state_since,
    }
    begin = anchors[after.anchor]
    return begin + ONE_DAY * after.days if begin else None


def _distances(case: Case, known: Stored) -> list[tuple[datetime, str, int]]:
    """Moments of reminders and escalations: (moment, remind or escalate, days)."""
    term = term_of(case, known)
    if term is None or case.due_at is None or case.is_decided:
        return []
    last_day = local(case.due_at).date()
    before = [
        (datetime.combine(last_day - ONE_DAY * days, REMIND_AT, tzinfo=YEREVAN), "remind", days)
        for days in term.remind
    ]  # fmt: skip
    return sorted(before + [(case.due_at + ONE_DAY * days, "escalate", days) for days in term.escalate])


@dataclass(frozen=True, slots=True)
class Mark:
    """A distance that has been reached: `kind` remind or escalate; `name` is the same at every look, `level` counts the
    distances of its kind from 0."""

    kind: str
    name: str
    level: int = 0


def reached(case: Case, known: Stored, now: datetime) -> Mark | None:
    """The latest distance reached, None before the first one, in a pause and after the answer."""
    if known.open_pause is not None:
        return None
    passed = [each for each in _distances(case, known) if case.registered_at < each[0] < now + timedelta(seconds=1)]
    if not passed or case.due_at is None:
        return None
    _at, kind, days = passed[-1]
    level = sum(1 for _moment, each, _days in passed if each == kind) - 1
    return Mark(kind, f"{kind}-{days}-{local(case.due_at):%Y%m%d}", level)


def days_left(case: Case, at: datetime | None = None) -> int | None:
    """Difference of local dates, negative when late; None without a term."""
    if case.due_at is None:
        return None
    return (local(case.due_at).date() - local(at or timezone.now()).date()).days
