"""Reading answers: from a posted form or from JSON, cleaned the same way, before they are checked.

Cleaning: Unicode NFC, outer blanks off, control and direction characters out (they forge what an officer reads),
phones to E.164. What cannot be read is kept as it was typed, so that the page can show it again.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

import phonenumbers

from services_api.procedures.forms import messages
from services_api.procedures.forms.definition import Field, FormDefinition
from services_api.procedures.forms.messages import FieldError

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

    def forget(self, codes: Collection[str]) -> None:
        """Drop everything that was said to these questions."""
        for code in codes:
            self.values.pop(code, None)
            self.shown.pop(code, None)
        self.errors = [each for each in self.errors if each.field.partition(".")[0] not in codes]


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
    text = re.sub(r"[\s\u00a0\u202f]|֏|դրամ|AMD", "", value).replace(",", ".")
    if re.fullmatch(r"[+-]?\d{1,15}", text):
        return int(text)
    if not whole and re.fullmatch(r"[+-]?\d{1,15}\.\d{1,6}", text):
        return float(text)
    return value


def clean_time(value: str) -> str:
    """HH:MM of a time typed as 9:30, 9.30 or 9; the text itself when it is none."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.․](\d{2}))?", value.replace(" ", ""))
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return value
    return f"{int(found[1]):02}:{found[2] or '00'}"


def read(definition: FormDefinition, data: Mapping[str, Any], step: str | None) -> Reading:
    """Read what was sent: a posted form (it has `getlist`) or JSON."""
    reading = Reading()
    posted = hasattr(data, "getlist")
    asked = [each for each in definition.asked(step) if each.has_answer and not each.is_file]
    for each in asked:
        if posted:
            _read_posted(each, data, reading)
        elif each.code in data:
            _read_json(each, data[each.code], reading)
    if not posted:
        known = {each.code for each in definition.asked(step)}
        for code in data:
            if code not in known:
                name = clean_text(str(code))[:60]
                reading.errors.append(FieldError(name, "", messages.unknown_field(name), "unknown"))
    return reading


def _read_posted(asked: Field, data: Any, reading: Reading) -> None:
    if asked.is_computed:
        return  # worked out by the form itself, whatever is sent
    if asked.is_rows:
        _read_rows(asked, data, reading)
    elif asked.is_compound:
        _keep(asked, {part.name: data.get(asked.html_name(part.name), "") for part in asked.parts}, reading)
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


def _read_rows(asked: Field, data: Any, reading: Reading) -> None:
    """The rows of a repeating group or table. Empty ones, and the one whose button «remove» was pressed, go."""
    given = str(data.get(asked.html_name("count"), "0"))
    count = min(int(given), asked.max_rows + 1) if re.fullmatch(r"[0-9]{1,3}", given) else 0
    removed = data.get("remove_row", "")
    rows = []
    for index in range(count):
        if removed == f"{asked.html_name()}-{index}":
            continue
        row = Reading()
        for each in asked.row(index):
            _read_posted(each, data, row)
        if any(_is_said(each) for each in row.shown.values()):
            rows.append(row)
    _keep_rows(asked, rows, reading)


def _is_said(shown: Any) -> bool:
    if isinstance(shown, Mapping):
        return any(_is_said(each) for each in shown.values())
    return shown not in (None, "", [], {})


def _keep_rows(asked: Field, rows: list[Reading], reading: Reading) -> None:
    reading.shown[asked.code] = [row.shown for row in rows]
    # Rows may have moved up: errors name the row by its place among those that are kept.
    for index, row in enumerate(rows):
        places = {each.code: each for each in asked.row(index)}
        for error in row.errors:
            parts = error.field.split(".")
            code = parts[2] if len(parts) > 2 and parts[0] == asked.code else parts[0]
            moved = places[code]
            reading.errors.append(
                FieldError(
                    ".".join([moved.path, *parts[3:]]), moved.html_id(error.part), error.message, error.code, error.part
                )
            )
    if rows:
        reading.values[asked.code] = [row.values for row in rows]


def _read_json(asked: Field, value: Any, reading: Reading) -> None:
    if asked.is_computed:
        return
    if asked.is_rows and isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
        rows = []
        for index, given in enumerate(value[: asked.max_rows + 1]):
            row = Reading()
            known = {each.code: each for each in asked.row(index)}
            for code, answer in given.items():
                if code in known:
                    _read_json(known[code], answer, row)
                else:
                    row.values[str(code)] = answer  # the schema refuses it, with its place
            rows.append(row)
        _keep_rows(asked, rows, reading)
        return
    if asked.kind == "date" and isinstance(value, str):
        parts = clean_text(value).split("-")
        if len(parts) == 3:
            _read_date(asked, dict(zip(("year", "month", "day"), parts, strict=True)), reading)
            return
    _keep(asked, value, reading)


def _keep(asked: Field, value: Any, reading: Reading) -> None:
    """Clean one answer and keep it; an empty one counts as not given."""
    if asked.is_compound and isinstance(value, Mapping):
        value = _clean_parts(asked, value)
    elif isinstance(value, str):
        value = clean_text(value, lines=asked.kind == "long_text")
    reading.shown[asked.code] = value
    if value is None or value in ("", [], {}) or (asked.kind == "consent" and value is False):
        return
    if asked.kind == "point" and isinstance(value, Mapping):
        value = {
            part: clean_number(each, whole=False) if isinstance(each, str) else each for part, each in value.items()
        }
    elif asked.kind == "phone" and isinstance(value, str):
        number = clean_phone(value)
        if number is None:
            reading.errors.append(FieldError(asked.path, asked.html_id(), messages.invalid(asked, "phone"), "phone"))
            return
        value = number
    elif asked.kind in ("number", "money") and isinstance(value, str):
        value = clean_number(value, asked.rules["type"] == "integer")
    elif asked.kind == "time" and isinstance(value, str):
        value = clean_time(value)
    elif isinstance(value, float) and not isfinite(value):
        value = str(value)  # NaN is no JSON: let the check of the type refuse it
    reading.values[asked.code] = value


def _clean_parts(asked: Field, value: Mapping[Any, Any]) -> dict[str, Any]:
    cleaned = {str(part): clean_text(each) if isinstance(each, str) else each for part, each in value.items()}
    if asked.kind == "point":
        # A map of a phone gives both numbers at once; pasted into the first control they are taken apart.
        pair = re.fullmatch(r"(-?\d{1,3}\.\d+)\s*[,;]\s*(-?\d{1,3}\.\d+)", str(cleaned.get("lat", "")))
        if pair and not cleaned.get("lon"):
            cleaned |= {"lat": pair[1], "lon": pair[2]}
    elif asked.kind in ("psn", "organisation"):
        for part in ("number", "tin"):
            if isinstance(cleaned.get(part), str):
                cleaned[part] = re.sub(r"[\s-]", "", cleaned[part])
    # NaN is no JSON: as text, the check of the type refuses it.
    finite = {
        part: str(each) if isinstance(each, float) and not isfinite(each) else each for part, each in cleaned.items()
    }
    return {part: each for part, each in finite.items() if each not in ("", None)}


def _read_date(asked: Field, parts: dict[str, str], reading: Reading) -> None:
    reading.shown[asked.code] = parts
    if not any(parts.values()):
        return
    bad, message = _date_problem(asked, parts)
    if message:
        reading.errors.append(FieldError(asked.path, asked.html_id(bad), message, "date", part=bad))
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
