"""Terms that the law sets for what the website publishes. The law is data: data/terms.json, by day of validity."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "terms.json"
CONSULTATION_OF_A_NORMATIVE_DRAFT = "consultation-of-a-normative-draft"


@dataclass(frozen=True, slots=True)
class Term:
    """A number of calendar days with its source and the days on which it holds (both included)."""

    code: str
    days: int
    legal_basis: dict[str, str]
    valid_from: date
    valid_to: date | None


@cache
def _terms() -> tuple[Term, ...]:
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Term(
            code=row["code"],
            days=row["days"],
            legal_basis={code: row[f"legal_basis_{code}"] for code in ("hy", "en", "ru")},
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in rows
    )


def term(code: str, on: date) -> Term | None:
    """The term that holds on a day, None when the law sets none then."""
    return next(
        (
            each
            for each in _terms()
            if each.code == code and each.valid_from <= on and (each.valid_to is None or on <= each.valid_to)
        ),
        None,
    )
