"""Answers to be read: rows of label and value, for the review page, the receipt and the officer's page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import phonenumbers
from django.utils import formats, translation

from services_api.procedures.forms import compounds, messages
from services_api.procedures.forms.definition import Field, FormDefinition
from services_api.procedures.forms.files import CheckedFile, StoredFile


def show_phone(number: str) -> str:
    """A number of Armenia the way it is written there, others internationally."""
    try:
        parsed = phonenumbers.parse(number, "AM")
    except phonenumbers.NumberParseException:
        return number
    national = parsed.country_code == 374
    style = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def answer_sections(
    definition: FormDefinition,
    answers: Mapping[str, Any],
    files: Mapping[str, Iterable[CheckedFile | StoredFile | Any]] | None = None,
    change_url: str | Callable[[str], str] = "",
    *,
    reveal: bool = False,
) -> list[dict[str, Any]]:
    """Answers to be read: [{title, change_url, rows: [{label, value, lines, files}]}]; questions without an answer
    are left out, those that the answers hide too.

    `files` maps a field to anything with `name` and `size`. `change_url` may be a function of the page's code.
    Identifiers are shown whole only with `reveal`: to the person themselves, and to an officer whose reading is logged.
    """
    visible = definition.visible(answers)
    with translation.override(definition.language):
        sections = []
        parts = [(group.legend, group.fields) for group in definition.groups]
        if definition.fields:
            parts.append(("", definition.fields))
        for title, fields in parts:
            shown = [each for each in fields if each.code in visible]
            rows = [row for asked in shown for row in _rows(asked, answers.get(asked.code), files or {}, reveal)]
            if rows:
                page = definition.page_of(fields[0].code)
                url = change_url(page) if callable(change_url) else change_url
                sections.append({"title": title or definition.title, "change_url": url, "rows": rows})
    return sections


def _rows(asked: Field, value: Any, files: Mapping[str, Iterable[Any]], reveal: bool) -> list[dict[str, Any]]:
    row: dict[str, Any] = {"code": asked.code, "label": asked.label, "value": "", "lines": [], "files": []}
    if asked.kind in ("info", "consent"):
        return []
    if asked.is_file:
        row["files"] = [{"name": each.name, "size": each.size} for each in files.get(asked.code, ())]
        return [row] if row["files"] else []
    if value is None or value in ("", [], {}):
        return []
    if asked.is_rows:
        return [_item(asked, index, each, row, reveal) for index, each in enumerate(value) if isinstance(each, Mapping)]
    if asked.kind == "choices":
        row["lines"] = [asked.choice_label(each) for each in value]
    else:
        row["value"] = as_text(asked, value, reveal=reveal)
    return [row]


def _item(asked: Field, index: int, answers: Mapping[str, Any], row: Mapping[str, Any], reveal: bool) -> dict[str, Any]:
    """One row of a repeating group or table: its title, and a line for each of its answers."""
    lines = []
    for each in asked.items:
        for found in _rows(each, answers.get(each.code), {}, reveal):
            lines.append(messages.pair(found["label"], found["value"] or ", ".join(found["lines"])))
    return {**row, "label": messages.row_title(asked, index), "lines": lines}


def as_text(asked: Field, value: Any, *, reveal: bool = True) -> str:
    """One answer in words, in the active language."""
    if asked.is_compound and isinstance(value, Mapping):
        settlement = asked.choice_label(str(value.get("settlement", ""))) if asked.kind == "address" else ""
        return compounds.as_text(asked.kind, value, settlement, reveal=reveal)
    if asked.kind == "yes_no":
        return messages.yes() if value else messages.no()
    if asked.kind in ("choice", "settlement"):
        return asked.choice_label(value)
    if asked.kind == "date":
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
    if asked.kind in ("number", "money", "computed"):
        unit = messages.unit("dram" if asked.kind == "money" else asked.rules.get("x-unit", ""))
        return f"{formats.number_format(value, use_l10n=True, force_grouping=bool(unit))}\u00a0{unit}".strip()
    if asked.kind == "phone":
        return show_phone(value)
    return str(value)
