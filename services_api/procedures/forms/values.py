"""Reading answers: from a posted form or from JSON, cleaned the same way, before they are checked.

Cleaning: Unicode NFC, outer blanks off, control and direction characters out (they forge what an officer reads),
phones to E.164. What cannot be read is kept as it was typed, so that the page can show it again.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

import phonenumbers

from services_api.procedures.forms import messages
from services_api.procedures.forms.definition import Field, FormDefinition
from services_api.procedures.forms.messages import FieldError
from services_api.procedures.forms.schema import PERSON_PARTS

DATE_PARTS = ("day", "month", "year")
# Letters join by these in some scripts, so they stay; all other format characters go.
JOINERS = "\u200c\u200d"
MAX_RAW = 100_000  # characters of one answer that are looked at at all; the form's own limits come after


@dataclass
class Reading:
    """Answers as read. `shown` is what a page shows again: as typed where it could not be read."""

    values: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)


def clean_text(value: str, *, lines: bool = False) -> str:
    """Normalise what somebody typed; `lines` keeps line breaks."""
    text = unicodedata.normalize("NFC", value[:MAX_RAW].replace("\r\n", "\n").replace("\r", "\n"))
    kept = []
    for each in text:
        if each == "\n":
            kept.append("\n" if lines else " ")
        elif each == "\t":
            kept.append(" ")
        elif unicodedata.category(each) not in ("Cc", "Cf", "Cs") or each in JOINERS:
            kept.append(each)
    joined = "".join(kept)
    if not lines:
        return " ".join(joined.split())
    return "\n".join(line.rstrip() for line in joined.split("\n")).strip()


def clean_phone(value: str) -> str | None:
    """E.164 of a number typed the Armenian way or with a country code; None when it is no number."""
    try:
        number = phonenumbers.parse(clean_text(value), "AM")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def clean_number(value: str, whole: bool) -> int | float | str:
    """A number typed with blanks and a comma or point; the text itself when it is none."""
    text = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
    if re.fullmatch(r"[+-]?\d{1,15}", text):
        return int(text)
    if not whole and re.fullmatch(r"[+-]?\d{1,15}\.\d{1,6}", text):
        return float(text)
    return value


def read(definition: FormDefinition, data: Mapping[str, Any], step: str | None) -> Reading:
    """Read what was sent: a posted form (it has `getlist`) or JSON."""
    reading = Reading()
    posted = hasattr(data, "getlist")
    asked = [each for each in definition if each.has_answer and not each.is_file and step in (None, each.step)]
    for each in asked:
        if posted:
            _read_posted(each, data, reading)
        elif each.code in data:
            _read_json(each, data[each.code], reading)
    if not posted:
        known = {each.code for each in definition if step is None or each.step == step}
        for code in data:
            if code not in known:
                name = clean_text(str(code))[:60]
                reading.errors.append(FieldError(name, "", messages.unknown_field(name), "unknown"))
    return reading


def _read_posted(asked: Field, data: Any, reading: Reading) -> None:
    if asked.kind == "person":
        parts = {part: data.get(asked.html_name(part), "") for part in PERSON_PARTS}
        _keep(asked, parts, reading)
    elif asked.kind == "date":
        _read_date(asked, {part: clean_text(data.get(asked.html_name(part), "")) for part in DATE_PARTS}, reading)
    elif asked.kind == "choices":
        chosen = [clean_text(each) for each in data.getlist(asked.html_name())]
        _keep(asked, list(dict.fromkeys(each for each in chosen if each)), reading)
    elif asked.kind == "consent":
        _keep(asked, bool(data.get(asked.html_name())), reading)
    elif asked.kind == "yes_no":
        answer = data.get(asked.html_name(), "")
        _keep(asked, {"yes": True, "no": False}.get(answer), reading)
    else:
        _keep(asked, data.get(asked.html_name(), ""), reading)


def _read_json(asked: Field, value: Any, reading: Reading) -> None:
    if asked.kind == "date" and isinstance(value, str):
        parts = clean_text(value).split("-")
        if len(parts) == 3:
            _read_date(asked, dict(zip(("year", "month", "day"), parts, strict=True)), reading)
            return
    _keep(asked, value, reading)


def _keep(asked: Field, value: Any, reading: Reading) -> None:
    """Clean one answer and keep it; an empty one counts as not given."""
    if asked.kind == "person" and isinstance(value, Mapping):
        value = {
            str(part): clean_text(each) if isinstance(each, str) else each for part, each in value.items() if each != ""
        }
        value = {part: each for part, each in value.items() if each != ""}
    elif isinstance(value, str):
        value = clean_text(value, lines=asked.kind == "long_text")
    reading.shown[asked.code] = value
    if value is None or value in ("", [], {}) or (asked.kind == "consent" and value is False):
        return
    if asked.kind == "phone" and isinstance(value, str):
        number = clean_phone(value)
        if number is None:
            reading.errors.append(FieldError(asked.code, asked.html_id(), messages.invalid(asked, "phone"), "phone"))
            return
        value = number
    elif asked.kind == "number" and isinstance(value, str):
        value = clean_number(value, asked.rules["type"] == "integer")
    elif isinstance(value, float) and not isfinite(value):
        value = str(value)  # NaN is no JSON: let the check of the type refuse it
    reading.values[asked.code] = value


def _read_date(asked: Field, parts: dict[str, str], reading: Reading) -> None:
    reading.shown[asked.code] = parts
    if not any(parts.values()):
        return
    bad, message = _date_problem(asked, parts)
    if message:
        reading.errors.append(FieldError(asked.code, asked.html_id(bad), message, "date", part=bad))
        return
    day, month, year = (int(parts[part]) for part in DATE_PARTS)
    found = date(year, month, day)
    reading.values[asked.code] = found.isoformat()


def _date_problem(asked: Field, parts: Mapping[str, str]) -> tuple[str, str]:
    """The part that is wrong and what to do about it; two empty texts for a real date."""
    for part in DATE_PARTS:
        if not parts.get(part):
            return part, messages.date_part_missing(asked, part)
        if not re.fullmatch(r"[0-9]{1,4}", parts[part]):
            return part, messages.date_in_digits(asked)
    day, month, year = (int(parts[part]) for part in DATE_PARTS)
    if not 1 <= month <= 12:
        return "month", messages.date_month(asked)
    if not 1800 <= year <= 2200:
        return "year", messages.date_year(asked)
    if not 1 <= day <= monthrange(year, month)[1]:
        return "day", messages.date_day(asked, monthrange(year, month)[1])
    return "", ""
