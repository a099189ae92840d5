"""«Given these answers, this happens»: what a version asks, works out and promises, without a case.

The same is used for the examples that are kept with a version: each says what must come out, they are run again at
every look, and a version whose examples break cannot be published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services_api.procedures.forms import BoundForm, Field, FormDefinition, StoredFile, bind, build
from services_api.procedures.forms.kinds import CODE
from services_api.procedures.forms.messages import FieldError
from services_api.procedures.texts import DefinitionError, check_text

EXPECTED = frozenset({"valid", "asked", "not_asked", "errors", "computed"})
# What an application sent at a moment is promised: registered and answered. Known to the layer above, which tells it.
Forecast = Callable[[Mapping[str, Any] | None, datetime], tuple[datetime, datetime | None]]
_forecast: list[Forecast] = []


def forecast_by(function: Forecast) -> Forecast:
    """Decorator: this function says when what is sent now is registered and answered."""
    _forecast[:] = [function]
    return function


def forecast(rule: Mapping[str, Any], at: datetime) -> tuple[datetime | None, datetime | None]:
    """When what is sent at a moment is registered, and until when it is answered by a clock rule (Asia/Yerevan)."""
    return _forecast[0](rule, at) if _forecast else (None, None)


@dataclass(frozen=True)
class PageShown:
    """One page of the form with the questions that are asked on it."""

    title: str
    questions: tuple[Field, ...]


@dataclass(frozen=True)
class Simulation:
    """What happens with these answers. `hidden` are questions that are not asked of this person."""

    pages: tuple[PageShown, ...]
    hidden: tuple[Field, ...]
    computed: Mapping[str, Any]
    errors: tuple[FieldError, ...]
    registered_at: datetime | None
    due_at: datetime | None

    @property
    def is_valid(self) -> bool:
        return not self.errors


def simulate(
    form: Mapping[str, Any] | FormDefinition,
    answers: Mapping[str, Any],
    *,
    clock: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    language: str | None = None,
) -> Simulation:
    """Answer a form as a program would; every file that is needed counts as attached. Raises DefinitionError."""
    definition = form if isinstance(form, FormDefinition) else build(form, language)
    bound = _bound(definition, answers)
    pages = definition.pages
    shown = [PageShown(page.title, tuple(each for each in page if each.code in bound.visible)) for page in pages] or [
        PageShown(definition.title, tuple(each for each in definition if each.code in bound.visible))
    ]
    registered_at, due_at = _forecast[0](clock, at) if _forecast and at is not None else (None, None)
    values = bound.answers or bound.shown
    return Simulation(
        pages=tuple(each for each in shown if each.questions),
        hidden=tuple(each for each in definition if each.code not in bound.visible),
        computed={each.code: values.get(each.code) for each in definition if each.is_computed and each.code in values},
        errors=tuple(bound.errors),
        registered_at=registered_at,
        due_at=due_at,
    )


def _bound(definition: FormDefinition, answers: Mapping[str, Any]) -> BoundForm:
    visible = bind(definition, answers).visible
    attached = {
        each.code: [StoredFile("example.pdf", 1, "")] * each.min_files
        for each in definition
        if each.is_file and each.code in visible
    }
    return bind(definition, answers, stored=attached)


def check_examples(form: Any, examples: Any) -> list[str]:
    """Every example that does not come out as it says: "examples.<code>.<what>: ..."; empty when all do."""
    problems = shape_of_examples(examples)
    if problems:
        return problems
    try:
        definition = build(form, "hy", anywhere=True)
    except DefinitionError as error:
        return error.problems
    return [line for example in examples for line in _broken(definition, example)]


def shape_of_examples(examples: Any) -> list[str]:
    """Problems of how examples are written, without running them."""
    if not isinstance(examples, list):
        return ["examples: must be a list of {code, name, answers, expect}"]
    problems: list[str] = []
    seen: set[str] = set()
    for number, each in enumerate(examples):
        path = f"examples[{number}]"
        code = each.get("code") if isinstance(each, Mapping) else None
        if not isinstance(code, str) or not CODE.match(code) or code in seen:
            problems.append(f"{path}.code: must be a name of its own")
            continue
        seen.add(code)
        check_text(each.get("name"), f"{path}.name", problems)
        expect = each.get("expect")
        if not isinstance(each.get("answers"), Mapping):
            problems.append(f"{path}.answers: must be an object")
        if not isinstance(expect, Mapping) or not expect or set(expect) - EXPECTED:
            problems.append(f"{path}.expect: must hold some of {', '.join(sorted(EXPECTED))}")
    return problems


def _broken(definition: FormDefinition, example: Mapping[str, Any]) -> list[str]:
    found, expect = simulate(definition, example["answers"]), example["expect"]
    path = f"examples.{example['code']}"
    asked = {each.code for page in found.pages for each in page.questions}
    errors = sorted(each.field for each in found.errors)
    problems = []
    if "valid" in expect and found.is_valid is not expect["valid"]:
        told = "; ".join(each.message for each in found.errors) or "there is no error"
        problems.append(f"{path}.valid: is {str(found.is_valid).lower()} ({told})")
    problems += [f"{path}.asked: {code} is not asked" for code in expect.get("asked", ()) if code not in asked]
    problems += [f"{path}.not_asked: {code} is asked" for code in expect.get("not_asked", ()) if code in asked]
    if "errors" in expect and errors != sorted(expect["errors"]):
        problems.append(f"{path}.errors: are {', '.join(errors) or 'none'}")
    for code, value in expect.get("computed", {}).items():
        if found.computed.get(code) != value:
            problems.append(f"{path}.computed.{code}: is {found.computed.get(code)}")
    return problems
