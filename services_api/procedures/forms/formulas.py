"""Values that the form works out itself, as data.

    "price"                                the answer to a question (a number, money or computed question)
    1.5                                    a number
    {"sum": [...]}  {"product": [...]}  {"difference": [a, b]}
    {"count": "children"}                  rows of a repeating group or table
    {"total": {"of": "works", "field": "cost"}}   the sum of one column

Reckoned in decimals, so that 0.1 + 0.2 is 0.3, and rounded to two places. What is not answered yet counts as nothing
in a sum; a product or difference without one of its parts has no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

COUNTABLE = frozenset({"number", "money", "computed"})
CENTS = Decimal("0.01")
LARGEST = Decimal(10) ** 15


def check(
    formula: Any, path: str, problems: list[str], fields: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]
) -> None:
    """Add every problem. `fields` are the questions that stand before it, `rows` the columns of groups and tables."""
    if isinstance(formula, bool) or formula is None:
        problems.append(f"{path}: must be a question, a number or an operation")
    elif isinstance(formula, (int, float)):
        return
    elif isinstance(formula, str):
        field = fields.get(formula)
        if not isinstance(field, Mapping) or field.get("x-kind") not in COUNTABLE:
            problems.append(f"{path}: {formula} is not a question with a number that stands before it")
    elif not isinstance(formula, Mapping) or len(formula) != 1:
        problems.append(f"{path}: must be one of sum, product, difference, count, total")
    else:
        _check_operation(formula, path, problems, fields, rows)


def _check_operation(
    formula: Mapping[str, Any],
    path: str,
    problems: list[str],
    fields: Mapping[str, Any],
    rows: Mapping[str, Mapping[str, Any]],
) -> None:
    ((name, parts),) = formula.items()
    if name in ("sum", "product", "difference"):
        if not isinstance(parts, list) or not parts or (name == "difference" and len(parts) != 2):
            problems.append(f"{path}.{name}: must be a list of parts" + (", two" if name == "difference" else ""))
            return
        for number, each in enumerate(parts):
            check(each, f"{path}.{name}[{number}]", problems, fields, rows)
    elif name == "count":
        if parts not in rows:
            problems.append(f"{path}.count: {parts} is not a repeating group or table that stands before it")
    elif name == "total":
        of, wanted = (parts.get("of"), parts.get("field")) if isinstance(parts, Mapping) else (None, None)
        column = rows[of].get(wanted) if isinstance(of, str) and isinstance(wanted, str) and of in rows else None
        if not isinstance(column, Mapping) or column.get("x-kind") not in COUNTABLE:
            problems.append(f"{path}.total: must be {{of, field}}, a column of numbers of a group or table before it")
    else:
        problems.append(f"{path}.{name}: must be one of sum, product, difference, count, total")


def evaluate(formula: Any, answers: Mapping[str, Any]) -> int | float | None:
    """The value, a whole number where it is one; None while it cannot be worked out."""
    value = _evaluate(formula, answers)
    if value is None or not value.is_finite() or abs(value) > LARGEST:
        return None
    rounded = value.quantize(CENTS, ROUND_HALF_UP)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def _evaluate(formula: Any, answers: Mapping[str, Any]) -> Decimal | None:
    if isinstance(formula, (int, float)):
        return Decimal(str(formula))
    if isinstance(formula, str):
        return _number(answers.get(formula))
    ((name, parts),) = formula.items()
    if name == "count":
        given = answers.get(parts)
        return Decimal(len(given)) if isinstance(given, list) else Decimal(0)
    if name == "total":
        given = answers.get(parts["of"])
        cells = [_number(row.get(parts["field"])) for row in given or () if isinstance(row, Mapping)]
        return sum((each for each in cells if each is not None), Decimal(0))
    values = [_evaluate(each, answers) for each in parts]
    if name == "sum":
        known = [each for each in values if each is not None]
        return sum(known, Decimal(0)) if known else None
    if any(each is None for each in values):
        return None
    whole = [each for each in values if each is not None]
    if name == "difference":
        return whole[0] - whole[1]
    result = Decimal(1)
    for each in whole:
        result *= each
    return result


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return Decimal(str(value))
