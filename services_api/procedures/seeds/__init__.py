"""Procedures that every community has from its first day. One file is one procedure; the texts are data.

A file of this folder is a whole package; a file of `catalogue/` is written short and put together (assembly.py).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services_api.procedures.seeds import assembly
from tenants.seeding import Report, register_seed

FOLDER = Path(__file__).parent
# Trained clerks: they build procedures, try and publish them.
CLERKS = "Գործընթացների պատասխանատուներ"


# Who makes and changes procedures: trained clerks.
KEEPERS = "Գործընթացների պատասխանատուներ"


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
    """Publish the seeded procedures as version 1; a procedure that has a version already is left alone.

    And the group of those who change them; one that exists keeps what somebody gave or took.
    """
    from django.contrib.auth.models import Group, Permission

    from services_api.procedures.models import Procedure
    from services_api.procedures.upgrades import install

    tell = report or _quiet
    group, created = Group.objects.get_or_create(name=KEEPERS)
    if created:
        for app, codename in (("wagtailadmin", "access_admin"), ("procedures", "change_procedureversion")):
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    tell(f"group {KEEPERS!r}")
    known = set(Procedure.objects.filter(versions__isnull=False).values_list("code", flat=True))
    for package in packages():
        code = package["procedure"]["code"]
        if code not in known:
            version = install(package)
            tell(f"procedure {code}: version {version.number} published")
    _clerks()
    tell(f"group {CLERKS!r}")


def _clerks() -> None:
    """The group of those who may change procedures. One that exists keeps what somebody gave or took."""
    from django.contrib.auth.models import Group, Permission

    group, created = Group.objects.get_or_create(name=CLERKS)
    if created:
        for app, codename in (("wagtailadmin", "access_admin"), ("procedures", "change_procedureversion")):
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
