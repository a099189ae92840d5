"""Programs write pages of every type through one door, once, in each language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms import authoring
from cms.models import AnnouncementPage, ChapterPage, ConsultationPage, PublicationPage


def test_a_page_is_written_once_and_its_translation_knows_it(in_meghri, meghri, client_for):
    texts = {"hy": ("Աճուրդ", "auction"), "en": ("Auction", "auction")}
    for _time in range(2):
        for language, (title, slug) in texts.items():
            authoring.add_page(
                AnnouncementPage, "demo-auction", language, below="announcements", title=title, slug=slug,
                text=["## Պայմաններ" if language == "hy" else "## Terms", "<p>1</p>"],
                published_on=date(2026, 11, 2), kind="auction", lede=title,
            )  # fmt: skip
    assert AnnouncementPage.objects.count() == 2
    html = client_for(meghri).get("/announcements/auction/").content.decode()
    assert "Պայմաններ" in html and 'href="/en/announcements/auction/"' in html


def test_a_page_stands_below_another_that_was_written(in_meghri, meghri, client_for):
    authoring.add_page(PublicationPage, "plan", "hy", below="programmes", title="Ծրագիր", slug="plan")
    authoring.add_page(
        ChapterPage, "plan-1", "hy", below=authoring.page_key("plan"), title="Գլուխ", slug="one", text=["<p>Մաս</p>"]
    )
    assert client_for(meghri).get("/open-government/programmes/plan/one/").status_code == 200


def test_what_the_type_refuses_is_not_written(in_meghri):
    today = timezone.localdate()
    with pytest.raises(ValidationError):
        authoring.add_page(
            ConsultationPage, "short", "hy", below="hearings", title="Նախագիծ", slug="short",
            is_normative=True, opens_on=today, closes_on=today + timedelta(days=3),
        )  # fmt: skip
    assert not ConsultationPage.objects.exists()
