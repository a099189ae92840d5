"""Checking answers against a form: cleaned answers, or errors that a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import validate_email
from django.utils import formats, timezone, translation
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from services_api.procedures.forms import messages, values
from services_api.procedures.forms.definition import Field, FormDefinition
from services_api.procedures.forms.files import CheckedFile, StoredFile, check_files
from services_api.procedures.forms.messages import FieldError
from services_api.workdays.public import YEREVAN

FORMATS = FormatChecker(formats=())


@FORMATS.checks("email", raises=DjangoValidationError)
def _is_email(value: object) -> bool:
    if isinstance(value, str):
        validate_email(value)
    return True


@FORMATS.checks("phone")
def _is_phone(value: object) -> bool:
    return not isinstance(value, str) or values.clean_phone(value) == value


@FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    if isinstance(value, str):
        date.fromisoformat(value)
    return True


@dataclass(frozen=True)
class BoundForm:
    """Answers to a form. `answers` and `files` are clean when `is_valid`; `shown` is what a page shows again."""

    definition: FormDefinition
    answers: dict[str, Any]
    files: dict[str, list[CheckedFile]]
    errors: list[FieldError]
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        return not self.errors

    def error_of(self, path: str) -> FieldError | None:
        """The first error of a field ("applicant.surname" for a part of it)."""
        return next((each for each in self.errors if each.field == path), None)


def bind(
    definition: FormDefinition,
    data: Mapping[str, Any],
    files: Any = None,
    *,
    step: str | None = None,
    stored: Mapping[str, Iterable[StoredFile]] | None = None,
) -> BoundForm:
    """Check answers. `data` is a posted form or JSON; `files` maps a field to its uploads.

    `step` "form" or "review" checks the questions of that page only (consent is asked at review), None checks all.
    `stored` are files kept on an earlier page: they count. Errors come in the order of the questions, one a control,
    in the definition's language.
    """
    with translation.override(definition.language):
        reading = values.read(definition, data, step)
        errors = list(reading.errors)
        validator = Draft202012Validator(definition.validation_schema(step), format_checker=FORMATS)
        for problem in validator.iter_errors(reading.values):
            errors += _errors(definition, problem)
        errors += _date_limits(definition, reading.values)
        kept: dict[str, list[CheckedFile]] = {}
        if step != "review":
            kept, refused = check_files(definition, files, {k: list(v) for k, v in (stored or {}).items()})
            errors += refused
    ordered = _in_order(definition, errors)
    return BoundForm(definition, {} if ordered else reading.values, kept, ordered, reading.shown)


def _in_order(definition: FormDefinition, errors: list[FieldError]) -> list[FieldError]:
    """One error a control, the one found first; files may have several."""
    order = {each.code: number for number, each in enumerate(definition)}
    parts = {"surname": 0, "name": 1, "patronymic": 2}
    found: dict[tuple[str, str], FieldError] = {}
    for each in errors:
        asked = definition.field(each.field.split(".")[0])
        key = (each.field, each.message if asked is not None and asked.is_file else "")
        found.setdefault(key, each)

    def place(error: FieldError) -> tuple[int, int]:
        code, _dot, part = error.field.partition(".")
        return order.get(code, len(order)), parts.get(part, 0)

    return sorted(found.values(), key=place)


def _errors(definition: FormDefinition, problem: ValidationError) -> list[FieldError]:
    """What one finding of the validator means for a person."""
    path = [str(each) for each in problem.absolute_path]
    if not path:
        if problem.validator == "required":
            missing = [code for code in problem.validator_value if code not in problem.instance]
            return [error for code in missing for error in _missing(definition.field(code))]
        return []  # unknown names are reported while reading
    asked = definition.field(path[0])
    if asked is None:
        return []
    if asked.kind == "person":
        return _person_errors(asked, path, problem)
    return [FieldError(asked.code, _target(asked), _message(asked, problem), str(problem.validator))]


def _missing(asked: Field | None) -> list[FieldError]:
    if asked is None:
        return []
    if asked.kind == "person":
        return [_part_missing(asked, part) for part in ("surname", "name")]
    return [FieldError(asked.code, _target(asked), messages.required(asked), "required")]


def _part_missing(asked: Field, part: str) -> FieldError:
    message = messages.part_required(messages.part_label(part))
    return FieldError(f"{asked.code}.{part}", asked.html_id(part), message, "required", part=part)


def _person_errors(asked: Field, path: list[str], problem: ValidationError) -> list[FieldError]:
    if problem.validator == "required":
        return [_part_missing(asked, part) for part in problem.validator_value if part not in problem.instance]
    if len(path) < 2 or path[1] not in ("surname", "name", "patronymic"):
        return [FieldError(asked.code, asked.html_id("surname"), messages.invalid(asked, "type"), "type")]
    part = path[1]
    if problem.validator == "maxLength":
        message = messages.too_long(messages.part_label(part), problem.validator_value, len(problem.instance))
    else:
        message = messages.part_required(messages.part_label(part))
    return [FieldError(f"{asked.code}.{part}", asked.html_id(part), message, str(problem.validator), part=part)]


def _target(asked: Field) -> str:
    """The control that a link in the summary should reach."""
    if asked.kind in ("choices", "yes_no") or (asked.kind == "choice" and asked.rules.get("x-widget") != "select"):
        return f"{asked.html_id()}-1"
    if asked.kind == "date":
        return asked.html_id("day")
    return asked.html_id()


def _message(asked: Field, problem: ValidationError) -> str:
    rule, limit = problem.validator, problem.validator_value
    if rule == "maxLength":
        return messages.too_long(asked.label, limit, len(problem.instance))
    if rule == "minLength":
        return messages.too_short(asked.label, limit)
    if rule == "minimum":
        return messages.too_small(asked, limit)
    if rule == "maximum":
        return messages.too_great(asked, limit)
    if rule == "minItems":
        return messages.required(asked) if limit == 1 else messages.too_few_choices(asked, limit)
    if rule == "maxItems":
        return messages.too_many_choices(asked, limit)
    if rule == "enum":
        return messages.invalid(asked, "choice")
    if rule == "const":
        return messages.required(asked)
    if rule == "format":
        return messages.invalid(asked, str(limit))
    if rule == "type" and asked.kind == "number":
        return messages.invalid(asked, str(asked.rules["type"]))
    return messages.invalid(asked, str(rule))


def _date_limits(definition: FormDefinition, answers: Mapping[str, Any]) -> list[FieldError]:
    found = []
    today = timezone.now().astimezone(YEREVAN).date()
    for asked in definition:
        if asked.kind != "date" or not isinstance(answers.get(asked.code), str):
            continue
        try:
            given = date.fromisoformat(answers[asked.code])
        except ValueError:
            continue  # the validator has already said so
        for key, beyond, says in (
            ("x-earliest", given.__lt__, messages.date_too_early),
            ("x-latest", given.__gt__, messages.date_too_late),
        ):
            limit = asked.rules.get(key)
            if limit is None:
                continue
            limit = today if limit == "today" else date.fromisoformat(limit)
            if beyond(limit):
                shown = formats.date_format(limit, "SHORT_DATE_FORMAT")
                found.append(FieldError(asked.code, asked.html_id("day"), says(asked, shown), key.removeprefix("x-")))
    return found
