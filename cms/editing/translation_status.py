"""Where each Armenian page stands in the other languages, and what has changed since it was translated."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from difflib import ndiff
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.editing.text_checks.page_text import PageText
from cms.languages import has_honest_title
from cms.page_cache import stamp
from tenants.context import current_schema

OTHER_LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
# The order in which there is something to do.
STATUSES = ("missing", "draft", "outdated", "machine", "translated")

# Seconds; a site of ten thousand news must not count them for each look at the dashboard.
KEEP_COUNTS = 300


@dataclass(frozen=True)
class TranslationStatus:
    """One page in one language. `since`: when the original was published after the translation (UTC)."""

    original: Page
    language: str
    status: str
    translation: Page | None = None
    since: datetime | None = None


def statuses(language: str = "", section: Page | None = None) -> list[TranslationStatus]:
    """All live Armenian pages in each other language (or in one); five queries however many pages there are."""
    originals = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True, depth__gt=1)
    if section is not None:
        originals = originals.descendant_of(section, inclusive=True)
    pages = list(originals.order_by("path"))
    keys = [page.translation_key for page in pages]
    others = {
        (page.translation_key, page.locale.language_code): page
        for page in Page.objects.filter(translation_key__in=keys)
        .exclude(locale__language_code=settings.LANGUAGE_CODE)
        .select_related("locale", "alias_of")
    }
    machine = _machine_translated()
    return [
        _status(page, code, others.get((page.translation_key, code)), machine)
        for page in pages
        for code in OTHER_LANGUAGES
        if not language or code == language
    ]


def _status(page: Page, code: str, other: Page | None, machine: set[tuple[Any, str]]) -> TranslationStatus:
    if other is None or (other.alias_of_id and other.alias_of.locale_id != other.locale_id):
        return TranslationStatus(page, code, "missing", None)
    if not other.live or not has_honest_title(other):
        return TranslationStatus(page, code, "draft", other)
    changed = page.last_published_at
    if changed is not None and (other.last_published_at is None or other.last_published_at < changed):
        return TranslationStatus(page, code, "outdated", other, changed)
    return TranslationStatus(page, code, "machine" if (page.translation_key, code) in machine else "translated", other)


def _machine_translated() -> set[tuple[Any, str]]:
    """Pages with words that a program has translated and nobody has looked at."""
    rows = StringTranslation.objects.filter(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    return set(rows.values_list("context__object__translation_key", "locale__language_code"))


def counts() -> dict[str, Counter[str]]:
    """Number of pages for each language and status, for the dashboard; kept until something is published."""
    key = f"translation-counts:{stamp(current_schema())}"
    return caches["default"].get_or_set(key, _count, KEEP_COUNTS)  # type: ignore[return-value]


def _count() -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {code: Counter() for code in OTHER_LANGUAGES}
    for row in statuses():
        found[row.language][row.status] += 1
    return found


def changes_since(row: TranslationStatus) -> list[tuple[str, str]]:
    """What the original says now and did not say when it was translated: pairs of "+" or "-" and a line of text."""
    if row.translation is None:
        return []
    now = _lines(row.original.specific)
    moment = row.translation.last_published_at
    revisions = row.original.revisions.order_by("-created_at")
    then_revision = revisions.filter(created_at__lte=moment).first() if moment else revisions.last()
    if then_revision is None:
        return []
    then = _lines(then_revision.as_object())
    return [(line[0], line[2:]) for line in ndiff(then, now) if line[0] in "+-"]


def _lines(page: Page) -> list[str]:
    return [run.text.strip() for passage in PageText.of(page).passages for run in passage.runs]


@transaction.atomic
def start_or_update(page: Page, language: str, user: Any) -> Page:
    """The page to go on with in a language: a new draft, or the translation with the new texts of the original.

    What was translated stays translated (wagtail-localize remembers it); what is new stands there in Armenian until
    somebody translates it, and only as a draft. A translation that was written without the translator's screen, as all
    starter pages, is left as it is: the editor opens it and sees what has changed.
    """
    locale = Locale.objects.get(language_code=language)
    page = page.specific
    existing = Page.objects.filter(translation_key=page.translation_key, locale=locale).first()
    by_hand = (
        existing is not None
        and not existing.alias_of_id
        and not Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=locale, enabled=True
        ).exists()
    )
    if by_hand:
        return existing  # type: ignore[return-value]
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    translation.save_target(user=user, publish=False)
    return Page.objects.get(translation_key=page.translation_key, locale=locale)


__all__ = ["OTHER_LANGUAGES", "STATUSES", "TranslationStatus", "changes_since", "counts", "start_or_update", "statuses"]
