"""Settlements of the current community, by the names that addresses and rows of this application use for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from cms.naming import name_in
from tenants.context import current_community


@dataclass(frozen=True, slots=True)
class Place:
    """A settlement (բնակավայր): its key in rows (the Armenian name), in addresses (Latin letters), and its name."""

    key: str
    slug: str
    name: str


def places(language: str) -> list[Place]:
    """The settlements of the current community in the order of the register, named in a language. One query."""
    community = current_community()
    if community is None:
        return []
    found: list[Place] = []
    taken: set[str] = set()
    for settlement in community.settlements.all():
        slug = slugify(settlement.name_en) or f"s{settlement.pk}"
        if slug in taken:
            slug = f"{slug}-{settlement.pk}"
        taken.add(slug)
        found.append(Place(settlement.name_hy, slug, name_in(settlement, language)))
    return found


def named(keys: Iterable[str], known: Iterable[Place]) -> str:
    """Names of settlements for a reader, in the order of the register: «Լիճք, Տաշտուն»."""
    wanted = set(keys)
    return ", ".join(place.name for place in known if place.key in wanted)
