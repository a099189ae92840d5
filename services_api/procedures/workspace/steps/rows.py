"""What buttons do with the rows of a posted way: add, remove, move. Everything that was typed stays with its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from services_api.procedures.workspace.steps.effects import ADDED, APPROVALS, TASKS

TOTAL, INITIAL = "TOTAL_FORMS", "INITIAL_FORMS"
# What a new row begins with.
FRESH: dict[str, dict[str, str]] = {
    "s": {"phase": "in_progress"},
    "t": {"to": "", "e-TOTAL_FORMS": "0", "e-INITIAL_FORMS": "0"},
    "c": {"length": "", "unit": "calendar_days", "start": "registration", "direction": "after",
          "roll": "next_working_day"},
}  # fmt: skip


def total(data: QueryDict, prefix: str) -> int:
    """How many rows of a kind there are."""
    given = data.get(f"{prefix}-{TOTAL}", "")
    return int(given) if given.isdigit() else 0


def rearranged(data: QueryDict, prefix: str, order: Sequence[int]) -> QueryDict:
    """The same rows in another order; a row that `order` does not name is gone with all that belongs to it."""
    places = {old: new for new, old in enumerate(order)}
    row = re.compile(rf"^{re.escape(prefix)}-(\d+)-(.+)$")
    made = QueryDict(mutable=True)
    for name, values in data.lists():
        found = row.match(name)
        if found is None:
            made.setlist(name, values)
        elif int(found[1]) in places:
            made.setlist(f"{prefix}-{places[int(found[1])]}-{found[2]}", values)
    _count(made, prefix, len(order))
    return made


def appended(data: QueryDict, prefix: str, values: dict[str, Any]) -> QueryDict:
    """One more row at the end with these values."""
    made, number = data.copy(), total(data, prefix)
    for name, value in values.items():
        made.setlist(f"{prefix}-{number}-{name}", value if isinstance(value, list) else [value])
    _count(made, prefix, number + 1)
    return made


def _count(data: QueryDict, prefix: str, number: int) -> None:
    data[f"{prefix}-{TOTAL}"] = data[f"{prefix}-{INITIAL}"] = str(number)


def new_key(data: QueryDict, prefix: str) -> str:
    """A name for a new row that no other row has."""
    taken = {data.get(f"{prefix}-{number}-key") for number in range(total(data, prefix))}
    return next(f"new-{number}" for number in range(1, 10_000) if f"new-{number}" not in taken)


def changed(data: QueryDict, act: str, *, terms: bool = False) -> tuple[QueryDict, str]:
    """What a button asks for: (data, id of the row to go to). Words of `act`: add s|t, remove|up|down s|t N,
    effect N, drop N M (rows of terms are called c); anything else changes nothing."""
    name, *rest = act.split() or [""]
    kinds = "c" if terms else "st"
    if name == "add" and len(rest) == 1 and rest[0] in tuple(kinds):
        return _added(data, rest[0])
    numbers = [int(each) for each in rest if each.isdigit()]
    if name in ("remove", "up", "down") and len(rest) == 2 and rest[0] in tuple(kinds) and len(numbers) == 1:
        return _moved(data, name, rest[0], numbers[0])
    if name == "effect" and len(numbers) == 1 and numbers[0] < total(data, "t"):
        return _with_effect(data, numbers[0])
    if name == "drop" and len(numbers) == 2:
        step, number = numbers
        left = [each for each in range(total(data, f"t-{step}-e")) if each != number]
        return rearranged(data, f"t-{step}-e", left), f"t-{step}"
    return data, ""


def _added(data: QueryDict, prefix: str) -> tuple[QueryDict, str]:
    key = new_key(data, prefix)
    values: dict[str, Any] = {"key": key, "code": "", **FRESH[prefix]}
    made = appended(data, prefix, values)
    return made, f"{prefix}-{total(made, prefix) - 1}"


def _moved(data: QueryDict, name: str, prefix: str, number: int) -> tuple[QueryDict, str]:
    order = list(range(total(data, prefix)))
    if number not in order:
        return data, ""
    if name == "remove":
        made = rearranged(data, prefix, [each for each in order if each != number])
        if prefix == "s":
            _without(made, data.get(f"s-{number}-key", ""))
        return made, ""
    other = number - 1 if name == "up" else number + 1
    if other in order:
        order[number], order[other] = order[other], order[number]
        return rearranged(data, prefix, order), f"{prefix}-{other}"
    return data, f"{prefix}-{number}"


def _without(data: QueryDict, key: str) -> None:
    """No step comes from, or leads to, a state that was removed."""
    for number in range(total(data, "t")):
        sources = [each for each in data.getlist(f"t-{number}-sources") if each != key]
        data.setlist(f"t-{number}-sources", sources)
        if data.get(f"t-{number}-to") == key:
            data[f"t-{number}-to"] = ""


def _with_effect(data: QueryDict, step: int) -> tuple[QueryDict, str]:
    code = data.get(f"t-{step}-added", "")
    if code not in ADDED:
        return data, f"t-{step}"
    values: dict[str, Any] = {"code": code}
    if code == APPROVALS:
        values = {
            "code": TASKS, "o_kind": "approve", "o_to": ["executor", "head"], "o_join": "all", "o_days": "3",
            "o_group": f"approval_{step + 1}",
        }  # fmt: skip
    made = appended(data, f"t-{step}-e", values)
    if code in (APPROVALS, TASKS):
        _wait_for_tasks(made, step)
    return made, f"t-{step}"


def _wait_for_tasks(data: QueryDict, step: int) -> None:
    """The steps of officers that lead on from where the tasks are given wait for them."""
    to, source = data.get(f"t-{step}-to"), data.getlist(f"t-{step}-sources")
    for number in range(total(data, "t")):
        leads_on = to and to in data.getlist(f"t-{number}-sources")
        back = data.get(f"t-{number}-to") in [*source, to]
        by_itself = data.get(f"t-{number}-anchor") or "applicant" in data.getlist(f"t-{number}-by")
        required = data.getlist(f"t-{number}-requires")
        if number != step and leads_on and not back and not by_itself and "tasks_joined" not in required:
            data.setlist(f"t-{number}-requires", [*required, "tasks_joined"])
