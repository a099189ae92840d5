"""What a page shows of a form: the variables that themes/README.md names, and answers as rows of label and value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import phonenumbers
from django.utils import formats, translation

from services_api.procedures.forms import messages
from services_api.procedures.forms.binding import BoundForm
from services_api.procedures.forms.definition import PERSON_MAX_LENGTH, Field, FormDefinition
from services_api.procedures.forms.files import EXTENSIONS, CheckedFile, StoredFile
from services_api.procedures.forms.messages import FieldError
from services_api.procedures.forms.schema import PERSON_PARTS

WIDGETS = {
    "text": "text",
    "long_text": "textarea",
    "email": "email",
    "phone": "tel",
    "number": "number",
    "date": "date",
    "yes_no": "radio",
    "choice": "radio",
    "choices": "checkboxes",
    "settlement": "select",
    "file": "file",
    "files": "file",
    "consent": "checkbox",
    "info": "info",
}
AUTOCOMPLETE = {"email": "email", "phone": "tel"}
PERSON_AUTOCOMPLETE = {"surname": "family-name", "name": "given-name", "patronymic": "off"}
INPUT_MODES = {"number": "decimal", "phone": "tel", "email": "email"}


def form_context(
    definition: FormDefinition,
    bound: BoundForm | None = None,
    answers: Mapping[str, Any] | None = None,
    stored: Mapping[str, Iterable[StoredFile]] | None = None,
    **page: Any,
) -> dict[str, Any]:
    """The variable `form` of procedures/form.html.

    Shows `bound` (with its errors) or `answers` given earlier. `page` adds or replaces entries: action, submit_label,
    back_url, hidden, step, steps_total, note ...
    """
    with translation.override(definition.language):
        shown = bound.shown if bound is not None else _shown(definition, answers or {})
        errors = bound.errors if bound is not None else []
        kept = {code: list(files) for code, files in (stored or {}).items()}

        def drawn(fields: Iterable[Field]) -> list[dict[str, Any]]:
            return [
                each
                for asked in fields
                if asked.step == "form"
                for each in _draw(asked, shown.get(asked.code), errors, kept.get(asked.code, []))
            ]

        groups = [{"legend": group.legend, "fields": drawn(group.fields)} for group in definition.groups]
        alone: list[dict[str, Any]] = []
        for asked in definition.fields:
            if asked.kind == "person":  # three inputs need the legend that a group gives
                groups.insert(0, {"legend": asked.label, "fields": drawn([asked])})
            else:
                alone += drawn([asked])
    return {
        "title": definition.title,
        "intro": definition.intro,
        "errors": [{"id": each.id, "message": each.message} for each in errors],
        "fields": alone,
        "groups": [each for each in groups if each["fields"]],
        "hidden": [],
        "has_files": definition.has_files,
        "note": definition.note,
        **page,
    }


def consent_field(definition: FormDefinition, bound: BoundForm | None = None) -> dict[str, Any] | None:
    """The consent asked on the review page (`review.consent`), None when the form asks for none."""
    asked = next((each for each in definition if each.kind == "consent"), None)
    if asked is None:
        return None
    with translation.override(definition.language):
        shown = bound.shown.get(asked.code) if bound is not None else None
        return _draw(asked, shown, bound.errors if bound is not None else [], [])[0]


def _draw(asked: Field, value: Any, errors: list[FieldError], kept: list[StoredFile]) -> list[dict[str, Any]]:
    if asked.kind == "person":
        return _draw_person(asked, value if isinstance(value, Mapping) else {}, errors)
    own = [each for each in errors if each.field == asked.code]
    drawn = _blank(asked.html_id(), asked.html_name(), asked.label, WIDGETS[asked.kind])
    drawn |= {
        "hint": asked.hint,
        "required": asked.required,
        "error": " ".join(each.message for each in own),
        "autocomplete": asked.autocomplete or AUTOCOMPLETE.get(asked.kind, ""),
        "inputmode": INPUT_MODES.get(asked.kind, ""),
        # As text: a template would write the number 5000 as people read it, with a blank.
        "maxlength": str(asked.rules.get("maxLength", "")),
        "rows": str(asked.rules.get("x-rows", 8)) if asked.kind == "long_text" else "",
        "size": asked.rules.get("x-size", "short" if asked.kind in ("phone", "number") else ""),
        "value": value if isinstance(value, (str, int, float)) else "",
    }
    if asked.kind in ("choice", "choices", "settlement", "yes_no"):
        _draw_choices(asked, value, drawn)
    elif asked.kind == "date":
        _draw_date(asked, value, own, drawn)
    elif asked.is_file:
        drawn["hint"] = " ".join(filter(None, (asked.hint, messages.files_hint(asked))))
        drawn["accept"] = ",".join(f".{end}" for each in asked.accepts for end in EXTENSIONS[each])
        drawn["multiple"] = asked.max_files > 1
        drawn["files"] = [{"name": each.name, "size": each.size, "remove_value": each.remove_value} for each in kept]
        drawn["required"] = asked.min_files > 0
    elif asked.kind == "consent":
        drawn["value"] = bool(value)
    elif asked.kind == "info":
        drawn["value"] = asked.text
        drawn["required"] = True  # so that no «(optional)» is added to a text
    return [drawn]


def _blank(identifier: str, name: str, label: str, kind: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "name": name,
        "label": label,
        "kind": kind,
        "hint": "",
        "value": "",
        "error": "",
        "required": True,
        "autocomplete": "",
        "inputmode": "",
        "choices": [],
        "maxlength": "",
        "accept": "",
        "multiple": False,
        "parts": None,
        "files": [],
        "rows": "",
        "size": "",
    }


def _draw_person(asked: Field, value: Mapping[str, Any], errors: list[FieldError]) -> list[dict[str, Any]]:
    drawn = []
    for part in PERSON_PARTS:
        each = _blank(asked.html_id(part), asked.html_name(part), messages.part_label(part), "text")
        error = next((one for one in errors if one.field in (f"{asked.code}.{part}",)), None)
        each |= {
            "value": value.get(part, ""),
            "required": asked.required and part != "patronymic",
            "error": error.message if error else "",
            "autocomplete": PERSON_AUTOCOMPLETE[part] if not asked.autocomplete else asked.autocomplete,
            "maxlength": str(PERSON_MAX_LENGTH),
            "hint": messages.patronymic_hint() if part == "patronymic" else "",
        }
        drawn.append(each)
    return drawn


def _draw_choices(asked: Field, value: Any, drawn: dict[str, Any]) -> None:
    if asked.kind == "yes_no":
        options = [("yes", messages.yes(), ""), ("no", messages.no(), "")]
        chosen = {True: ["yes"], False: ["no"]}.get(value, []) if isinstance(value, bool) else []
    else:
        options = [(each.value, each.label, each.hint) for each in asked.choices]
        chosen = value if isinstance(value, list) else [value]
    if asked.kind == "settlement" and not options:
        drawn["kind"] = "text"
        return
    if asked.kind == "choice":
        drawn["kind"] = asked.rules.get("x-widget", "radio")
    drawn["choices"] = [
        {"value": key, "label": label, "hint": hint, "selected": key in chosen} for key, label, hint in options
    ]


def _draw_date(asked: Field, value: Any, errors: list[FieldError], drawn: dict[str, Any]) -> None:
    parts = value if isinstance(value, Mapping) else {}
    wrong = {each.part for each in errors if each.part} or ({"day", "month", "year"} if errors else set())
    drawn["parts"] = {
        part: {
            "id": asked.html_id(part),
            "name": asked.html_name(part),
            "value": parts.get(part, ""),
            "invalid": part in wrong,
        }
        for part in ("day", "month", "year")
    }


def _shown(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Earlier answers as a page shows them in its controls."""
    shown: dict[str, Any] = {}
    for asked in definition:
        value = answers.get(asked.code)
        if asked.kind == "date" and isinstance(value, str):
            found = date.fromisoformat(value)
            value = {"day": str(found.day), "month": str(found.month), "year": str(found.year)}
        elif asked.kind == "phone" and isinstance(value, str):
            value = show_phone(value)
        shown[asked.code] = value
    return shown


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
    change_url: str = "",
) -> list[dict[str, Any]]:
    """Answers to be read: [{title, change_url, rows: [{label, value, values, files}]}]; questions without an answer
    are left out. For the review page, the receipt and the officer's page.

    `files` maps a field to anything with `name` and `size`.
    """
    with translation.override(definition.language):
        sections = []
        parts = [(group.legend, group.fields) for group in definition.groups]
        if definition.fields:
            parts.append(("", definition.fields))
        for title, fields in parts:
            rows = [row for asked in fields for row in _rows(asked, answers.get(asked.code), files or {})]
            if rows:
                sections.append({"title": title or definition.title, "change_url": change_url, "rows": rows})
    return sections


def _rows(asked: Field, value: Any, files: Mapping[str, Iterable[Any]]) -> list[dict[str, Any]]:
    row: dict[str, Any] = {"code": asked.code, "label": asked.label, "value": "", "values": [], "files": []}
    if asked.kind in ("info", "consent"):
        return []
    if asked.is_file:
        row["files"] = [{"name": each.name, "size": each.size} for each in files.get(asked.code, ())]
        return [row] if row["files"] else []
    if value is None or value in ("", [], {}):
        return []
    if asked.kind == "choices":
        row["values"] = [asked.choice_label(each) for each in value]
    else:
        row["value"] = _as_text(asked, value)
    return [row]


def _as_text(asked: Field, value: Any) -> str:
    if asked.kind == "person":
        return " ".join(value[part] for part in PERSON_PARTS if value.get(part))
    if asked.kind == "yes_no":
        return messages.yes() if value else messages.no()
    if asked.kind in ("choice", "settlement"):
        return asked.choice_label(value)
    if asked.kind == "date":
        return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
    if asked.kind == "number":
        return formats.number_format(value)
    if asked.kind == "phone":
        return show_phone(value)
    return str(value)
