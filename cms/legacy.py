"""Addresses of the earlier system (Smart Municipality): what they meant, and where that is now.

Forms of addresses: ARMENIA 5 of the project's facts. Names of parameters were written in any case by its pages, so
case does not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict
from wagtail.models import Page

from cms.languages import translation_of
from cms.models.legacy import LegacyAddress
from cms.seeds.tree import translation_key

Kind = LegacyAddress.Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """What an old address asked for; `old_id` is empty for a list, `section` is the key of a seeded page."""

    kind: Kind
    old_id: str
    section: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of address: path after `/Pages/`, names of the parameter that identifies the record."""

    path: re.Pattern[str]
    kind: Kind
    parameters: tuple[str, ...]
    section: str


_FORMS = (
    _Form(re.compile(r"docflow/.*"), Kind.DOCUMENT, ("g",), "decisions"),
    _Form(re.compile(r"misc/announces/.*"), Kind.ANNOUNCEMENT, ("recid",), "announcements"),
    _Form(re.compile(r"misc/faq/.*"), Kind.QUESTION, ("recid",), "faq"),
    _Form(re.compile(r"home/events.*"), Kind.EVENT, ("eid",), "events"),
    _Form(re.compile(r"home/news.*"), Kind.NEWS, ("nid", "newsid", "recid", "id"), "news"),
    _Form(re.compile(r"newbudget/.*"), Kind.BUDGET, ("year",), "budget"),
    _Form(re.compile(r"tallage/.*"), Kind.DUTIES, ("recid",), "rates"),
)


def read(path: str, query: str) -> Asked:
    """What an address meant. `path` stands after `/Pages/`."""
    path = path.casefold()
    given = {name.casefold(): str(value).strip().strip("{}").casefold() for name, value in QueryDict(query).items()}
    for form in _FORMS:
        if form.path.fullmatch(path):
            old_id = next((given[name] for name in form.parameters if given.get(name)), "")
            return Asked(form.kind, old_id, form.section)
    return Asked(Kind.OTHER, f"{path}?{query.casefold()}" if query else path, "")


def place_of(asked: Asked, language: str) -> str:
    """Where the record is now, empty when nobody has said. A page is given in the language when it exists in it."""
    if not asked.old_id:
        return ""
    row = LegacyAddress.objects.filter(kind=asked.kind, old_id=asked.old_id).select_related("page").first()
    if row is None:
        from cms.records.outside import place_of_legacy

        return place_of_legacy(asked.kind, asked.old_id, language)
    if row.page is None:
        return row.url
    if not row.page.live:
        return ""
    translated = translation_of(row.page, language)
    return (translated or row.page).url or ""


def section_of(asked: Asked, language: str) -> Page | None:
    """The page where such things stand today."""
    if not asked.section:
        return None
    page: Page | None = (
        Page.objects.live()
        .filter(translation_key=translation_key(asked.section), locale__language_code=language)
        .first()
    )
    return page
