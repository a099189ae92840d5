"""The duties of this release in the register's table. A release changes only what the ministry has not edited."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from cms.disclosure.models import PublicationDuty
from cms.disclosure.vocabulary import LANGUAGES, Duty, duties


def load() -> str:
    """Bring the table up to the release. A duty that the ministry has edited stays as it is. Returns a line."""
    known = {row.code: row for row in PublicationDuty.objects.all()}
    new, changed, edited = 0, 0, 0
    for position, shipped in enumerate(duties(), start=1):
        values = as_values(shipped, position)
        stamp = fingerprint(values)
        row = known.get(shipped.code)
        if row is None:
            PublicationDuty.objects.create(**values, shipped=stamp)
            new += 1
        elif is_edited(row):
            edited += 1
        elif row.shipped != stamp:
            PublicationDuty.objects.filter(pk=row.pk).update(**values, shipped=stamp)
            changed += 1
    return f"{len(duties())} duties, {new} new, {changed} changed, {edited} kept as the ministry has edited them"


def is_edited(row: PublicationDuty) -> bool:
    """Whether a duty differs from what the last release wrote."""
    return row.shipped != fingerprint({name: getattr(row, name) for name in as_values(duties()[0], 0)})


def as_values(duty: Duty, position: int) -> dict[str, Any]:
    """The columns of a shipped duty."""
    unit, number = duty.freshness or ("months", None)
    values: dict[str, Any] = {
        "code": duty.code,
        "position": position,
        "certainty": duty.certainty,
        "severity": duty.severity,
        "min_population": duty.min_population,
        "due_rule": duty.due_rule,
        "freshness": number,
        "freshness_unit": unit,
        "grace_days": duty.grace_days,
        "valid_from": duty.valid_from,
        "valid_to": duty.valid_to,
        "evaluator": duty.evidence.evaluator,
        "page_keys": list(duty.evidence.pages),
        "register": duty.evidence.register,
        "options": dict(duty.evidence.options),
    }
    for language in LANGUAGES:
        values[f"title_{language}"] = duty.title[language]
        values[f"explanation_{language}"] = duty.explanation[language]
        values[f"legal_basis_{language}"] = duty.legal_basis[language]
    return values


def fingerprint(values: dict[str, Any]) -> str:
    """A digest of the columns of a duty."""
    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
