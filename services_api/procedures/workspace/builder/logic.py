"""Conditions and formulas between the definition and the blocks.

In blocks a question is named by the id of its block, which stays when its code changes. What blocks cannot say (a
condition within a condition, a formula within a formula) is kept as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from services_api.procedures.forms.conditions import READABLE
from services_api.procedures.forms.formulas import COUNTABLE
from services_api.procedures.workspace.builder.controls import any_number
from services_api.procedures.workspace.builder.places import Place

NEGATED = {"equals": "not_equals", "in": "not_in", "includes": "not_includes"}
POSITIVE = {each: name for name, each in NEGATED.items()}
Refuse = Callable[[Place, str], None]


@dataclass(frozen=True)
class Known:
    """What a condition or formula may name: a question, or a rule (kind "rule") with the questions it reads."""

    code: str
    kind: str
    options: tuple[str, ...] = ()
    columns: Mapping[str, Known] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()


def question_id(code: str, row: str = "") -> str:
    """The id of the block of a question that was kept, of a column with the code of its `row`."""
    return f"q-{row}-{code}" if row else f"q-{code}"


def rule_id(code: str) -> str:
    return f"r-{code}"


# --- conditions


def read_condition(condition: Any) -> dict[str, Any]:
    """The value of a WhenBlock for a condition that was kept; None means always."""
    if condition is None:
        return {"how": "all", "tests": [], "kept": ""}
    for how in ("all", "any"):
        if how in condition and len(condition[how]) > 1:
            tests = [_read_test(each) for each in condition[how]]
            if all(each is not None for each in tests):
                return {"how": how, "tests": tests, "kept": ""}
    test = _read_test(condition)
    if test is not None:
        return {"how": "all", "tests": [test], "kept": ""}
    return {"how": "kept", "tests": [], "kept": json.dumps(condition, ensure_ascii=False)}


def _read_test(condition: Mapping[str, Any]) -> dict[str, str] | None:
    negated = "not" in condition
    inner = condition["not"] if negated else condition
    if "rule" in inner:
        return {"question": rule_id(inner["rule"]), "test": "holds_not" if negated else "holds", "values": "[]"}
    if "field" not in inner:
        return None
    (test,) = set(inner) - {"field"}
    value = inner[test]
    question = question_id(inner["field"])
    if test == "answered" and not negated:
        return {"question": question, "test": "answered" if value else "unanswered", "values": "[]"}
    if negated and test not in NEGATED:
        return None
    given = value if test == "in" else [value]
    return {
        "question": question,
        "test": NEGATED[test] if negated else test,
        "values": json.dumps(given, ensure_ascii=False),
    }


def write_condition(
    when: Mapping[str, Any], place: Place, before: Mapping[str, Known], everything: Mapping[str, Known], refuse: Refuse
) -> Any:
    """The condition of a WhenBlock, None for always. `before` is what it may read, `everything` what there is."""
    if when["how"] == "kept":
        return _kept(when["kept"], (*place, "how"), refuse)
    found = [
        _write_test(each, (*place, "tests", number), before, everything, refuse)
        for number, each in enumerate(when["tests"])
    ]
    if not found or any(each is None for each in found):
        return None
    return found[0] if len(found) == 1 else {when["how"] or "all": found}


def _write_test(
    test: Mapping[str, Any], place: Place, before: Mapping[str, Known], everything: Mapping[str, Known], refuse: Refuse
) -> Any:
    named, how = test["question"], test["test"]
    known = before.get(named)
    if known is None:
        if named in everything:
            refuse((*place, "question"), _("A condition may read only questions that stand before it."))
        else:
            refuse((*place, "question"), _("Choose a question."))
        return None
    if known.kind == "rule":
        if how not in ("holds", "holds_not"):
            refuse((*place, "test"), _("A rule holds or does not hold."))
            return None
        return {"not": {"rule": known.code}} if how == "holds_not" else {"rule": known.code}
    if known.kind not in READABLE or how in ("holds", "holds_not"):
        refuse((*place, "test"), _("This test does not fit the question."))
        return None
    if how in ("answered", "unanswered"):
        return {"field": known.code, "answered": how == "answered"}
    try:
        values = [_value(each, known) for each in _listed(test["values"])]
    except ValidationError as error:
        refuse((*place, "values"), error.messages[0])
        return None
    plain = POSITIVE.get(how, how)
    if not values:
        refuse((*place, "values"), _("Choose or write the answer."))
        return None
    if (plain == "includes") is not (known.kind == "choices"):
        refuse((*place, "test"), _("This test does not fit the question."))
        return None
    condition = {"field": known.code, plain: values if plain == "in" else values[0]}
    return {"not": condition} if how in POSITIVE else condition


def _listed(text: str) -> list[Any]:
    try:
        values = json.loads(text or "[]")
    except ValueError:
        values = [text]
    return values if isinstance(values, list) else [values]


def _value(given: Any, known: Known) -> Any:
    if known.kind == "yes_no":
        if given in (True, "yes"):
            return True
        if given in (False, "no"):
            return False
        raise ValidationError(_("Choose or write the answer."))
    if known.kind in COUNTABLE:
        number = any_number(given)
        if number is None:
            raise ValidationError(_("Write a number."))
        return number
    if known.options and given not in known.options:
        raise ValidationError(_("This is not one of the answers to choose from."))
    if not isinstance(given, str) or not given:
        raise ValidationError(_("Choose or write the answer."))
    return given


def _kept(text: str, place: Place, refuse: Refuse) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        refuse(place, _("Nothing is kept here. Choose something else."))
        return None


# --- formulas


def read_formula(formula: Any, row: str = "") -> dict[str, Any]:
    """The value of a FormulaBlock. `row` is the code of the rows in which the question is a column."""
    part = _read_part(formula, row)
    if part is not None:
        return {"operation": "value", "parts": [part], "kept": ""}
    ((operation, inner),) = formula.items()
    if operation in ("sum", "product", "difference"):
        parts = [_read_part(each, row) for each in inner]
        if all(each is not None for each in parts):
            return {"operation": operation, "parts": parts, "kept": ""}
    return {"operation": "kept", "parts": [], "kept": json.dumps(formula, ensure_ascii=False)}


def _read_part(formula: Any, row: str) -> dict[str, str] | None:
    if isinstance(formula, (int, float)):
        return {"what": "", "number": str(formula)}
    if isinstance(formula, str):
        return {"what": question_id(formula, row), "number": ""}
    if "count" in formula:
        return {"what": f"count:{question_id(formula['count'])}", "number": ""}
    if "total" in formula:
        of, column = formula["total"]["of"], formula["total"]["field"]
        return {"what": f"total:{question_id(of)}:{question_id(column, of)}", "number": ""}
    return None


def write_formula(value: Mapping[str, Any], place: Place, before: Mapping[str, Known], refuse: Refuse) -> Any:
    """The formula of a FormulaBlock; None after a problem. `before` is what it may read."""
    operation = value["operation"]
    if operation == "kept":
        return _kept(value["kept"], (*place, "operation"), refuse)
    parts = [_write_part(each, (*place, "parts", number), before, refuse) for number, each in enumerate(value["parts"])]
    if any(each is None for each in parts):
        return None
    wanted = {"value": 1, "difference": 2}.get(operation)
    if not parts or (wanted is not None and len(parts) != wanted):
        told = {
            1: _("Choose one question or number."),
            2: _("Choose two: from what, and what is taken away."),
        }
        refuse((*place, "parts"), told.get(wanted or 0, _("Add at least one part.")))
        return None
    return parts[0] if operation == "value" else {operation or "sum": parts}


def _write_part(part: Mapping[str, Any], place: Place, before: Mapping[str, Known], refuse: Refuse) -> Any:
    what = part["what"]
    if not what:
        try:
            number = any_number(part["number"])
        except ValidationError as error:
            refuse((*place, "number"), error.messages[0])
            return None
        if number is None:
            refuse((*place, "what"), _("Choose a question or write a number."))
        return number
    operation, _colon, rest = what.partition(":")
    named, _colon, column = rest.partition(":")
    known = before.get(named if operation in ("count", "total") else what)
    if operation == "count" and known is not None and known.kind in ("group", "table"):
        return {"count": known.code}
    if operation == "total" and known is not None and column in known.columns:
        if known.columns[column].kind in COUNTABLE:
            return {"total": {"of": known.code, "field": known.columns[column].code}}
    elif known is not None and known.kind in COUNTABLE:
        return known.code
    refuse((*place, "what"), _("Choose a question with a number that stands before this one."))
    return None
