"""What a register knows, put into the questions of a form that ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services_api.exchange.connectors.registry import Register
from services_api.procedures.public import FormDefinition


def answers_of(known: Register, facts: Mapping[str, Any], definition: FormDefinition) -> dict[str, Any]:
    """Answers by codes of questions: the first question of the kind that the register fills in; {} without one.

    Only parts that the register knows are filled in, and nothing that the form does not ask for.
    """
    asked = next((each for each in definition if each.kind == known.fills), None)
    if asked is None:
        return {}
    parts = {name: facts[name] for name in ("surname", "name", "patronymic", "tin") if facts.get(name)}
    allowed = set(asked.rules.get("properties", parts))
    return {asked.code: {name: value for name, value in parts.items() if name in allowed}}


def differences(known: Register, facts: Mapping[str, Any], answers: Mapping[str, Any], field: str) -> list[str]:
    """Names of the parts of an answer that differ from what the register says; case and blanks do not count."""
    given = answers.get(field)
    if not isinstance(given, Mapping):
        return []
    return [name for name, value in facts.items() if given.get(name) and _plain(given[name]) != _plain(value)]


def _plain(value: Any) -> str:
    return " ".join(str(value).split()).casefold()
