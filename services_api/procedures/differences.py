"""What is different between two versions of a procedure, line by line, for the clerk and for the plan of an upgrade."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PARTS = ("form", "workflow", "clock", "texts")
# By what the entries of a list are known: moved entries are then no difference.
KEYS = ("code", "value")
SHORT = 160


@dataclass(frozen=True)
class Difference:
    """One place that differs; `old` or `new` is None where it was added or removed."""

    path: str
    old: Any
    new: Any

    @property
    def kind(self) -> str:
        """added, removed or changed"""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    def __str__(self) -> str:
        if self.kind == "changed" and not isinstance(self.old, (dict, list)):
            return f"{self.path}: {_short(self.old)} -> {_short(self.new)}"
        return f"{self.path}: {self.kind}"


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every place where the content of two versions differs: {form, workflow, clock, texts}."""
    return [each for part in PARTS for each in _compare(part, old.get(part), new.get(part))]


def content_of(version: Any) -> dict[str, Any]:
    """The content of a version as a package has it."""
    return {part: getattr(version, part) for part in PARTS}


def _compare(path: str, old: Any, new: Any) -> list[Difference]:
    if old == new:
        return []
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        names = [*old, *(each for each in new if each not in old)]
        return [each for name in names for each in _compare(f"{path}.{name}", old.get(name), new.get(name))]
    if isinstance(old, list) and isinstance(new, list):
        return _compare_lists(path, old, new)
    return [Difference(path, old, new)]


def _compare_lists(path: str, old: list[Any], new: list[Any]) -> list[Difference]:
    key = next((name for name in KEYS if _all_have(name, old) and _all_have(name, new)), None)
    if key is None:
        return [Difference(path, old, new)]
    before = {each[key]: each for each in old}
    after = {each[key]: each for each in new}
    found = [
        each for code in {**before, **after} for each in _compare(f"{path}.{code}", before.get(code), after.get(code))
    ]
    common = [code for code in before if code in after]
    if common != [code for code in after if code in before]:
        found.append(Difference(f"{path} (order)", common, [code for code in after if code in before]))
    return found


def _all_have(key: str, entries: list[Any]) -> bool:
    return bool(entries) and all(isinstance(each, Mapping) and isinstance(each.get(key), str) for each in entries)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
