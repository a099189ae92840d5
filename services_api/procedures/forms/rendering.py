"""What a page shows of a form: the variables that themes/README.md names."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation

from services_api.procedures.forms import compounds, conditions, messages
from services_api.procedures.forms.binding import BoundForm, target
from services_api.procedures.forms.definition import Field, FormDefinition, Group
from services_api.procedures.forms.files import EXTENSIONS, StoredFile
from services_api.procedures.forms.messages import FieldError
from services_api.procedures.forms.reading_back import as_text, show_phone

WIDGETS = {
    "text": "text",
    "long_text": "textarea",
    "email": "email",
    "phone": "tel",
    "number": "number",
    "money": "number",
    "date": "date",
    "time": "text",
    "yes_no": "radio",
    "choice": "radio",
    "choices": "checkboxes",
    "settlement": "select",
    "person": "parts",
    "organisation": "parts",
    "psn": "parts",
    "address": "parts",
    "point": "parts",
    "file": "file",
    "files": "file",
    "group": "rows",
    "table": "table",
    "computed": "output",
    "consent": "checkbox",
    "info": "info",
}
AUTOCOMPLETE = {"email": "email", "phone": "tel"}
INPUT_MODES = {"number": "decimal", "phone": "tel", "email": "email", "money": "numeric"}
SHORT = frozenset({"phone", "number", "money", "time"})


@dataclass
class Drawing:
    """What is drawn of a page: answers to show again, errors, files kept, and what is asked of this person."""

    shown: Mapping[str, Any]
    errors: list[FieldError]
    kept: Mapping[str, list[StoredFile]] = field(default_factory=dict)
    visible: Collection[str] | None = None
    newly: Collection[str] = ()
    more: str = ""
    heading: str = ""
    here: Collection[str] = ()
    known: Mapping[str, Any] = field(default_factory=dict)

    def show_if(self, condition: Mapping[str, Any] | None) -> str:
        """A condition for the script of the page, as JSON; "" when nothing on this page can change it."""
        if condition is None:
            return ""
        open_part = conditions.reduce(condition, self.known, self.here)
        return "" if "always" in open_part else json.dumps(open_part, ensure_ascii=False)


def form_context(
    definition: FormDefinition,
    bound: BoundForm | None = None,
    answers: Mapping[str, Any] | None = None,
    stored: Mapping[str, Iterable[StoredFile]] | None = None,
    *,
    part: str = "form",
    more: str = "",
    **page: Any,
) -> dict[str, Any]:
    """The variable `form` of procedures/form.html.

    Shows `bound` (with its errors) or `answers` given earlier; with `part`, one page of a form. `more` is a repeating
    group that gets one more empty row. `page` adds or replaces entries: action, submit_label, back_url, note ...
    """
    asked = definition.asked(part)
    here = {each.code for each in asked}
    elsewhere = {code: each for code, each in (answers or {}).items() if code not in here}
    with translation.override(definition.language):
        shown = bound.shown if bound is not None else _shown(definition, answers or {})
        known = {**elsewhere, **shown}
        drawing = Drawing(
            shown=shown,
            errors=bound.errors if bound is not None else [],
            kept={code: list(files) for code, files in (stored or {}).items()},
            visible=bound.visible if bound is not None else definition.visible(known),
            newly=bound.newly if bound is not None else (),
            more=more,
            here=here,
            known=known,
        )
        current = definition.page(part)
        drawing.heading = current.title if current else definition.title
        drawn = (_draw_group(each, drawing) for each in (current.groups if current else definition.groups))
        groups = [each for each in drawn if each is not None]
        alone: list[dict[str, Any]] = []
        for each in () if current else definition.fields:
            if each.step != "form":
                continue
            if each.kind == "person":  # three inputs need the legend that a group gives
                groups.insert(0, {**_plain_group(each.label), "fields": _draw_field(each, drawing)})
            else:
                alone += _draw_field(each, drawing)
        newly = [definition.field(code) for code in drawing.newly]
    return {
        "title": drawing.heading,
        "kicker": definition.title if current else "",
        "intro": definition.intro if current is None or current is definition.pages[0] else "",
        "errors": [{"id": each.id, "message": each.message} for each in drawing.errors],
        "fields": alone,
        "groups": groups,
        "hidden": [],
        "has_files": any(each.is_file for each in asked),
        "has_rows": any(each.is_rows for each in asked),
        "needs_script": _needs_script([*alone, *groups]),
        "note": definition.note,
        "news": {"text": messages.newly_asked(), "id": first_control(newly[0])} if newly and newly[0] else None,
        **page,
    }


def first_control(asked: Field) -> str:
    """The id that a link to a question leads to."""
    return target(asked)


def _needs_script(drawn: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the script of forms has something to do: a condition to watch, a place to ask for."""
    return any(each.get("show_if") or each.get("is_point") or _needs_script(each.get("fields", ())) for each in drawn)


