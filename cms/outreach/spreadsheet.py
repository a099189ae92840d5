"""Cells of CSV files that are opened in spreadsheets: what strangers wrote is text there and never a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would calculate (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
