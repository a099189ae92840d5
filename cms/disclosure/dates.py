"""How old something may be: days, or months of the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def later(day: date, number: int, unit: str) -> date:
    """A day so many days or months later; the 31st becomes the last day of a shorter month."""
    if unit == "days":
        return day + timedelta(days=number)
    month = day.month - 1 + number
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def end_of_quarter(year: int, quarter: int) -> date:
    """The last day of a quarter (1-4)."""
    month = quarter * 3
    return date(year, month, monthrange(year, month)[1])
