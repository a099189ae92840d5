"""The checks of the whole site. What was found on a page is kept until it is published again, a day at most."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.editing.text_checks import check_page
from cms.models.base import BasePage

# Seconds that one request may spend on pages that were not looked at yet; the next one goes on.
BUDGET = 3.0
KEEP = 24 * 3600
CHUNK = 200
# The rules change with the program; an older result is not looked at.
VERSION = 1


@dataclass(frozen=True)
class Checked:
    """What was found on one live page."""

    pk: int
    title: str
    language: str
    wrong: int
    advice: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SiteResult:
    """Pages with findings, the worst first, and how many pages were not looked at yet."""

    rows: list[Checked]
    left: int


def names() -> dict[str, Any]:
    """What the kinds of findings are called in the filter."""
    return {
        "alt-text": _("Pictures without words"),
        "quotation": _("Quotation marks"),
        "colon": _("Colon for «։»"),
        "look-alikes": _("Foreign letters"),
        "garbled": _("Old code page"),
        "link-words": _("Words of links"),
        "heading-order": _("Order of headings"),
        "table-caption": _("Tables without a caption"),
        "summary": _("No summary"),
    }


def of_site(language: str = "", section: Page | None = None) -> SiteResult:
    """Look through the live pages of the current tenant, within the budget of time."""
    pages = Page.objects.filter(live=True, depth__gt=1, alias_of__isnull=True)
    if language:
        pages = pages.filter(locale__language_code=language)
    if section is not None:
        pages = pages.descendant_of(section, inclusive=True)
    heads = list(pages.order_by("path").values_list("pk", "last_published_at", "live_revision_id"))
    cache = caches["shared"]
    keys = {pk: f"text-checks:{VERSION}:{pk}:{live_id}:{moment}" for pk, moment, live_id in heads}
    keys = {pk: key.replace(" ", "_") for pk, key in keys.items()}
    known = cache.get_many(list(keys.values()))
    missing = [pk for pk, key in keys.items() if key not in known]
    started, looked_at = time.monotonic(), 0
    for start in range(0, len(missing), CHUNK):
        fresh: dict[str, Checked] = {}
        chunk = Page.objects.filter(pk__in=missing[start : start + CHUNK]).select_related("locale").specific()
        for page in chunk:
            fresh[keys[page.pk]] = _checked(page)
        known.update(fresh)
        cache.set_many(fresh, KEEP)
        looked_at += len(fresh)
        if time.monotonic() - started > BUDGET:
            break
    rows = [row for row in known.values() if row.codes]
    rows.sort(key=lambda row: (-row.wrong, -row.advice, row.title))
    return SiteResult(rows, len(missing) - looked_at)


def _checked(page: Page) -> Checked:
    findings = check_page(page) if isinstance(page, BasePage) else []
    weights = Counter("advice" if finding.weight == "advice" else "wrong" for finding in findings)
    codes = tuple(sorted({finding.code for finding in findings}))
    return Checked(page.pk, page.title, page.locale.language_code, weights["wrong"], weights["advice"], codes)


__all__ = ["Checked", "SiteResult", "names", "of_site"]
