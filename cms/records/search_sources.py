"""Records that the site's search finds: people, and the rows of every other register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import translation

from cms.page_cache import stamp
from cms.records.models import Mandate, Person
from cms.records.register import Register, cells
from cms.records.registers import registers
from cms.records.shown.people import offices_text
from cms.search.sources import Found, register_source
from tenants.context import current_schema

MAX_REMEMBERED = 2000
# (schema, register, part, language) -> (stamp of the pages, address): one query for many rows.
_places: dict[tuple[str, str, str, str], tuple[str, str]] = {}


def place(register: Register, part: str, language: str) -> str:
    """Address of the page of a register, remembered until a page changes."""
    schema = current_schema()
    key, now = (schema, register.code, part, language), stamp(schema)
    known = _places.get(key)
    if known is None or known[0] != now:
        if len(_places) >= MAX_REMEMBERED:
            _places.clear()
        known = _places[key] = (now, register.page_url(language, part))
    return known[1]


def found_in(register: Register) -> Callable[[Any, str], Found | None]:
    """What is found of a row of a register: its title, description and the columns that people read."""

    def found(record: Any, language: str) -> Found | None:
        title = getattr(record, f"title_{language}")
        base = place(register, register.part_of(record), language) if title and record.is_published else ""
        if not base:
            return None
        with translation.override(language):
            words = [cell["text"] for cell in cells(register.in_place("detail"), record, language) if not cell["lang"]]
            if isinstance(record, Person):
                words.insert(0, offices_text(record, language))
        body = " ".join(filter(None, (record.text("text", language), *words)))
        return Found(title=title, url=f"{base}{record.address}/", body=body, date=record.date)

    return found


def _people_of(mandate: Mandate) -> Iterable[Person]:
    return Person.objects.filter(pk=mandate.person_id)


def register_sources() -> None:
    """One source a register; a term of office changes what is found of its person."""
    for register in registers.values():
        register_source(
            register.search_kind,
            name=f"records.{register.code}",
            model=register.model,
            rows=register.rows,
            found=found_in(register),
            follows={Mandate: _people_of} if register.code == "people" else None,
        )
