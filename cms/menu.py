"""The menu of five sections with the pages below them, in the order of the tree."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page

from cms.addresses import place_address
from cms.languages import has_honest_title
from cms.seeds.tree import translation_key

# What a list shows one by one is found in the list, not in the menu.
ITEM_KINDS = {"news", "announcement", "event", "session", "act", "service"}
MAX_CHILDREN = 12


def pages_below(home: Page) -> tuple[list[Any], list[Any]]:
    """The published pages one and two steps below the home page that are in its language, in the order of the tree."""
    depths = (home.depth + 1, home.depth + 2)
    found = Page.objects.live().filter(path__startswith=home.path, depth__in=depths).order_by("path")
    pages = [page for page in found if has_honest_title(page)]
    return [page for page in pages if page.depth == depths[0]], [page for page in pages if page.depth == depths[1]]


def sections(children: list[Any], grandchildren: list[Any], language: str) -> list[dict[str, Any]]:
    """`[{title, url, summary, children: [{title, url}]}]` of the pages that an editor has put into the menu."""
    below: dict[str, list[dict[str, str]]] = defaultdict(list)
    for page in grandchildren:
        if _is_listed(page):
            below[page.path[: -Page.steplen]].append({"title": page.title, "url": page.url or ""})
    for page in children:
        if page.translation_key == translation_key("news"):
            below[page.path] = beside_news(language, children)
    return [
        {"title": page.title, "url": page.url, "summary": "", "children": below[page.path][:MAX_CHILDREN]}
        for page in children
        if page.show_in_menus
    ]


def beside_news(language: str, children: list[Any]) -> list[dict[str, str]]:
    """What stands below the news in the menu: announcements, alerts, polls. None of them is a page below them."""
    board = [page for page in children if page.translation_key == translation_key("announcements")]
    return [
        *({"title": page.title, "url": page.url or ""} for page in board),
        {"title": gettext("Alerts and interruptions"), "url": place_address("alerts", language)},
        {"title": gettext("Polls"), "url": place_address("polls", language)},
    ]


def marked(menu: list[dict[str, Any]], here: str) -> list[dict[str, Any]]:
    """A copy of the menu in which the section and the page of this address are marked."""
    return [
        {
            **section,
            "is_current": _is_at(section["url"], here),
            "children": [{**child, "is_current": _is_at(child["url"], here)} for child in section["children"]],
        }
        for section in menu
    ]


def _is_at(url: str, here: str) -> bool:
    return bool(url and here and here.startswith(url))


def _is_listed(page: Page) -> bool:
    model = page.cached_content_type.model_class()
    if model is None:
        return False
    kind = getattr(model, "search_kind", "page")
    return kind not in ITEM_KINDS and model.__name__ != "NewsPage"