def _draw_group(group: Group, drawing: Drawing) -> dict[str, Any] | None:
    """A group with its questions; None when nothing on this page can lead to it."""
    fields = [each for asked in group.fields if asked.step == "form" for each in _draw_field(asked, drawing)]
    if not fields:
        return None
    for each in fields:
        # The group's legend, or the page's heading, is the question already.
        each["is_bare"] = each["label"] == group.legend and each["kind"] in ("parts", "rows", "table")
    show_if = drawing.show_if(group.show_if)
    hidden = drawing.visible is not None and not any(each.code in drawing.visible for each in group.fields)
    if hidden and group.show_if is not None and not show_if:
        return None
    return {
        "legend": group.legend,
        "is_bare": group.legend == drawing.heading,
        "fields": fields,
        "show_if": show_if,
        "is_hidden": hidden and bool(show_if),
    }


def _plain_group(legend: str) -> dict[str, Any]:
    return {"legend": legend, "is_bare": False, "show_if": "", "is_hidden": False}


def _draw_field(asked: Field, drawing: Drawing) -> list[dict[str, Any]]:
    """The controls of one question; none when nothing on this page can lead to it."""
    visible = drawing.visible is None or asked.code in drawing.visible
    show_if = drawing.show_if(asked.show_if)
    if not visible and asked.show_if is not None and not show_if:
        return []
    drawn = draw(asked, drawing.shown.get(asked.code), drawing.errors, drawing.kept.get(asked.code, []), drawing.more)
    for each in drawn:
        each["show_if"] = show_if
        each["is_hidden"] = not visible and bool(show_if)
        each["not_asked"] = "" if visible or not asked.has_answer else asked.code
        each["is_new"] = asked.code in drawing.newly
    return drawn


def consent_field(definition: FormDefinition, bound: BoundForm | None = None) -> dict[str, Any] | None:
    """The consent asked on the review page (`review.consent`), None when the form asks for none."""
    asked = next((each for each in definition if each.kind == "consent"), None)
    if asked is None:
        return None
    with translation.override(definition.language):
        shown = bound.shown.get(asked.code) if bound is not None else None
        return draw(asked, shown, bound.errors if bound is not None else [], [])[0]


def draw(
    asked: Field, value: Any, errors: list[FieldError], kept: list[StoredFile], more: str = ""
) -> list[dict[str, Any]]:
    """One question as the templates show it; a person as three of them."""
    if asked.kind == "person":
        return _draw_parts(asked, value if isinstance(value, Mapping) else {}, errors)
    own = [each for each in errors if each.field == asked.path]
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
        "size": asked.rules.get("x-size", "short" if asked.kind in SHORT else ""),
        "unit": messages.unit("dram" if asked.kind == "money" else asked.rules.get("x-unit", "")),
        "value": value if isinstance(value, (str, int, float)) else "",
    }
    if asked.kind in ("choice", "choices", "settlement", "yes_no"):
        _draw_choices(asked, value, drawn)
    elif asked.kind == "date":
        _draw_date(asked, value, own, drawn)
    elif asked.is_compound:
        given = value if isinstance(value, Mapping) else {}
        drawn |= {"fields": _draw_parts(asked, given, errors), "is_point": asked.kind == "point"}
    elif asked.is_rows:
        _draw_rows(asked, value, errors, drawn, more == asked.code)
    elif asked.is_computed:
        drawn |= {"value": as_text(asked, value) if value not in (None, "") else "", "required": True}
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
        "unit": "",
    }


