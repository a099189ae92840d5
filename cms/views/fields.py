"""Forms of Django in the words of the look (themes/README.md, Applications)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

# A field that people do not see and programs fill in. Its name must look worth filling in.
TRAP = "website"
INVALID = 422


def fell_into_the_trap(request: HttpRequest) -> bool:
    """True for a sending in which the invisible field was filled in."""
    return bool(request.POST.get(TRAP, "").strip())


def form_fields(form: forms.Form) -> list[dict[str, Any]]:
    """The visible fields of a form as `field` objects of the look, with their values and errors."""
    return [_field(form, name) for name in form.fields]


def form_errors(form: forms.Form) -> list[dict[str, str]]:
    """The rows of the error summary, in the order of the fields; what belongs to no field stands first."""
    rows = [{"id": "", "message": str(message)} for message in form.non_field_errors()]
    for name in form.fields:
        for message in form.errors.get(name, []):
            bound = form[name]
            suffix = {"radio": "-1", "checkboxes": "-1", "date": "-day"}.get(_kind(bound.field), "")
            rows.append(
                {"id": f"{bound.id_for_label or bound.auto_id}{suffix}", "message": f"{bound.label}: {message}"}
            )
            break
    return rows


def _kind(field: forms.Field) -> str:
    """The look's name of a kind of field."""
    widget = field.widget
    kinds: list[tuple[type[Any], str]] = [
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radio"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Select, "select"),
        (forms.Textarea, "textarea"),
        (DateParts, "date"),
        (forms.EmailInput, "email"),
        (forms.NumberInput, "number"),
    ]
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "text")


class DateParts(forms.MultiWidget):
    """Day, month and year apart, as forms of public offices ask for a date."""

    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.parts}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DatePartsField(forms.MultiValueField):
    """A date of three numbers; its errors say what is missing. The value is a `date` or None."""

    widget = DateParts

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            [forms.IntegerField(required=False) for _part in DateParts.parts], require_all_fields=False, **kwargs
        )

    def compress(self, data_list: list[Any]) -> Any:
        from datetime import date

        if not any(data_list):
            return None
        try:
            day, month, year = (int(part) for part in data_list)
            return date(year, month, day)
        except (TypeError, ValueError) as error:
            raise forms.ValidationError(_("Write a date that exists, for example 24 11 2026.")) from error


def _field(form: forms.Form, name: str) -> dict[str, Any]:
    bound = form[name]
    kind = _kind(bound.field)
    errors = form.errors.get(name)
    value = bound.value()
    row: dict[str, Any] = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": bound.label,
        "hint": bound.help_text,
        "kind": kind,
        "value": bool(value) if kind == "checkbox" else value,
        "error": errors[0] if errors else "",
        "required": bound.field.required,
        "autocomplete": bound.field.widget.attrs.get("autocomplete", ""),
        "maxlength": getattr(bound.field, "max_length", None),
        "rows": bound.field.widget.attrs.get("rows", 6),
    }
    if kind in ("radio", "checkboxes", "select"):
        chosen = value if isinstance(value, list | tuple) else [value]
        row["choices"] = [
            {"value": code, "label": label, "selected": str(code) in {str(each) for each in chosen}}
            for code, label in bound.field.choices  # type: ignore[attr-defined]
            if code != ""
        ]
    if kind == "date":
        given = value if isinstance(value, list) else bound.field.widget.decompress(value)  # type: ignore[attr-defined]
        row["parts"] = {
            part: {
                "id": f"{bound.auto_id}-{part}",
                "name": f"{bound.html_name}_{part}",
                "value": given[number] if given else "",
                "invalid": bool(errors),
            }
            for number, part in enumerate(DateParts.parts)
        }
    return row
