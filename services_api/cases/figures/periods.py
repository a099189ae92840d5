"""The days that figures are asked for, and those before them to compare with. Days are dates of Asia/Yerevan."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import pgettext_lazy

from services_api.workdays.public import YEREVAN

ONE_DAY = timedelta(days=1)
# By month, quarter and year a period runs from its first day to today.
KINDS = {
    "month": pgettext_lazy("figures", "This month"),
    "quarter": pgettext_lazy("figures", "This quarter"),
    "year": pgettext_lazy("figures", "This year"),
    "own": pgettext_lazy("figures", "Other days"),
}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOST_DAYS = 3_660
# Up to so many days are drawn day by day, week by week; a longer time month by month.
DAYS_ALONE, WEEKS_ALONE = 31, 124


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of a period that is drawn as one mark; `first` is where SQL's truncation puts its moments."""

    first: date
    step: str


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    kind: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time.min, tzinfo=YEREVAN)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + ONE_DAY, time.min, tzinfo=YEREVAN)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """What it is compared with: as many days of the month, quarter or year before, never more than that one has;
        of own days, as many days right before them."""
        if self.kind not in MONTHS:
            return Period(self.kind, self.first - self.days * ONE_DAY, self.first - ONE_DAY)
        first = _months_before(self.first, MONTHS[self.kind])
        return Period(self.kind, first, min(first + (self.days - 1) * ONE_DAY, self.first - ONE_DAY))

    @property
    def step(self) -> str:
        """How finely it is drawn: day, week or month."""
        return "day" if self.days <= DAYS_ALONE else "week" if self.days <= WEEKS_ALONE else "month"

    def buckets(self) -> Iterator[Bucket]:
        """All parts in their order, also those in which nothing happened."""
        day = self.first
        while day <= self.last:
            if self.step == "day":
                first, following = day, day + ONE_DAY
            elif self.step == "week":
                first = day - day.weekday() * ONE_DAY
                following = first + 7 * ONE_DAY
            else:
                first = day.replace(day=1)
                following = first + monthrange(first.year, first.month)[1] * ONE_DAY
            yield Bucket(first, self.step)
            day = following


def period_of(kind: str, today: date) -> Period:
    """The month, quarter or year that runs on a day; the month for what is none of them."""
    if kind == "year":
        return Period("year", today.replace(month=1, day=1), today)
    if kind == "quarter":
        return Period("quarter", today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), today)
    return Period("month", today.replace(day=1), today)


def own(first: str, last: str) -> Period | None:
    """Days as a form names them (2026-11-25); None for what are no days, or run backwards, or are too many."""
    try:
        found = Period("own", date.fromisoformat(first), date.fromisoformat(last))
        return found if 1 <= found.days <= MOST_DAYS and found.before().first.year > 1 else None
    except (ValueError, OverflowError):
        return None


def _months_before(first: date, count: int) -> date:
    """The first of a month, so many months earlier."""
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
