"""Pages that somebody should look at again: the known failure of official sites is that nobody does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from cms.invalidation import forget_after_commit
from cms.models import PAGE_TYPES
from cms.models.base import BasePage

# How long a confirmed page holds, and after how many months without a change one is asked about.
HOLDS_DAYS = 365
OLD_MONTHS = 12
DAYS_A_MONTH = 30.44
LOG_ACTION = "hamaynk.reviewed"
# The weightiest first.
REASONS = ("overdue", "old", "never")


@dataclass(frozen=True)
class StalePage:
    """A page that is to be looked at. `changed_at`: when a person last published it (UTC), None: a starter text."""

    page: Page
    reason: str
    reviewed_until: date | None
    changed_at: datetime | None
    responsible: str


@cache
def reviewed_types() -> tuple[type[BasePage], ...]:
    """Page types with a date of review on their screen. News and events have their own date and are never stale."""
    return tuple(
        model
        for model in PAGE_TYPES
        if not _has_date(model) and "reviewed_until" in model.get_edit_handler().get_form_options().get("fields", [])
    )


def _has_date(model: type[Page]) -> bool:
    try:
        model._meta.get_field("date")
    except FieldDoesNotExist:
        return False
    return True


def stale_pages(
    *, months: int = OLD_MONTHS, language: str = "", section: Page | None = None, owner: int | None = None
) -> list[StalePage]:
    """Live pages that are overdue, old or never looked at; the overdue ones first. One query for each page type."""
    today, oldest = timezone.localdate(), timezone.now() - timedelta(days=months * DAYS_A_MONTH)
    found: list[StalePage] = []
    for model in reviewed_types():
        pages = model.objects.filter(live=True, alias_of__isnull=True).select_related("locale", "owner")
        if hasattr(model, "body"):
            pages = pages.defer("body")  # type: ignore[misc]
        if language:
            pages = pages.filter(locale__language_code=language)
        if section is not None:
            pages = pages.descendant_of(section, inclusive=True)
        if owner is not None:
            pages = pages.filter(owner=owner)
        for page in pages:
            reason = _reason(page, today, oldest)
            if reason:
                found.append(StalePage(page, reason, page.reviewed_until, page.last_published_at, page.responsible))
    return sorted(found, key=_urgency)


def _urgency(row: StalePage) -> tuple[int, date, bool, str]:
    """The overdue first; Armenian, which residents read, before its translations."""
    is_translation = row.page.locale.language_code != settings.LANGUAGE_CODE
    return REASONS.index(row.reason), row.reviewed_until or date.max, is_translation, row.page.title


def _reason(page: BasePage, today: date, oldest: datetime) -> str:
    if page.reviewed_until is not None:
        return "overdue" if page.reviewed_until < today else ""
    if page.last_published_at is None:
        return "never"
    return "old" if page.last_published_at < oldest else ""


@transaction.atomic
def confirm(page: BasePage, user: Any) -> date:
    """«Still true»: the page holds for a year from today (Yerevan). Logged; a waiting draft learns it too."""
    until = timezone.localdate() + timedelta(days=HOLDS_DAYS)
    before = page.reviewed_until
    type(page).objects.filter(pk=page.pk).update(reviewed_until=until)
    revision = page.latest_revision
    if revision is not None:
        revision.content = {**revision.content, "reviewed_until": until.isoformat()}
        revision.save(update_fields=["content"])
    log(page, LOG_ACTION, user=user, data={"before": json.loads(json.dumps(before, default=str)), "until": str(until)})
    forget_after_commit()
    return until


__all__ = ["LOG_ACTION", "OLD_MONTHS", "REASONS", "StalePage", "confirm", "reviewed_types", "stale_pages"]
