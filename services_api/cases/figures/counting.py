"""Counting, in SQL, among the cases that the reader sees by THE rule (`visibility`): a fixed number of queries.

An answer is in time when it was given by the end of the term as it stood then: `due_at` has moved with every pause and
extension and stays where it was when the answer was given. A case that was opened again counts with its last answer.
What was withdrawn, sent to the competent body or joined with another case ended without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce, Greatest, TruncDay, TruncMonth, TruncWeek
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from services_api.cases import selectors, visibility
from services_api.cases.figures.periods import Period
from services_api.cases.models import Channel, Outcome
from services_api.cases.models.case import overdue_at
from services_api.cases.rights import PERMISSION, SEE_ALL
from services_api.org.public import OrgUnit
from services_api.procedures.public import Procedure
from services_api.workdays.public import YEREVAN, local

ELSEWHERE = (Outcome.FORWARDED, Outcome.MERGED)
DAY = timedelta(days=1)
TRUNCATIONS = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}


class Median(Aggregate):
    """The middle value (percentile_cont of PostgreSQL)."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def share_in_time(in_time: int, late: int) -> int | None:
    """Percent of the answers that were in time, never rounded up to all; None without an answer."""
    if not in_time + late:
        return None
    return 100 if not late else min(99, round(100 * in_time / (in_time + late)))


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted of a number of cases in a period. `median` and `mean_rating` are None when there is nothing."""

    received: int = 0
    in_time: int = 0
    late: int = 0
    ended: int = 0
    overdue: int = 0
    median: float | None = None
    ratings: int = 0
    mean_rating: float | None = None

    @property
    def answered(self) -> int:
        return self.in_time + self.late

    @property
    def share(self) -> int | None:
        return share_in_time(self.in_time, self.late)

    @property
    def is_nothing(self) -> bool:
        return not (self.received or self.answered or self.ended or self.overdue or self.ratings)


@dataclass(frozen=True, slots=True)
class Row:
    """One procedure, unit, settlement or channel."""

    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Group:
    """All rows of one kind, those with the most work first."""

    code: str
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened in one part of the period."""

    first: date
    received: int
    in_time: int
    late: int

    @property
    def answered(self) -> int:
        return self.in_time + self.late

    @property
    def share(self) -> float | None:
        return 100 * self.in_time / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period beside those of the one before."""

    period: Period
    total: Figures
    before: Figures
    moments: list[Moment]
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class _Dimension:
    title: Any
    column: Any
    names: Callable[[], Mapping[Any, str]]
    nothing: Any


# By what figures are divided, in the order in which they are shown.
DIMENSIONS = {
    "procedure": _Dimension(
        pgettext_lazy("figures", "By procedure"), F("version__procedure_id"),
        lambda: {each.pk: each.name() for each in Procedure.objects.all()}, "",
    ),
    "unit": _Dimension(
        pgettext_lazy("figures", "By unit"),
        Coalesce("assigned_position__unit_id", "assigned_queue__unit_id"),
        lambda: {each.pk: each.name() for each in OrgUnit.objects.all()}, pgettext_lazy("figures", "given to no unit"),
    ),
    "settlement": _Dimension(
        pgettext_lazy("figures", "By settlement"), F("settlement"), dict,
        pgettext_lazy("figures", "no settlement named"),
    ),
    "channel": _Dimension(
        pgettext_lazy("figures", "By way of applying"), F("channel"),
        lambda: {value: str(label) for value, label in Channel.choices}, "",
    ),
}  # fmt: skip


def may_see(user: Any) -> bool:
    """Figures are for those who lead a unit or see all cases, and for whoever stands in for them today."""
    if not user.is_active or not user.has_perm(PERMISSION):
        return False
    return user.has_perm(SEE_ALL) or any(each.is_chief or each.led_positions for each in visibility.seats_today(user))


def report(user: Any, period: Period, at: datetime | None = None) -> Report:
    """Everything about a period, of the cases that this person sees. Nine queries, and those of the person's seats."""
    now = at or timezone.now()
    seen = selectors.visible_cases(user).order_by()
    before = period.before()
    both = seen.filter(_concerns(period, now) | _concerns(before, now)).aggregate(
        **_measures(period, now), **_measures(before, now, "before_")
    )
    return Report(
        period,
        _figures(both),
        _figures(both, "before_"),
        _moments(seen, period),
        [_group(seen, code, period, now) for code in DIMENSIONS],
    )


