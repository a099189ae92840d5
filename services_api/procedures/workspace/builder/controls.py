"""What a clerk sets of each kind of question: one control for each key of the definition (docs/maintainers/forms.md).

Controls hold text as it is typed; `read` makes it of what is kept, `write` makes what is kept of it. Neither changes a
value that the other one has made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks

from services_api.procedures.forms import messages
from services_api.procedures.forms.kinds import FILE_BYTES_LIMIT, MAX_MONEY, MAX_ROWS, MAX_TEXT, TIME, UNITS

MEGABYTE = 1024 * 1024
TODAY = "today"


class LineBlock(blocks.FieldBlock):
    """One line. `attrs` go to its control."""

    def __init__(
        self, *, attrs: dict[str, str] | None = None, required: bool = False, help_text: Any = None, **kw: Any
    ):
        self.field = forms.CharField(required=required, help_text=help_text, widget=forms.TextInput(attrs=attrs or {}))
        super().__init__(**kw)

    class Meta:
        default = ""


@dataclass(frozen=True)
class Control:
    """The control `name` for the key `key` of a question."""

    name: str
    key: str
    block: Callable[[], blocks.Block]
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return "" if value is None else str(value)


def whole(low: int, high: int) -> Callable[[Any], int | None]:
    """Reads a whole number; raises ValidationError."""

    def write(typed: Any) -> int | None:
        text = str(typed or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d+", text) or not low <= int(text) <= high:
            raise ValidationError(
                _("Write a whole number from %(low)s to %(high)s.") % {"low": str(low), "high": str(high)}
            )
        return int(text)

    return write


def any_number(typed: Any) -> int | float | None:
    """Reads a number with comma or point; raises ValidationError."""
    text = re.sub(r"[\s\u00a0]", "", str(typed if typed is not None else "")).replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValidationError(_("Write a number."))
    return int(text) if re.fullmatch(r"-?\d+", text) else float(text)


def _write_pattern(typed: Any) -> str | None:
    text = str(typed or "")
    try:
        re.compile(text)
    except re.error as error:
        raise ValidationError(_("This cannot be used as a pattern.")) from error
    return text or None


def _write_time(typed: Any) -> str | None:
    text = str(typed or "").strip()
    if text and not TIME.match(text):
        raise ValidationError(_("Write a time such as 09:30."))
    return text or None


def _read_day(value: Any) -> str:
    if value == TODAY:
        return _("today")
    return "" if not value else f"{date.fromisoformat(value):%d.%m.%Y}"


def _write_day(typed: Any) -> str | None:
    text = str(typed or "").strip()
    if not text:
        return None
    if text.casefold() in (TODAY, _("today").casefold()):
        return TODAY
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise ValidationError(_("Write a date such as 31.12.2026, or the word «today»."))


def _read_megabytes(value: Any) -> str:
    return "" if value is None else str(value // MEGABYTE if value % MEGABYTE == 0 else value / MEGABYTE)


def _write_megabytes(typed: Any) -> int | None:
    number = any_number(typed)
    if number is None or not 0 < number * MEGABYTE <= FILE_BYTES_LIMIT:
        raise ValidationError(
            _("Write the size in megabytes, at most %(most)s.") % {"most": str(FILE_BYTES_LIMIT // MEGABYTE)}
        )
    return int(number * MEGABYTE)


def _line(label: Any, help_text: Any = None, **attrs: str) -> Callable[[], blocks.Block]:
    return lambda: LineBlock(label=label, help_text=help_text, attrs=attrs)


def _needed(write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def needed(typed: Any) -> Any:
        value = write(typed)
        if value is None:
            raise ValidationError(_("This field is required."))
        return value

    return needed


def _number(name: str, key: str, label: Any, low: int, high: int, *, needed: bool = False) -> Control:
    write = whole(low, high)
    return Control(
        name, key, _line(label, inputmode="numeric"), _as_it_is, _needed(write) if needed else write,
    )  # fmt: skip


def _choice(name: str, key: str, label: Any, choices: Callable[[], list[tuple[str, Any]]], blank: Any) -> Control:
    def block() -> blocks.Block:
        return blocks.ChoiceBlock(
            choices=lambda: [("", blank), *choices()], required=False, default="", label=label
        )  # fmt: skip

    return Control(name, key, block, _as_it_is, lambda chosen: chosen or None)


def _units() -> list[tuple[str, Any]]:
    return [(each, messages.unit(each)) for each in UNITS]


SHORTEST = _number("shortest", "minLength", gettext_lazy("At least, characters"), 0, MAX_TEXT)
LONGEST = _number("longest", "maxLength", gettext_lazy("At most, characters"), 1, MAX_TEXT, needed=True)
LONGEST_IF_ANY = _number("longest", "maxLength", gettext_lazy("At most, characters"), 1, MAX_TEXT)
SMALL = _choice(
    "size", "x-size", gettext_lazy("Width of the control"),
    lambda: [("short", pgettext_lazy("width", "short"))], pgettext_lazy("width", "usual"),
)  # fmt: skip
UNIT = _choice("unit", "x-unit", gettext_lazy("Unit"), _units, pgettext_lazy("unit", "none"))
LOWEST = Control("lowest", "minimum", _line(gettext_lazy("Not less than"), inputmode="decimal"), _as_it_is, any_number)
HIGHEST = Control(
    "highest", "maximum", _line(gettext_lazy("Not more than"), inputmode="decimal"), _as_it_is, any_number
)
LEAST_MONEY = _number("lowest", "minimum", gettext_lazy("Not less than"), 0, MAX_MONEY)
MOST_MONEY = _number("highest", "maximum", gettext_lazy("Not more than"), 0, MAX_MONEY)
WHOLE = Control(
    "whole", "type",
    lambda: blocks.BooleanBlock(required=False, default=True, label=gettext_lazy("Whole numbers only")),
    lambda kept: kept == "integer", lambda ticked: "integer" if ticked else "number",
)  # fmt: skip
DAY_HELP = gettext_lazy("A date such as 31.12.2026, or the word «today».")
EARLIEST_DAY = Control("earliest", "x-earliest", _line(gettext_lazy("Not before"), DAY_HELP), _read_day, _write_day)
LATEST_DAY = Control("latest", "x-latest", _line(gettext_lazy("Not after"), DAY_HELP), _read_day, _write_day)
EARLIEST_TIME = Control("earliest", "x-earliest", _line(gettext_lazy("Not before")), _as_it_is, _write_time)
LATEST_TIME = Control("latest", "x-latest", _line(gettext_lazy("Not after")), _as_it_is, _write_time)
ROWS_HIGH = _number("rows", "x-rows", gettext_lazy("Height, lines"), 1, 40)
PATTERN = Control(
    "pattern", "pattern",
    _line(gettext_lazy("Pattern of the answer"), gettext_lazy("For a specialist: a regular expression."), lang="en"),
    _as_it_is, _write_pattern,
)  # fmt: skip
WIDGET = _choice(
    "widget", "x-widget", gettext_lazy("Shown as"),
    lambda: [("radio", gettext_lazy("a list of circles")), ("select", gettext_lazy("a list that opens"))],
    gettext_lazy("as usual"),
)  # fmt: skip
LEAST_CHOSEN = _number("least", "minItems", gettext_lazy("At least, chosen"), 0, 100)
MOST_CHOSEN = _number("most", "maxItems", gettext_lazy("At most, chosen"), 1, 100)
LEAST_FILES = _number("least", "minItems", gettext_lazy("At least, files"), 0, 20)
MOST_FILES = _number("most", "maxItems", gettext_lazy("At most, files"), 1, 20, needed=True)
ONE_FILE = _number("most", "maxItems", gettext_lazy("At most, files"), 1, 1)
MEGABYTES = Control(
    "megabytes", "x-max-bytes",
    lambda: LineBlock(label=gettext_lazy("One file at most, MB"), attrs={"inputmode": "decimal"}, default="10"),
    _read_megabytes, _write_megabytes,
)  # fmt: skip
LEAST_ROWS = _number("least", "minItems", gettext_lazy("At least, rows"), 0, MAX_ROWS)
MOST_ROWS = _number("most", "maxItems", gettext_lazy("At most, rows"), 1, MAX_ROWS, needed=True)
AUTOCOMPLETE = Control(
    "autocomplete", "x-autocomplete",
    _line(gettext_lazy("What the browser may fill in"), gettext_lazy("For a specialist: a word of HTML."), lang="en"),
    _as_it_is, lambda typed: typed or None,
)  # fmt: skip

# The controls of each kind, in their order; what is not here (choices, rows, formulas, files' types) is in writing.py.
CONTROLS: dict[str, tuple[Control, ...]] = {
    "text": (LONGEST, SHORTEST, SMALL, PATTERN),
    "long_text": (LONGEST, SHORTEST, ROWS_HIGH),
    "email": (LONGEST_IF_ANY,),
    "number": (WHOLE, LOWEST, HIGHEST, UNIT, SMALL),
    "money": (LEAST_MONEY, MOST_MONEY),
    "date": (EARLIEST_DAY, LATEST_DAY),
    "time": (EARLIEST_TIME, LATEST_TIME),
    "choice": (WIDGET,),
    "choices": (LEAST_CHOSEN, MOST_CHOSEN),
    "file": (MEGABYTES, LEAST_FILES, ONE_FILE),
    "files": (MOST_FILES, MEGABYTES, LEAST_FILES),
    "group": (MOST_ROWS, LEAST_ROWS),
    "table": (MOST_ROWS, LEAST_ROWS),
    "computed": (UNIT,),
}
# What a new question begins with.
FIRST_VALUES: dict[str, dict[str, Any]] = {
    "text": {"longest": "200"},
    "long_text": {"longest": "4000", "rows": "6"},
    "email": {"longest": "254"},
    "files": {"most": "5"},
    "group": {"most": "10"},
    "table": {"most": "10"},
}
# Texts of a question in three languages: name of the control, key, label. Armenian stands open.
TEXTS: dict[str, tuple[str, Any]] = {
    "label": ("x-label", gettext_lazy("Question")),
    "text": ("x-text", pgettext_lazy("information of a form", "Text")),
    "hint": ("x-hint", pgettext_lazy("question", "Help")),
    "item": ("x-item", gettext_lazy("Name of one row")),
    "add": ("x-add", gettext_lazy("Words of the button that adds a row")),
}
MESSAGES: dict[str, Any] = {
    "required": gettext_lazy("When the answer is missing"),
    "invalid": gettext_lazy("When the answer is wrong"),
}


def texts_of(kind: str) -> tuple[str, ...]:
    """The texts that a kind has, in their order."""
    if kind == "info":
        return ("text", "label", "hint")
    return ("label", "hint", "item", "add") if kind in ("group", "table") else ("label", "hint")
