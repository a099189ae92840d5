"""Which days are worked and which hours an office keeps. Pure: no database, no clock of the server.

Source: the Republic of Armenia's list of non-working days as kept by the PyPI package `holidays` (27 January only
from 2026, 3-5 and 7 January worked since 2022, no substitute days), overridden by the days that the Government moves
by decision every year (a worked Saturday, a Monday off).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays as holiday_lists

YEREVAN = ZoneInfo("Asia/Yerevan")
ONE_DAY = timedelta(days=1)
SATURDAY = 5

# A calendar in which ten years pass without a worked day is a mistake in the data, not a calendar.
SEARCH_LIMIT_DAYS = 3660


class NoWorkingDay(ValueError):
    """The calendar holds no working day within ten years: its exceptions are wrong."""


@cache
def national_holidays(year: int) -> frozenset[date]:
    """The public holidays of Armenia in `year`, as dates."""
    return frozenset(holiday_lists.country_holidays("AM", years=year))


def local(moment: datetime) -> datetime:
    """The moment in Asia/Yerevan; a moment without an offset already is Yerevan time, whatever the server's zone."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=YEREVAN)
    return moment.astimezone(YEREVAN)


@dataclass(frozen=True)
class WorkCalendar:
    """Working days and office hours.

    `opens` and `closes` bound a half-open interval: at 18:00:00 an office that closes at 18:00 is closed.
    `exceptions` maps a date to True (worked) or False (off) and wins over weekends and holidays.
    `holidays` replaces the country's list when given; None means Armenia's.
    `short_days` gives the earlier closing hour of single days (the eve of a holiday), empty unless a decision says so.
    """

    opens: time = time(9)
    closes: time = time(18)
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    holidays: frozenset[date] | None = None
    short_days: Mapping[date, time] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        moved = self.exceptions.get(day)
        if moved is not None:
            return moved
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        if self.holidays is not None:
            return day in self.holidays
        return day in national_holidays(day.year)

    def closing(self, day: date) -> time:
        return self.short_days.get(day, self.closes)

    def is_open(self, moment: datetime) -> bool:
        """Whether the office is open at this moment of Asia/Yerevan."""
        here = local(moment)
        day = here.date()
        return self.is_working(day) and self.opens <= here.time() < self.closing(day)

    def opening(self, day: date) -> datetime:
        return datetime.combine(day, self.opens, tzinfo=YEREVAN)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after `day`."""
        return self.add_working_days(day, 1)

    def on_or_after(self, day: date) -> date:
        """`day` itself when it is worked, otherwise the next working day."""
        return day if self.is_working(day) else self.next_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (before it when negative); `day` itself for 0."""
        step = ONE_DAY if count > 0 else -ONE_DAY
        left, unworked = abs(count), 0
        while left:
            day += step
            if self.is_working(day):
                left, unworked = left - 1, 0
            else:
                unworked += 1
                if unworked > SEARCH_LIMIT_DAYS:
                    raise NoWorkingDay(f"no working day within ten years of {day.isoformat()}")
        return day

    def count_working(self, days: Iterable[date]) -> int:
        return sum(1 for day in days if self.is_working(day))
