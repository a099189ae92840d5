"""The words of the duties: which there are, which page shows them, which register holds them.

Pure functions over data/duties.json. Pages mark their places with it (`data-duty`), the page tree is built along it,
and the register's table is filled from it. What the ministry edits afterwards is `models.PublicationDuty`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

DATA = Path(__file__).parent / "data" / "duties.json"
LANGUAGES = ("hy", "en", "ru")
Texts = Mapping[str, str]
_PARTS = {
    "hy": {"article": "հոդված {}", "part": "մաս {}", "point": "կետ {}"},
    "en": {"article": "art. {}", "part": "part {}", "point": "point {}"},
    "ru": {"article": "ст. {}", "part": "ч. {}", "point": "п. {}"},
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the duty is kept: keys of seeded pages, code of a register, who looks and with which options."""

    evaluator: str
    pages: tuple[str, ...] = ()
    register: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Duty:
    """One publication duty as shipped. `freshness` is ("days" | "months", number), None where age does not matter."""

    code: str
    title: Texts
    explanation: Texts
    legal_basis: Texts
    certainty: str
    severity: str
    min_population: int
    due_rule: str
    freshness: tuple[str, int] | None
    grace_days: int
    valid_from: date
    valid_to: date | None
    evidence: Evidence


def duties() -> tuple[Duty, ...]:
    """All duties in the order of the law, as shipped with this release."""
    return tuple(_all().values())


def duty(code: str) -> Duty:
    """Raises KeyError for an unknown code."""
    return _all()[code]


def codes_of_page(translation_key: UUID) -> tuple[str, ...]:
    """Codes of the duties that a seeded page is the evidence of; empty for every other page."""
    return _codes_by_page().get(translation_key, ())


def codes_of_register(register: str) -> tuple[str, ...]:
    """Codes of the duties that the records of a register are the evidence of."""
    return tuple(each.code for each in duties() if each.evidence.register == register)


def page_keys() -> tuple[str, ...]:
    """Keys of the seeded pages that are evidence of a duty, each once."""
    return tuple(dict.fromkeys(key for each in duties() for key in each.evidence.pages))


@cache
def _all() -> dict[str, Duty]:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return {row["code"]: _duty(row, data["laws"]) for row in data["duties"]}


@cache
def _codes_by_page() -> dict[UUID, tuple[str, ...]]:
    from cms.seeds.tree import translation_key

    codes: dict[UUID, tuple[str, ...]] = {}
    for each in duties():
        for key in each.evidence.pages:
            page = translation_key(key)
            codes[page] = (*codes.get(page, ()), each.code)
    return codes


def _duty(row: Mapping[str, Any], laws: Mapping[str, Texts]) -> Duty:
    evidence = row["evidence"]
    return Duty(
        code=row["code"],
        title=row["title"],
        explanation=row["explanation"],
        legal_basis={language: _basis(row["basis"], laws, language) for language in LANGUAGES},
        certainty=row["certainty"],
        severity=row["severity"],
        min_population=row["min_population"],
        due_rule=row["due_rule"],
        freshness=next(iter(row["freshness"].items())) if row["freshness"] else None,
        grace_days=row["grace_days"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        evidence=Evidence(
            evaluator=evidence["evaluator"],
            pages=tuple(evidence["pages"]),
            register=evidence["register"],
            options=evidence["options"],
        ),
    )


def _basis(places: list[dict[str, str]], laws: Mapping[str, Texts], language: str) -> str:
    """«Law, art. 7, part 3, point 4»; several are separated by a semicolon."""
    words = _PARTS[language]
    return "; ".join(
        ", ".join([laws[place["law"]][language], *(words[name].format(place[name]) for name in words if name in place)])
        for place in places
    )
