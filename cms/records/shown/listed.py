"""The first rows of a register for a block of another page: as the register's own page orders them."""

from __future__ import annotations

from typing import Any

from cms.records.filters import still_taken
from cms.records.register import cells
from cms.records.shown import deadlines

SEPARATOR = "/"


def choices() -> list[tuple[str, Any]]:
    """What may be listed: a register, or in its place its parts when only they have pages. `people/council`."""
    from cms.records.registers import registers

    found: list[tuple[str, Any]] = []
    for register in registers.values():
        parts = [(f"{register.code}{SEPARATOR}{code}", part.label) for code, part in register.parts.items()]
        found += parts or [(register.code, register.label)]
    return found


def listed(choice: str, language: str, number: int, *, only_open: bool = False) -> dict[str, Any]:
    """`{label, page_title, url, rows: [{title, url, date, cells, state}], empty_text, until}` in a language.

    `url` is "" while no page of the language shows the register; rows then have no address either. `until`: seconds
    since the epoch until which words about deadlines are true, None where there are none. A name that is not known
    any more gives an empty list: a block of a page outlives the register that it names.
    """
    from cms.records.registers import registers

    code, _separator, part = choice.partition(SEPARATOR)
    register = registers.get(code)
    if register is None or (part and part not in register.parts):
        return {"label": "", "page_title": "", "url": "", "rows": [], "empty_text": "", "until": None}
    page = register.page(language, part)
    base = (page.url or "") if page is not None else ""
    rows = register.published(language, part)
    until = deadlines.next_change(rows) if register.has_deadline else None
    if only_open and register.has_deadline:
        rows = rows.filter(still_taken())
    columns = [column for column in register.in_place("list") if column.name not in ("date", "openness")]
    return {
        "label": register.parts[part].label if part else register.label,
        "page_title": page.title if page is not None else "",
        "url": base,
        "rows": [
            {
                "title": record.title(language),
                "url": f"{base}{record.address}/" if base else "",
                "date": record.date if any(column.name == "date" for column in register.in_place("list")) else None,
                "cells": cells(columns, record, language),
                "state": deadlines.state(record, language) if register.has_deadline else None,
            }
            for record in register.ordered(rows)[:number]
        ],
        "empty_text": register.empty_text,
        "until": until,
    }
