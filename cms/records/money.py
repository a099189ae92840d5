"""Money in words: whole drams, groups of three, the sign after the number."""

from __future__ import annotations

NBSP = "\u00a0"
MILLION = 1_000_000


def grouped(number: int) -> str:
    """12345 -> «12 345», with spaces that do not break."""
    return f"{number:,}".replace(",", NBSP)


def drams(amount: int | None) -> str:
    """An amount of AMD, «12 345 ֏»; "" for none."""
    return "" if amount is None else f"{grouped(amount)}{NBSP}֏"


def millions(amount: int) -> str:
    """An amount of AMD in millions with one digit, «1 384,2»; the unit stands beside it."""
    tenths = round(abs(amount) * 10 / MILLION)
    sign = "−" if amount < 0 else ""
    return f"{sign}{grouped(tenths // 10)},{tenths % 10}"


def percent(part: int, whole: int) -> int:
    """Whole per cent, 0 when there is nothing to compare with."""
    return round(part * 100 / whole) if whole else 0
