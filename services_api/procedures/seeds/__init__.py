"""Procedures that every community has from its first day. One file is one procedure; the texts are data.

A file of this folder is a whole package; a file of `catalogue/` is written short and put together (assembly.py).
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from services_api.procedures.seeds import assembly
from tenants.seeding import Report, register_seed

FOLDER = Path(__file__).parent


def _quiet(line: str) -> None:
    """Nobody listens."""


def packages() -> list[dict[str, Any]]:
    """The seeded procedures in the order of the catalogue: {procedure, valid_from, form, workflow, clock, texts}."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    short = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "catalogue").glob("*.json"))]
    found += [assembly.package(each) for each in short]
    return sorted(found, key=lambda each: (each["procedure"]["position"], each["procedure"]["code"]))


@register_seed(order=40, name="procedures")
def seed(report: Report | None = None) -> None:
    """Publish the seeded procedures as version 1; a procedure that has a version already is left alone."""
    from services_api.procedures.models import Procedure
    from services_api.procedures.services import draft_version, publish

    tell = report or _quiet
    for package in packages():
        described = dict(package["procedure"])
        procedure, _created = Procedure.objects.get_or_create(code=described.pop("code"), defaults=described)
        if procedure.versions.exists():
            continue
        version = draft_version(
            procedure,
            valid_from=date.fromisoformat(package["valid_from"]),
            **{part: package[part] for part in ("form", "workflow", "clock", "texts")},
        )
        publish(version)
        tell(f"procedure {procedure.code}: version {version.number} published")