def _inside(column: str, period: Period) -> Q:
    return Q(**{f"{column}__gte": period.begins, f"{column}__lt": period.ends})


def _answered(period: Period) -> Q:
    return _inside("decided_at", period) & ~Q(outcome__in=ELSEWHERE)


# What has no term is never late.
TIMELY = Q(due_at__isnull=True) | Q(decided_at__lte=F("due_at"))


def _concerns(period: Period, now: datetime) -> Q:
    columns = ("submitted_at", "decided_at", "closed_at", "rated_at")
    found = overdue_at(now)
    for column in columns:
        found |= _inside(column, period)
    return found


def _measures(period: Period, now: datetime, prefix: str = "") -> dict[str, Any]:
    answered = _answered(period)
    # Answered before the office opened: no time at all.
    taken = ExpressionWrapper(Greatest("decided_at", "registered_at") - F("registered_at"), DurationField())
    rated = _inside("rated_at", period)
    ended = _inside("closed_at", period) & (Q(outcome__in=ELSEWHERE) | Q(decided_at__isnull=True))
    measures = {
        "received": Count("pk", filter=_inside("submitted_at", period)),
        "in_time": Count("pk", filter=answered & TIMELY),
        "late": Count("pk", filter=answered & Q(decided_at__gt=F("due_at"))),
        "ended": Count("pk", filter=ended),
        "overdue": Count("pk", filter=overdue_at(now)),
        "median": Median(taken, filter=answered, output_field=DurationField()),
        "ratings": Count("pk", filter=rated),
        "mean_rating": Avg("rating", filter=rated),
    }
    return {f"{prefix}{name}": each for name, each in measures.items()}


def _figures(found: Mapping[str, Any], prefix: str = "") -> Figures:
    def of(name: str) -> Any:
        return found[f"{prefix}{name}"]

    return Figures(
        received=of("received"),
        in_time=of("in_time"),
        late=of("late"),
        ended=of("ended"),
        overdue=of("overdue"),
        median=None if of("median") is None else round(of("median") / DAY, 1),
        ratings=of("ratings"),
        mean_rating=None if of("mean_rating") is None else round(float(of("mean_rating")), 1),
    )


def _group(seen: Any, code: str, period: Period, now: datetime) -> Group:
    dimension = DIMENSIONS[code]
    found = (
        seen.filter(_concerns(period, now)).values(key=dimension.column).annotate(**_measures(period, now)).order_by()
    )
    names = dimension.names()
    rows = [
        Row(names.get(each["key"]) or str(each["key"] or "") or str(dimension.nothing), _figures(each))
        for each in found
    ]
    rows = [each for each in rows if not each.figures.is_nothing]
    rows.sort(key=lambda row: (-row.figures.received, -row.figures.answered, row.name))
    return Group(code, str(dimension.title), rows)


def _moments(seen: Any, period: Period) -> list[Moment]:
    """Two queries: what came, and what was answered, by day, week or month."""

    def by(column: str, condition: Q, **measures: Any) -> dict[date, dict[str, int]]:
        part = TRUNCATIONS[period.step](column, tzinfo=YEREVAN)
        rows = seen.filter(condition).values(part=part).annotate(**measures).order_by()
        return {local(each["part"]).date(): each for each in rows}

    came = by("submitted_at", _inside("submitted_at", period), received=Count("pk"))
    answers = by("decided_at", _answered(period), in_time=Count("pk", filter=TIMELY), late=Count("pk", filter=~TIMELY))
    nothing = {"received": 0, "in_time": 0, "late": 0}
    return [
        Moment(
            max(each.first, period.first),
            came.get(each.first, nothing)["received"],
            answers.get(each.first, nothing)["in_time"],
            answers.get(each.first, nothing)["late"],
        )
        for each in period.buckets()
    ]
