"""The kinds of questions: their JSON type, the keys they know, and the rules of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services_api.procedures.forms import formulas
from services_api.procedures.texts import check_text

CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
FILE_TYPES = ("pdf", "jpg", "png")
MAX_TEXT = 20_000
MAX_ROWS = 50
MAX_COLUMNS = 30
MAX_MONEY = 10**12
FILE_BYTES_LIMIT = 50 * 1024 * 1024

COMMON = frozenset({"type", "x-kind", "x-label", "x-hint", "x-autocomplete", "x-messages", "x-show-if"})
ROWS = frozenset({"items", "minItems", "maxItems", "x-columns", "x-item", "x-add"})
# kind -> (JSON types, other keys allowed)
KINDS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "text": (("string",), frozenset({"minLength", "maxLength", "pattern", "x-size"})),
    "long_text": (("string",), frozenset({"minLength", "maxLength", "x-rows"})),
    "email": (("string",), frozenset({"format", "maxLength"})),
    "phone": (("string",), frozenset({"format"})),
    "number": (("number", "integer"), frozenset({"minimum", "maximum", "x-size", "x-unit"})),
    "money": (("integer",), frozenset({"minimum", "maximum"})),
    "date": (("string",), frozenset({"format", "x-earliest", "x-latest"})),
    "time": (("string",), frozenset({"format", "x-earliest", "x-latest"})),
    "yes_no": (("boolean",), frozenset()),
    "choice": (("string",), frozenset({"enum", "x-choices", "x-widget"})),
    "choices": (("array",), frozenset({"items", "uniqueItems", "minItems", "maxItems", "x-choices"})),
    "settlement": (("string",), frozenset()),
    "person": (("object",), frozenset()),
    "organisation": (("object",), frozenset()),
    "psn": (("object",), frozenset()),
    "address": (("object",), frozenset()),
    "point": (("object",), frozenset()),
    "file": (("array",), frozenset({"minItems", "maxItems", "x-max-bytes", "x-accept"})),
    "files": (("array",), frozenset({"minItems", "maxItems", "x-max-bytes", "x-accept"})),
    "group": (("array",), ROWS),
    "table": (("array",), ROWS),
    "computed": (("number",), frozenset({"x-formula", "x-unit"})),
    "consent": (("boolean",), frozenset()),
    "info": (("null",), frozenset({"x-text"})),
}
ROW_KINDS = ("group", "table")
UNITS = ("dram", "m2", "m", "ha", "people", "pieces", "days", "percent")
# What one row may ask: whatever is read from controls of its own. Files, consents and rows within rows cannot.
IN_ROWS = {
    "group": frozenset(KINDS) - {"file", "files", "group", "table", "consent", "info"},
    "table": frozenset({"text", "number", "money", "choice", "computed", "time", "phone"}),
}


def check_field(path: str, code: str, field: Any, problems: list[str]) -> None:
    """Add every problem of one question."""
    if not CODE.match(code):
        problems.append(f"{path}: a code is Latin small letters, digits and _, at most 40")
    if not isinstance(field, Mapping):
        problems.append(f"{path}: must be an object")
        return
    kind = field.get("x-kind")
    if kind not in KINDS:
        problems.append(f"{path}.x-kind: must be one of {', '.join(KINDS)}")
        return
    types, own = KINDS[kind]
    if field.get("type") not in types:
        problems.append(f"{path}.type: must be {' or '.join(types)} for {kind}")
    for key in sorted(set(field) - COMMON - own):
        problems.append(f"{path}.{key}: is not known for {kind}")
    check_text(field.get("x-label"), f"{path}.x-label", problems, needed=kind != "info")
    check_text(field.get("x-hint"), f"{path}.x-hint", problems, needed=False)
    _check_messages(field.get("x-messages", {}), path, problems)
    if kind in CHECKS:
        CHECKS[kind](field, path, problems)


def _check_messages(messages: Any, path: str, problems: list[str]) -> None:
    if not isinstance(messages, Mapping) or set(messages) - {"required", "invalid"}:
        problems.append(f"{path}.x-messages: may hold required and invalid")
        return
    for key, text in messages.items():
        check_text(text, f"{path}.x-messages.{key}", problems)


def _whole(field: Mapping[str, Any], key: str, path: str, problems: list[str], low: int, high: int) -> int | None:
    value = field.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        problems.append(f"{path}.{key}: must be a whole number from {low} to {high}")
        return None
    return value


def _check_text_field(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    longest = _whole(field, "maxLength", path, problems, 1, MAX_TEXT)
    shortest = _whole(field, "minLength", path, problems, 0, MAX_TEXT)
    if "maxLength" not in field:
        problems.append(f"{path}.maxLength: is missing, every text has an end")
    if longest is not None and shortest is not None and shortest > longest:
        problems.append(f"{path}.minLength: is greater than maxLength")
    if "pattern" in field:
        try:
            re.compile(field["pattern"])
        except (re.error, TypeError):
            problems.append(f"{path}.pattern: is not a regular expression")
        if "invalid" not in field.get("x-messages", {}):
            problems.append(f"{path}.x-messages.invalid: is missing, a pattern needs words that explain it")


def _check_number(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    for key in ("minimum", "maximum"):
        value = field.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
            problems.append(f"{path}.{key}: must be a number")
    _check_unit(field, path, problems)


def _check_date(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    if field.get("format") != "date":
        problems.append(f'{path}.format: must be "date"')
    for key in ("x-earliest", "x-latest"):
        value = field.get(key)
        if value is None or value == "today":
            continue
        try:
            date.fromisoformat(value)
        except (TypeError, ValueError):
            problems.append(f'{path}.{key}: must be a date such as 2026-01-31, or "today"')


def _check_format(name: str) -> Callable[[Mapping[str, Any], str, list[str]], None]:
    def check_format(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
        if field.get("format") != name:
            problems.append(f'{path}.format: must be "{name}"')

    return check_format


def _check_choices(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    items = field.get("items") if field.get("x-kind") == "choices" else field
    values = items.get("enum") if isinstance(items, Mapping) else None
    if not isinstance(values, list) or not values or not all(isinstance(each, str) and each for each in values):
        problems.append(f"{path}: enum must list the values that may be chosen")
        return
    shown = field.get("x-choices")
    if not isinstance(shown, list) or [isinstance(each, Mapping) and each.get("value") for each in shown] != values:
        problems.append(f"{path}.x-choices: must list {{value, label, hint}} for the values of enum, in their order")
        return
    for number, each in enumerate(shown):
        check_text(each.get("label"), f"{path}.x-choices[{number}].label", problems)
        check_text(each.get("hint"), f"{path}.x-choices[{number}].hint", problems, needed=False)
    if field.get("x-widget", "radio") not in ("radio", "select"):
        problems.append(f"{path}.x-widget: must be radio or select")


def _check_files(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    most = 1 if field.get("x-kind") == "file" else 20
    if field.get("x-kind") == "files" and "maxItems" not in field:
        problems.append(f"{path}.maxItems: is missing, say how many files may come")
    _whole(field, "maxItems", path, problems, 1, most)
    _whole(field, "minItems", path, problems, 0, most)
    if "x-max-bytes" not in field:
        problems.append(f"{path}.x-max-bytes: is missing")
    _whole(field, "x-max-bytes", path, problems, 1, FILE_BYTES_LIMIT)
    accepted = field.get("x-accept")
    if not isinstance(accepted, list) or not accepted or set(accepted) - set(FILE_TYPES):
        problems.append(f"{path}.x-accept: must be a list out of {', '.join(FILE_TYPES)}")


def _check_info(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    check_text(field.get("x-text"), f"{path}.x-text", problems)


def _check_money(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    for key in ("minimum", "maximum"):
        _whole(field, key, path, problems, 0, MAX_MONEY)


def _check_time(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    if field.get("format") != "time":
        problems.append(f'{path}.format: must be "time"')
    for key in ("x-earliest", "x-latest"):
        value = field.get(key)
        if value is not None and not (isinstance(value, str) and TIME.match(value)):
            problems.append(f"{path}.{key}: must be a time such as 09:30")


def _check_rows(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    """A repeating group or a table: its items are a small form of their own."""
    kind = str(field["x-kind"])
    if "maxItems" not in field:
        problems.append(f"{path}.maxItems: is missing, say how many rows there may be")
    _whole(field, "maxItems", path, problems, 1, MAX_ROWS)
    _whole(field, "minItems", path, problems, 0, MAX_ROWS)
    check_text(field.get("x-item"), f"{path}.x-item", problems, needed=kind == "group")
    check_text(field.get("x-add"), f"{path}.x-add", problems, needed=False)
    items = field.get("items")
    columns = items.get("properties") if isinstance(items, Mapping) else None
    if not isinstance(items, Mapping) or not isinstance(columns, Mapping) or not 1 <= len(columns) <= MAX_COLUMNS:
        problems.append(f"{path}.items: must be an object with 1 to {MAX_COLUMNS} properties")
        return
    if items.get("type") != "object" or items.get("additionalProperties") is not False:
        problems.append(f'{path}.items: must be of type "object" with additionalProperties false')
    for key in sorted(set(items) - {"type", "properties", "required", "additionalProperties"}):
        problems.append(f"{path}.items.{key}: is not known")
    # PostgreSQL keeps the keys of an object in an order of its own, so the order of the questions is said.
    order = field.get("x-columns")
    if not isinstance(order, list) or sorted(map(str, order)) != sorted(map(str, columns)):
        problems.append(f"{path}.x-columns: must name every question of the row once, in their order")
        return
    before: dict[str, Any] = {}
    for code in order:
        column = columns[code]
        here = f"{path}.items.properties.{code}"
        check_field(here, str(code), column, problems)
        if not isinstance(column, Mapping):
            continue
        if column.get("x-kind") in KINDS and column["x-kind"] not in IN_ROWS[kind]:
            problems.append(f"{here}.x-kind: {column['x-kind']} cannot stand in a {kind}")
        if "x-show-if" in column:
            problems.append(f"{here}.x-show-if: a question of a row has no condition of its own")
        if column.get("x-kind") == "computed":
            formulas.check(column.get("x-formula"), f"{here}.x-formula", problems, before, {})
        before[str(code)] = column
    required = items.get("required", [])
    if not isinstance(required, list) or any(each not in columns for each in required):
        problems.append(f"{path}.items.required: must be a list of its questions")


def _check_computed(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    if "x-formula" not in field:
        problems.append(f"{path}.x-formula: is missing")
    _check_unit(field, path, problems)


def _check_unit(field: Mapping[str, Any], path: str, problems: list[str]) -> None:
    if field.get("x-unit", UNITS[0]) not in UNITS:
        problems.append(f"{path}.x-unit: must be one of {', '.join(UNITS)}")


CHECKS: dict[str, Callable[[Mapping[str, Any], str, list[str]], None]] = {
    "text": _check_text_field,
    "long_text": _check_text_field,
    "email": _check_format("email"),
    "phone": _check_format("phone"),
    "number": _check_number,
    "money": _check_money,
    "date": _check_date,
    "time": _check_time,
    "choice": _check_choices,
    "choices": _check_choices,
    "file": _check_files,
    "files": _check_files,
    "group": _check_rows,
    "table": _check_rows,
    "computed": _check_computed,
    "info": _check_info,
}