def _draw_parts(asked: Field, value: Mapping[str, Any], errors: list[FieldError]) -> list[dict[str, Any]]:
    drawn = []
    for part in asked.parts:
        label = compounds.part_label(asked.kind, part.name)
        each = _blank(asked.html_id(part.name), asked.html_name(part.name), label, "text")
        error = next((one for one in errors if one.field == f"{asked.path}.{part.name}"), None)
        # One of the two parts of an identifier is enough: neither is marked optional. Where the whole question is
        # optional its legend says so; a person has none.
        required = (part.required or asked.kind == "psn") and (asked.required or asked.kind != "person")
        each |= {
            "value": value.get(part.name, ""),
            "required": required,
            "error": error.message if error else "",
            "autocomplete": asked.autocomplete or part.autocomplete,
            "inputmode": part.inputmode,
            "size": part.size,
            "maxlength": "" if part.type == "number" else str(part.max_length),
            "hint": compounds.part_hint(asked.kind, part.name),
        }
        if asked.kind in ("psn", "organisation"):
            each["maxlength"] = ""  # blanks may be typed between digits; the check counts without them
        if part.name == "settlement" and asked.choices:
            each["kind"] = "select"
            each["choices"] = [
                {"value": one.value, "label": one.label, "hint": "", "selected": one.value == value.get("settlement")}
                for one in asked.choices
            ]
        drawn.append(each)
    return drawn


def _draw_rows(asked: Field, value: Any, errors: list[FieldError], drawn: dict[str, Any], more: bool) -> None:
    given = [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
    least = max(asked.min_rows, 1 if asked.kind == "table" else 0)
    count = min(max(len(given) + (1 if more else 0), least), asked.max_rows)
    count = max(count, len(given))
    rows = []
    for index in range(count):
        answers = given[index] if index < len(given) else {}
        fields = [one for each in asked.row(index) for one in draw(each, answers.get(each.code), errors, [])]
        for each in fields:
            if asked.kind == "table" and each["kind"] == "radio":
                each["kind"] = "select"  # a cell has no room for a list of choices
        rows.append(
            {
                "id": f"{asked.html_id()}-{index}",
                "title": messages.row_title(asked, index),
                "fields": fields,
                "remove_value": f"{asked.html_name()}-{index}" if count > least else "",
            }
        )
    drawn |= {
        "row_list": rows,
        "count": str(count),
        "count_name": asked.html_name("count"),
        "columns": [{"label": each.label, "hint": each.hint} for each in asked.items],
        "add_value": asked.code if count < asked.max_rows else "",
        "add_label": messages.add_row(asked),
    }


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


def _shown(asked_for: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Earlier answers as a page shows them in its controls."""
    shown: dict[str, Any] = {}
    for asked in asked_for:
        value = answers.get(asked.code)
        if asked.kind == "date" and isinstance(value, str):
            found = date.fromisoformat(value)
            value = {"day": str(found.day), "month": str(found.month), "year": str(found.year)}
        elif asked.kind == "phone" and isinstance(value, str):
            value = show_phone(value)
        elif asked.is_rows and isinstance(value, list):
            value = [_shown(asked.items, each) if isinstance(each, Mapping) else each for each in value]
        shown[asked.code] = value
    return shown
