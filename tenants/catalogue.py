"""The country's communities as data: all of them are in the register from the first start."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from tenants.context import register
from tenants.models import Community, Marz, Settlement
from tenants.names import schema_name

DATA = Path(__file__).parent / "data"
CENSUS_DATE = date(2011, 10, 12)
MINISTRY_SLUG = "ministry"


# Fills a table of the register from the data of a release; idempotent, answers with one line for the operator.
Loader = Callable[[], str]
_loaders: dict[str, Loader] = {}


def register_catalogue(name: str, load: Loader) -> None:
    """Another room's catalogue in the register, loaded by `prepare` in one transaction, in the register."""
    _loaders[name] = load


def load_others() -> list[str]:
    """Load the catalogues of the other rooms; returns their lines."""
    lines = []
    for name, load in sorted(_loaders.items()):
        with register(), transaction.atomic():
            lines.append(f"{name}: {load()}")
    return lines


def load_catalogue() -> int:
    """Bring the register up to the data: provinces, 71 communities, settlements where known. Idempotent.

    Never touches what the ministry decides (status, hosts). Returns the number of communities.
    """
    data = json.loads((DATA / "communities.json").read_text(encoding="utf-8"))
    genitives: dict[str, str] = json.loads((DATA / "genitives.json").read_text(encoding="utf-8"))
    with register(), transaction.atomic():
        marzes = {row["code"]: _marz(row) for row in data["marzes"]}
        for row in data["communities"]:
            _community(row, marzes[row["marz"]], genitives)
        for row in data["settlements"]:
            _settlement(row)
        _ministry()
    return len(data["communities"])


def _marz(row: dict[str, Any]) -> Marz:
    names = {key: row[key] for key in ("iso", "name_hy", "name_en", "name_ru")}
    return Marz.objects.update_or_create(code=row["code"], defaults=names)[0]


def _community(row: dict[str, Any], marz: Marz, genitives: dict[str, str]) -> None:
    population = row.get("population_2011")
    facts = {
        "name_hy": row["name_hy"],
        "name_en": row["name_en"],
        "name_ru": row["name_ru"],
        "name_hy_genitive": genitives[row["slug"]],
        "marz": marz,
        "population": population,
        "population_date": CENSUS_DATE if population else None,
    }
    found = Community.objects.filter(code=row["code"]).first()
    if found is None:
        Community.objects.create(code=row["code"], slug=row["slug"], schema_name=schema_name(row["slug"]), **facts)
    else:
        Community.objects.filter(pk=found.pk).update(**facts)


def _settlement(row: dict[str, Any]) -> None:
    community = Community.objects.get(code=row["community"])
    population = row.get("population_2011")
    Settlement.objects.update_or_create(
        community=community,
        name_hy=row["name_hy"],
        defaults={
            "name_en": row["name_en"],
            "name_ru": row.get("name_ru") or "",
            "kind": row["kind"],
            "population": population,
            "population_date": CENSUS_DATE if population else None,
        },
    )


def _ministry() -> None:
    Community.objects.get_or_create(
        slug=MINISTRY_SLUG,
        defaults={
            "kind": Community.Kind.MINISTRY,
            "schema_name": schema_name(MINISTRY_SLUG),
            "name_hy": "Տարածքային կառավարման և ենթակառուցվածքների նախարարություն",
            "name_en": "Ministry of Territorial Administration and Infrastructure",
            "name_ru": "Министерство территориального управления и инфраструктур",
            "name_hy_genitive": "Տարածքային կառավարման և ենթակառուցվածքների նախարարության",
        },
    )


def default_host(community: Community) -> str:
    """The host that a community gets unless the ministry chooses another."""
    if community.is_ministry:
        return settings.BASE_DOMAIN
    return f"{community.slug}.{settings.BASE_DOMAIN}"


__all__ = ["MINISTRY_SLUG", "default_host", "load_catalogue", "load_others", "register_catalogue"]
