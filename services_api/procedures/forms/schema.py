"""What a form definition may look like: an own subset of JSON Schema 2020-12 with `x-` keys for what people see.

Checked at every save of a version; each problem names its path, so that whoever writes a form finds the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from services_api.procedures.texts import check_text

CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
PERSON_PARTS = ("surname", "name", "patronymic")
FILE_TYPES = ("pdf", "jpg", "png")
MAX_FIELDS = 150
MAX_TEXT = 20_000
FILE_BYTES_LIMIT = 50 * 1024 * 1024

COMMON = frozenset({"type", "x-kind", "x-label", "x-hint", "x-autocomplete", "x-messages"})
# kind -> (JSON types, other keys allowed)
KINDS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "text": (("string",), frozenset({"minLength", "maxLength", "pattern", "x-size"})),
    "long_text": (("string",), frozenset({"minLength", "maxLength", "x-rows"})),
    "email": (("string",), frozenset({"format", "maxLength"})),
    "phone": (("string",), frozenset({"format"})),
    "number": (("number", "integer"), frozenset({"minimum", "maximum", "x-size"})),
    "date": (("string",), frozenset({"format", "x-earliest", "x-latest"})),
    "yes_no": (("boolean",), frozenset()),
    "choice": (("string",), frozenset({"enum", "x-choices", "x-widget"})),
    "choices": (("array",), frozenset({"items", "uniqueItems", "minItems", "maxItems", "x-choices"})),
    "settlement": (("string",), frozenset()),
    "person": (("object",), frozenset()),
    "file": (("array",), frozenset({"minItems", "maxItems", "x-max-bytes", "x-accept"})),
    "files": (("array",), frozenset({"minItems", "maxItems", "x-max-bytes", "x-accept"})),
    "consent": (("boolean",), frozenset()),
    "info": (("null",), frozenset({"x-text"})),
}
FORM_KEYS = frozenset(
    {"$schema", "type", "properties", "required", "additionalProperties", "x-title", "x-intro", "x-note", "x-groups"}
)


def check(form: Any) -> list[str]:
    """Every problem of a form definition as "path: what is wrong"; empty when it can be used."""
    if not isinstance(form, Mapping):
        return ["form: must be an object"]
    problems: list[str] = []
    for key in sorted(set(form) - FORM_KEYS):
        problems.append(f"form.{key}: is not known")
    if form.get("type") != "object":
        problems.append('form.type: must be "object"')
    if form.get("additionalProperties") is not False:
        problems.append("form.additionalProperties: must be false, unknown answers are refused")
    for key in ("x-title", "x-intro", "x-note"):
        check_text(form.get(key), f"form.{key}", problems, needed=False)
    properties = form.get("properties")
    if not isinstance(properties, Mapping) or not properties:
        return [*problems, "form.properties: must hold at least one field"]
    if len(properties) > MAX_FIELDS:
        problems.append(f"form.properties: holds more than {MAX_FIELDS} fields")
    for code, field in properties.items():
        _check_field(str(code), field, problems)
    _check_required(form.get("required", []), properties, problems)
    _check_groups(form.get("x-groups", []), properties, problems)
    if not problems:
        try:
            Draft202012Validator.check_schema(dict(form))
        except SchemaError as error:
            problems.append(f"form.{'.'.join(map(str, error.absolute_path))}: {error.message}")
    return problems


def _check_field(code: str, field: Any, problems: list[str]) -> None:
    path = f"form.properties.{code}"
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


CHECKS: dict[str, Callable[[Mapping[str, Any], str, list[str]], None]] = {
    "text": _check_text_field,
    "long_text": _check_text_field,
    "email": _check_format("email"),
    "phone": _check_format("phone"),
    "number": _check_number,
    "date": _check_date,
    "choice": _check_choices,
    "choices": _check_choices,
    "file": _check_files,
    "files": _check_files,
    "info": _check_info,
}


def _check_required(required: Any, properties: Mapping[str, Any], problems: list[str]) -> None:
    if not isinstance(required, list):
        problems.append("form.required: must be a list of fields")
        return
    for code in required:
        if code not in properties:
            problems.append(f"form.required: {code} is not a field")
        elif isinstance(properties[code], Mapping) and properties[code].get("x-kind") == "info":
            problems.append(f"form.required: {code} is an information text, nobody answers it")


def _check_groups(groups: Any, properties: Mapping[str, Any], problems: list[str]) -> None:
    if not isinstance(groups, list):
        problems.append("form.x-groups: must be a list")
        return
    seen: set[str] = set()
    for number, group in enumerate(groups):
        path = f"form.x-groups[{number}]"
        if not isinstance(group, Mapping) or not isinstance(group.get("fields"), list):
            problems.append(f"{path}: must be {{code, legend, fields}}")
            continue
        check_text(group.get("legend"), f"{path}.legend", problems)
        for code in group["fields"]:
            if code not in properties:
                problems.append(f"{path}.fields: {code} is not a field")
            elif code in seen:
                problems.append(f"{path}.fields: {code} stands in two groups")
            seen.add(code)
