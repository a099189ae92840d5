"""Conditions of a form, as data: when a question, a group or a page is shown.

    {"field": "who", "equals": "organisation"}      {"field": "area", "at_least": 100}
    {"field": "who", "in": ["a", "b"]}              {"field": "area", "at_most": 500}
    {"field": "needs", "includes": "water"}         {"field": "note", "answered": true}
    {"all": [...]}   {"any": [...]}   {"not": ...}  {"rule": "as_organisation"}

A rule is a condition with a name (`x-rules`), so that a form says «as an organisation» in three places and means one
thing. A condition speaks of questions that stand before it: there is no circle, and one pass decides a whole form.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

Condition = Mapping[str, Any]
TESTS = ("equals", "in", "includes", "answered", "at_least", "at_most")
# Kinds whose answers a condition can read; files come apart, a consent is asked last, rows are counted by formulas.
READABLE = frozenset(
    {"text", "long_text", "email", "phone", "number", "money", "date", "time", "yes_no", "choice", "choices",
     "settlement", "computed"}
)  # fmt: skip
MAX_DEPTH = 5


def check(
    condition: Any, path: str, problems: list[str], fields: Mapping[str, Any], rules: Collection[str], depth: int = 0
) -> None:
    """Add every problem of a condition. `fields` are the questions that stand before it, by code."""
    if not isinstance(condition, Mapping) or not condition:
        problems.append(f"{path}: must be an object such as {{field, equals}}, {{all}}, {{any}}, {{not}} or {{rule}}")
        return
    if depth > MAX_DEPTH:
        problems.append(f"{path}: is nested too deeply, give a part of it a name in x-rules")
        return
    keys = set(condition)
    if keys == {"rule"}:
        if condition["rule"] not in rules:
            problems.append(f"{path}.rule: {condition['rule']} is not one of x-rules")
    elif keys in ({"all"}, {"any"}):
        (key,) = keys
        if not isinstance(condition[key], list) or not condition[key]:
            problems.append(f"{path}.{key}: must be a list of conditions")
            return
        for number, each in enumerate(condition[key]):
            check(each, f"{path}.{key}[{number}]", problems, fields, rules, depth + 1)
    elif keys == {"not"}:
        check(condition["not"], f"{path}.not", problems, fields, rules, depth + 1)
    elif len(keys) == 2 and "field" in keys and keys & set(TESTS):
        (test,) = keys - {"field"}
        _check_test(condition["field"], test, condition[test], path, problems, fields)
    else:
        problems.append(f"{path}: one of all, any, not, rule, or field with one of {', '.join(TESTS)}")


def _check_test(code: Any, test: str, value: Any, path: str, problems: list[str], fields: Mapping[str, Any]) -> None:
    field = fields.get(code) if isinstance(code, str) else None
    if not isinstance(field, Mapping):
        problems.append(f"{path}.field: {code} is not a question that stands before it")
        return
    kind = field.get("x-kind")
    if kind not in READABLE:
        problems.append(f"{path}.field: a condition cannot read a question of the kind {kind}")
        return
    if test == "answered" and not isinstance(value, bool):
        problems.append(f"{path}.answered: must be true or false")
    if test in ("at_least", "at_most") and (isinstance(value, bool) or not isinstance(value, (int, float))):
        problems.append(f"{path}.{test}: must be a number")
    if test == "in" and (not isinstance(value, list) or not value):
        problems.append(f"{path}.in: must be a list of values")
        return
    allowed = field.get("enum") if kind == "choice" else None
    if kind == "choices" and isinstance(field.get("items"), Mapping):
        allowed = field["items"].get("enum")
    wanted = {"equals": [value], "includes": [value], "in": value}.get(test, [])
    if isinstance(allowed, list) and any(each not in allowed for each in wanted):
        problems.append(f"{path}.{test}: {value} is not one of the choices of {code}")
    if kind == "yes_no" and test == "equals" and not isinstance(value, bool):
        problems.append(f"{path}.equals: must be true or false")


def resolve(condition: Condition, rules: Mapping[str, Condition]) -> Condition:
    """The condition with its named rules written out."""
    if "rule" in condition:
        return resolve(rules[condition["rule"]], {})
    if "not" in condition:
        return {"not": resolve(condition["not"], rules)}
    for key in ("all", "any"):
        if key in condition:
            return {key: [resolve(each, rules) for each in condition[key]]}
    return condition


def holds(condition: Condition, answers: Mapping[str, Any]) -> bool:
    """Whether a resolved condition is true of answers. A question without an answer fulfils only `answered: false`."""
    if "always" in condition:
        return bool(condition["always"])
    if "all" in condition:
        return all(holds(each, answers) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, answers) for each in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    (test,) = set(condition) - {"field"}
    return _TESTS[test](answers.get(condition["field"]), condition[test])


def reduce(condition: Condition, answers: Mapping[str, Any], here: Collection[str]) -> Condition:
    """The condition with everything decided that does not depend on the questions of this page (`here`)."""
    if "field" in condition:
        return condition if condition["field"] in here else {"always": holds(condition, answers)}
    if "not" in condition:
        inner = reduce(condition["not"], answers, here)
        return {"always": not inner["always"]} if "always" in inner else {"not": inner}
    for key, decided in (("all", False), ("any", True)):
        if key in condition:
            parts = [reduce(each, answers, here) for each in condition[key]]
            if any(each.get("always") is decided for each in parts):
                return {"always": decided}
            open_parts = [each for each in parts if "always" not in each]
            return {key: open_parts} if open_parts else {"always": not decided}
    return condition


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        return None
    try:
        number = Decimal(str(value).replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _compares(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[Any, Any], bool]:
    def compares(answer: Any, limit: Any) -> bool:
        number = _number(answer)
        return number is not None and compare(number, Decimal(str(limit)))

    return compares


def _same(answer: Any, value: Any) -> bool:
    if isinstance(answer, bool) or isinstance(value, bool):
        return answer is value
    return answer is not None and bool(answer == value)


_TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "equals": _same,
    "in": lambda answer, value: any(_same(answer, each) for each in value),
    "includes": lambda answer, value: isinstance(answer, (list, tuple)) and value in answer,
    "answered": lambda answer, value: (answer not in (None, "", [], {})) is value,
    "at_least": _compares(lambda number, limit: number >= limit),
    "at_most": _compares(lambda number, limit: number <= limit),
}


def rules_of(condition: Any) -> set[str]:
    """The named rules that a condition uses."""
    if not isinstance(condition, Mapping):
        return set()
    found = {condition["rule"]} if isinstance(condition.get("rule"), str) else set()
    for key in ("all", "any"):
        if isinstance(condition.get(key), list):
            found |= {rule for each in condition[key] for rule in rules_of(each)}
    return found | rules_of(condition.get("not"))


def fields_of(condition: Condition) -> set[str]:
    """The questions that a resolved condition reads."""
    if "field" in condition:
        return {condition["field"]}
    if "not" in condition:
        return fields_of(condition["not"])
    return {code for key in ("all", "any") for each in condition.get(key, ()) for code in fields_of(each)}
