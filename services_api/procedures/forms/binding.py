"""Checking answers against a form: cleaned answers, or errors that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import validate_email
from django.utils import formats, timezone, translation
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from services_api.procedures.forms import compounds, formulas, messages, values
from services_api.procedures.forms.definition import Field, FormDefinition
from services_api.procedures.forms.files import CheckedFile, StoredFile, check_files
from services_api.procedures.forms.kinds import TIME
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


@FORMATS.checks("time")
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or TIME.match(value) is not None


@FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    date.fromisoformat(value)
    # Python reads weeks and days without hyphens, too; clients of the API and what is read back do not.
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is not None


@dataclass(frozen=True)
class BoundForm:
    """Answers to a form. `answers` and `files` are clean when `is_valid`; `shown` is what a page shows again.

    `visible` are the questions that these answers lead to; `newly` those among them that the page did not show yet
    (without script a page shows them only now): they are asked before anything goes on.
    """

    definition: FormDefinition
    answers: dict[str, Any]
    files: dict[str, list[CheckedFile]]
    errors: list[FieldError]
    shown: dict[str, Any] = field(default_factory=dict)
    visible: frozenset[str] = frozenset()
    newly: tuple[str, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.errors and not self.newly

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
    context: Mapping[str, Any] | None = None,
) -> BoundForm:
    """Check answers. `data` is a posted form or JSON; `files` maps a field to its uploads.

    `step` "form", "review" or the code of a page checks the questions of that step only (consent is asked at review),
    None checks all. `context` are answers given on other pages: conditions and formulas read them. `stored` are files
    kept on an earlier page: they count. What is hidden by the answers is neither kept nor checked. Errors come in the
    order of the questions, one a control, in the definition's language.
    """
    with translation.override(definition.language):
        asked = definition.asked(step)
        codes = {each.code for each in asked}
        elsewhere = {code: each for code, each in (context or {}).items() if code not in codes}
        reading = values.read(definition, data, step)
        visible = _settle(definition, asked, elsewhere, reading)
        reading.forget(codes - visible)
        newly = _newly(asked, visible, data)
        errors = list(reading.errors)
        validator = Draft202012Validator(definition.validation_schema(step, visible), format_checker=FORMATS)
        for problem in validator.iter_errors(reading.values):
            errors += _errors(definition, problem)
        errors += _limits(asked, reading.values)
        kept: dict[str, list[CheckedFile]] = {}
        if step != "review":
            wanted = [each for each in asked if each.code in visible]
            kept, refused = check_files(wanted, files, {k: list(v) for k, v in (stored or {}).items()})
            errors += refused
        errors = [each for each in errors if each.field.partition(".")[0] not in newly]
    ordered = _in_order(definition, errors)
    answers = {} if ordered or newly else reading.values
    return BoundForm(definition, answers, kept, ordered, reading.shown, visible, newly)


def _settle(
    definition: FormDefinition, asked: list[Field], elsewhere: Mapping[str, Any], reading: values.Reading
) -> frozenset[str]:
    """Which questions these answers lead to, with everything worked out that the form works out.

    A computed answer may open a question whose answer another one reads. Each speaks only of what stands before it,
    so it settles; the bound is for safety.
    """
    visible = definition.visible({**elsewhere, **reading.values})
    for _round in range(len(asked) + 1):
        _compute(asked, visible, elsewhere, reading)
        before, visible = visible, definition.visible({**elsewhere, **reading.values})
        if visible == before:
            break
    return visible


def _compute(
    asked: list[Field], visible: frozenset[str], elsewhere: Mapping[str, Any], reading: values.Reading
) -> None:
    """Work out columns of rows, then questions, in the order of the form; what is hidden counts as nothing."""
    known = dict(elsewhere)
    for each in asked:
        if each.code not in visible:
            if each.is_computed:
                reading.values.pop(each.code, None)
            continue
        if each.is_rows:
            rows = reading.values.get(each.code) or ()
            for shown, row in zip(reading.shown.get(each.code) or (), rows, strict=False):
                for column in each.items:
                    if column.is_computed:
                        _set(row, column, formulas.evaluate(column.rules["x-formula"], row))
                        shown[column.code] = row.get(column.code)
        elif each.is_computed:
            _set(reading.values, each, formulas.evaluate(each.rules["x-formula"], known))
            reading.shown[each.code] = reading.values.get(each.code)
        if each.code in reading.values:
            known[each.code] = reading.values[each.code]


def _set(answers: dict[str, Any], asked: Field, value: float | None) -> None:
    if value is None:
        answers.pop(asked.code, None)
    else:
        answers[asked.code] = value


def _newly(asked: list[Field], visible: frozenset[str], data: Any) -> tuple[str, ...]:
    """Questions that the page said it had not shown, and that the answers now lead to."""
    if not hasattr(data, "getlist"):
        return ()
    not_asked = set(data.getlist("not_asked"))
    return tuple(each.code for each in asked if each.code in not_asked and each.code in visible and each.has_answer)


def _in_order(definition: FormDefinition, errors: list[FieldError]) -> list[FieldError]:
    """One error a control, the one found first; files may have several."""
    order = {each.code: (number, each) for number, each in enumerate(definition)}
    found: dict[tuple[str, str], FieldError] = {}
    for each in errors:
        asked = definition.field(each.field.split(".")[0])
        key = (each.field, each.message if asked is not None and asked.is_file else "")
        found.setdefault(key, each)

    def part_of(asked: Field, rest: list[str]) -> int:
        names = [each.name for each in asked.parts] if asked.is_compound else []
        return names.index(rest[0]) if rest and rest[0] in names else 0

    def place(error: FieldError) -> tuple[int, ...]:
        code, *rest = error.field.split(".")
        if code not in order:
            return (len(order),)
        number, asked = order[code]
        if not asked.is_rows or len(rest) < 2:
            return (number, part_of(asked, rest))
        columns = [each.code for each in asked.items]
        column = columns.index(rest[1]) if rest[1] in columns else 0
        return (number, int(rest[0]), column, part_of(asked.items[column], rest[2:]))

    return sorted(found.values(), key=place)


def _errors(definition: FormDefinition, problem: ValidationError) -> list[FieldError]:
    """What one finding of the validator means for a person."""
    path = list(problem.absolute_path)
    if not path:
        if problem.validator == "required":
            missing = [code for code in problem.validator_value if code not in problem.instance]
            return [error for code in missing for error in _missing(definition.field(code))]
        return []  # unknown names are reported while reading
    asked = definition.field(str(path[0]))
    return _field_errors(asked, path[1:], problem) if asked is not None else []


def _field_errors(asked: Field, path: list[Any], problem: ValidationError) -> list[FieldError]:
    if asked.is_rows and path:
        return _row_errors(asked, path, problem)
    if asked.is_compound:
        return _part_errors(asked, path, problem)
    return [FieldError(asked.path, target(asked), _message(asked, problem), str(problem.validator))]


def _row_errors(asked: Field, path: list[Any], problem: ValidationError) -> list[FieldError]:
    """An error in a row: of one of its questions, or of the row itself."""
    questions = {each.code: each for each in asked.row(int(path[0]))}
    if len(path) > 1:
        found = questions.get(str(path[1]))
        return _field_errors(found, path[2:], problem) if found is not None else []
    if problem.validator == "required":
        missing = [code for code in problem.validator_value if code not in problem.instance]
        return [error for code in missing for error in _missing(questions[code])]
    if problem.validator == "additionalProperties":
        unknown = sorted(set(problem.instance) - set(questions))
        return [
            FieldError(f"{asked.path}.{path[0]}.{each}", "", messages.unknown_field(each), "unknown")
            for each in unknown
        ]
    return [FieldError(asked.path, target(asked), messages.invalid(asked, "type"), "type")]


def _missing(asked: Field | None) -> list[FieldError]:
    if asked is None:
        return []
    if asked.is_compound:
        needed = [part.name for part in asked.parts if part.required] or [asked.parts[0].name]
        return [_part_missing(asked, part) for part in needed]
    return [FieldError(asked.path, target(asked), messages.required(asked), "required")]


def _part_missing(asked: Field, part: str) -> FieldError:
    if part == "settlement":
        message = compounds.part_invalid(asked.kind, part)
    else:
        message = messages.part_required(compounds.part_label(asked.kind, part))
    return FieldError(f"{asked.path}.{part}", asked.html_id(part), message, "required", part=part)


def _part_errors(asked: Field, path: list[Any], problem: ValidationError) -> list[FieldError]:
    rule, first = str(problem.validator), asked.parts[0].name
    if not path and rule == "required":
        return [_part_missing(asked, part) for part in problem.validator_value if part not in problem.instance]
    if not path and rule == "maxProperties":
        return [FieldError(f"{asked.path}.{first}", asked.html_id(first), messages.one_of_two(asked), rule, part=first)]
    if not path or str(path[0]) not in {each.name for each in asked.parts}:
        return [FieldError(asked.path, asked.html_id(first), messages.invalid(asked, "type"), "type")]
    part = str(path[0])
    if rule == "maxLength":
        label = compounds.part_label(asked.kind, part)
        message = messages.too_long(label, problem.validator_value, len(problem.instance))
    elif rule == "minLength":
        message = messages.part_required(compounds.part_label(asked.kind, part))
    else:
        message = compounds.part_invalid(asked.kind, part)
    return [FieldError(f"{asked.path}.{part}", asked.html_id(part), message, rule, part=part)]


def target(asked: Field) -> str:
    """The control that a link in the summary should reach."""
    if asked.kind in ("choices", "yes_no") or (asked.kind == "choice" and asked.rules.get("x-widget") != "select"):
        return f"{asked.html_id()}-1"
    if asked.kind == "date":
        return asked.html_id("day")
    if asked.is_compound:
        return asked.html_id(asked.parts[0].name)
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
        if limit == 1:
            return messages.required(asked)
        return messages.too_few_rows(asked, limit) if asked.is_rows else messages.too_few_choices(asked, limit)
    if rule == "maxItems":
        return messages.too_many_rows(asked, limit) if asked.is_rows else messages.too_many_choices(asked, limit)
    if rule == "enum":
        return messages.invalid(asked, "choice")
    if rule == "const":
        return messages.required(asked)
    if rule == "format":
        return messages.invalid(asked, str(limit))
    if rule == "type" and asked.kind == "number":
        return messages.invalid(asked, str(asked.rules["type"]))
    if rule == "type" and asked.kind == "money":
        return messages.invalid(asked, "money")
    return messages.invalid(asked, str(rule))


def _limits(asked: Iterable[Field], answers: Mapping[str, Any]) -> list[FieldError]:
    """Earliest and latest of dates and times, also in rows."""
    found = []
    for each in asked:
        value = answers.get(each.code)
        if each.is_rows and isinstance(value, list):
            for index, row in enumerate(value):
                if isinstance(row, Mapping):
                    found += _limits(each.row(index), row)
        elif each.kind == "date" and isinstance(value, str):
            found += _date_limits(each, value)
        elif each.kind == "time" and isinstance(value, str) and TIME.match(value):
            found += _time_limits(each, value)
    return found


def _date_limits(asked: Field, value: str) -> list[FieldError]:
    try:
        given = date.fromisoformat(value)
    except ValueError:
        return []  # the validator has already said so
    found = []
    today = timezone.now().astimezone(YEREVAN).date()
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
            found.append(FieldError(asked.path, asked.html_id("day"), says(asked, shown), key.removeprefix("x-")))
    return found


def _time_limits(asked: Field, value: str) -> list[FieldError]:
    early, late = asked.rules.get("x-earliest", "00:00"), asked.rules.get("x-latest", "23:59")
    if early <= value <= late:
        return []
    return [FieldError(asked.path, asked.html_id(), messages.time_outside(asked, early, late), "time")]
