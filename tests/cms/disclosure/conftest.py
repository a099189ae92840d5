"""A community as it is connected, and a few things that a press officer does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.disclosure.checking import check
from cms.disclosure.models import PublicationDuty, Standing
from cms.seeds.tree import translation_key
from tenants.context import tenant

WORDS = "Համայնքի աշխատակազմը հրապարակել է այս էջի տեղեկությունները՝ ըստ օրենքի պահանջի, բոլոր մանրամասներով։"


@pytest.fixture
def publish():
    """`publish("rates", "text", on=date(2026, 1, 5))`: a person writes a page of the tree and publishes it."""

    def write(key: str, text: str = WORDS, on: date | None = None) -> Page:
        page = Page.objects.get(translation_key=translation_key(key), locale__language_code="hy").specific
        page.body = [("paragraph", f"<p>{text}</p>")]
        page.save_revision().publish()
        if on:
            moment = timezone.make_aware(timezone.datetime(on.year, on.month, on.day, 12))
            Page.objects.filter(pk=page.pk).update(last_published_at=moment)
        return page

    return write


@pytest.fixture
def verdict_of(meghri) -> Callable[..., Standing]:
    """`verdict_of("rates")`: check the community and read how it stands with one duty."""

    def look(code: str, community=None, today: date | None = None) -> Standing:
        whose = community or meghri
        with tenant(whose):
            check(whose, today)
            return Standing.objects.select_related("duty").get(community=whose, duty__code=code)

    return look


@pytest.fixture
def duty(db) -> Callable[[str], PublicationDuty]:
    """`duty("rates")`."""
    return lambda code: PublicationDuty.objects.get(code=code)
