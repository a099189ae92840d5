"""Days and months of the office's calendar (Asia/Yerevan), and how long a page that names «today» stays true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from cms.page_cache import holds_until

FIRST_YEAR, LAST_YEAR = 1990, 2100


def today() -> date:
    """The date in Yerevan."""
    return timezone.localdate()


def start_of(day: date) -> datetime:
    """Midnight at the beginning of a day in Yerevan, aware."""
    return timezone.make_aware(datetime.combine(day, time()))


def holds_today(request: HttpRequest) -> None:
    """The page being built is true only until midnight: it divides things by today's date."""
    holds_until(request, start_of(today() + timedelta(days=1)).timestamp())


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar. Raises ValueError for one outside 1990-2100."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.month <= 12):
            raise ValueError(f"{self.year}-{self.month} is no month of the calendar")

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def next(self) -> Month | None:
        """The following month, None at the end of the calendar."""
        return self._moved(1)

    @property
    def previous(self) -> Month | None:
        """The month before, None at the beginning of the calendar."""
        return self._moved(-1)

    def _moved(self, by: int) -> Month | None:
        number = self.year * 12 + self.month - 1 + by
        year, month = divmod(number, 12)
        return Month(year, month + 1) if FIRST_YEAR <= year <= LAST_YEAR else None

    @property
    def end(self) -> date:
        """The first day after the month."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)


def month_of(day: date) -> Month:
    """The month that a day lies in."""
    return Month(day.year, day.month)
