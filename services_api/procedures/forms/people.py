"""Who stands beside the applicant: somebody for whom he applies, and others who apply together with him.

Both are ordinary questions of the form; two keys of the form say which. `x-representation` is {principal, basis,
proof}, `x-co-applicants` is {field, name, email, language, days}: a repeating group and its columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# On what somebody speaks for another: by law (a parent), by a power of attorney, as a guardian.
BASES = ("law", "proxy", "guardianship")
MOST_DAYS = 60
KEYS = ("x-representation", "x-co-applicants")


def check(form: Mapping[str, Any], problems: list[str]) -> None:
    """Add every problem of the two keys."""
    if "x-representation" in form:
        _check_representation(form["x-representation"], form["properties"], problems)
    if "x-co-applicants" in form:
        _check_co_applicants(form["x-co-applicants"], form["properties"], problems)


def _kind(properties: Any, code: Any) -> str:
    field = properties.get(code) if isinstance(code, str) else None
    return str(field.get("x-kind", "")) if isinstance(field, Mapping) else ""


def _check_representation(said: Any, properties: Any, problems: list[str]) -> None:
    path = "form.x-representation"
    if (
        not isinstance(said, Mapping)
        or set(said) - {"principal", "basis", "proof"}
        or not {"principal", "basis"} <= set(said)
    ):
        problems.append(f"{path}: must be {{principal, basis, proof}}, proof may be left out")
        return
    if _kind(properties, said["principal"]) not in ("person", "organisation"):
        problems.append(f"{path}.principal: must name a question of the kind person or organisation")
    if _kind(properties, said["basis"]) != "choice" or set(properties[said["basis"]].get("enum", ())) - set(BASES):
        problems.append(f"{path}.basis: must name a choice among {', '.join(BASES)}")
    if "proof" in said and _kind(properties, said["proof"]) not in ("file", "files"):
        problems.append(f"{path}.proof: must name a question of the kind file or files")


def _check_co_applicants(said: Any, properties: Any, problems: list[str]) -> None:
    path = "form.x-co-applicants"
    known = {"field", "name", "email", "language", "days"}
    if not isinstance(said, Mapping) or set(said) - known or not {"field", "name", "email"} <= set(said):
        problems.append(f"{path}: must be {{field, name, email, language, days}}, the last two may be left out")
        return
    if _kind(properties, said["field"]) != "group":
        problems.append(f"{path}.field: must name a repeating group")
        return
    items = properties[said["field"]].get("items")
    columns = items.get("properties", {}) if isinstance(items, Mapping) else {}
    for name, kind in (("name", "person"), ("email", "email"), ("language", "choice")):
        if name in said and _kind(columns, said[name]) != kind:
            problems.append(f"{path}.{name}: must name a column of the kind {kind}")
    days = said.get("days", 1)
    if type(days) is not int or not 1 <= days <= MOST_DAYS:
        problems.append(f"{path}.days: must be a whole number from 1 to {MOST_DAYS}")
