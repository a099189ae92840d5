"""The catalogue of duties as a table for the documentation; a test compares the page with it."""

from __future__ import annotations

from cms.disclosure.vocabulary import Duty, duties

_CERTAINTY = {"seen": "read in the source", "memory": "general knowledge", "low": "doubtful"}


def markdown() -> str:
    """One row a duty: code, Armenian title, law, how sure, from how many residents, age, who looks and where."""
    lines = [
        "| code | պարտականություն | legal basis | how sure | from residents | may be old | evidence |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_row(duty) for duty in duties()]
    return "\n".join(lines) + "\n"


def _row(duty: Duty) -> str:
    unit, number = duty.freshness or ("", 0)
    places = ", ".join(f"`{key}`" for key in duty.evidence.pages)
    register = f", register `{duty.evidence.register}`" if duty.evidence.register else ""
    cells = [
        f"`{duty.code}`",
        duty.title["hy"],
        duty.legal_basis["en"],
        _CERTAINTY[duty.certainty],
        str(duty.min_population or "all"),
        f"{number} {unit} + {duty.grace_days} days" if number else "any age",
        f"{duty.evidence.evaluator}: pages {places}{register}",
    ]
    return f"| {' | '.join(cells)} |"
