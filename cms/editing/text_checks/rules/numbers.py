"""Numbers of acts, and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cms.editing.text_checks.findings import Slip, TextRule, text_rule
from cms.editing.text_checks.passages import Run

_CENTURY_TURN = 50
_SPACE = "\u00a0"


@text_rule
class ActNumber(TextRule):
    """«N 45-Ն» (arlis.am writes so), with a space that does not break the line."""

    code = "number-sign"
    message = _("The number of an act is written «N 45-Ն».")
    _WRONG = re.compile(r"(?<![\w-])(?:№|Nº|No\.?|NN?|հմ\.|#)(\s*)(?=\d)")

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in self._WRONG.finditer(run.text):
            sign = "NN" if match.group().startswith("NN") else "N"
            good = {f"{sign}{_SPACE}", f"{sign} ", f"№{_SPACE}", "№ "}
            if match.group() not in good:
                yield Slip(*match.span(), f"{sign}{_SPACE}")


@text_rule
class DateFormat(TextRule):
    code = "date"
    languages = frozenset({"hy", "en", "ru"})
    is_safe = False
    weight = "advice"
    message = _("A date is easier to read with the name of the month.")
    _DATE = re.compile(
        r"(?<![\w./-])(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2}))(?![\w/]|[.-]\d)"
    )

    def find(self, run: Run, language: str) -> Iterator[Slip]:
        for match in self._DATE.finditer(run.text):
            day = _day(match)
            if day is not None:
                with translation.override(language):
                    yield Slip(*match.span(), date_format(day, "DATE_FORMAT"))


def _day(match: re.Match[str]) -> date | None:
    iso_year, iso_month, iso_day, day, month, year = match.groups()
    if iso_year:
        numbers = int(iso_year), int(iso_month), int(iso_day)
    else:
        short = int(year)
        full = short if len(year) == 4 else short + (2000 if short < _CENTURY_TURN else 1900)
        numbers = full, int(month), int(day)
    try:
        return date(*numbers)
    except ValueError:
        return None


__all__ = ["ActNumber", "DateFormat"]
