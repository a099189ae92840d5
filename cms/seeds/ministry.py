"""The ministry's site: the list of communities and news instead of a community's sections."""

from __future__ import annotations

import json

from wagtail.models import Page

from cms import search_index
from cms.models import CommunitiesPage, HomePage, SiteProfile
from cms.seeds.tree import DATA, place, translation_key

# What a ministry keeps of a community's tree.
KEPT = ("news", "accessibility", "privacy", "site-map")
ACCENT = "#0b5a82"


def build_ministry_site() -> None:
    """Idempotent: sections of a community go, the list of communities comes first."""
    texts = json.loads((DATA / "ministry.json").read_text(encoding="utf-8"))
    keys = [translation_key(key) for key in (*KEPT, "communities")]
    with search_index.paused():
        for home in HomePage.objects.select_related("locale"):
            text = texts[home.locale.language_code]
            for page in home.get_children().exclude(translation_key__in=keys):
                page.delete()
            home.refresh_from_db()
            row = {"key": "communities", "type": "CommunitiesPage", "slug": "communities", "menu": True}
            place(home, row, text["communities"], home.locale)
            board = CommunitiesPage.objects.get(locale=home.locale)
            if board.get_prev_sibling() is not None:
                board.move(home, "first-child")
            Page.objects.filter(translation_key=translation_key("news"), locale=home.locale).update(
                title=text["news"]["title"], draft_title=text["news"]["title"]
            )
            fresh = HomePage.objects.get(pk=home.pk)
            fresh.title = fresh.draft_title = text["home"]["title"]
            fresh.lede = fresh.search_description = text["home"]["lede"]
            fresh.tasks, fresh.hero_text = [], ""
            fresh.save()
    SiteProfile.objects.update(accent=ACCENT)
