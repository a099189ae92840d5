"""The footer's columns: help, what one can follow, about the site. Parts add what they offer by `add_follow_link`."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.addresses import place_address, prefix
from cms.seeds.tree import translation_key

Link = dict[str, str]
HELP_KEYS = ("contacts", "how-to-apply", "faq")
ABOUT_KEYS = ("accessibility", "privacy", "licence", "site-map")
_follow: list[tuple[str | Promise, str]] = [
    (gettext_lazy("News feed"), "news.rss"),
    (gettext_lazy("Feed of announcements"), "announcements.rss"),
    (gettext_lazy("Feed of events"), "events.rss"),
    (gettext_lazy("Calendar of events (.ics)"), "events.ics"),
]


def add_follow_link(title: str | Promise, path: str) -> None:
    """Offer something to follow in the footer of every page. `path` stands below the language: `subscribe/`."""
    if all(path != known for _title, known in _follow):
        _follow.append((title, path))


def columns(home: Page | None, children: list[Any], grandchildren: list[Any], language: str) -> list[dict[str, Any]]:
    """`[{title, links: [{title, url, lang}]}]`, from the pages one and two steps below the home page."""
    if home is None:
        return []
    keys = {translation_key(key): key for key in (*HELP_KEYS, *ABOUT_KEYS)}
    seeded = {keys[page.translation_key]: page for page in (*children, *grandchildren) if page.translation_key in keys}
    assistance = [_link(seeded[key].title, seeded[key].url) for key in HELP_KEYS if key in seeded]
    assistance.append(_link(_("Progress of an application"), place_address("case", language)))
    about = [_link(seeded[key].title, seeded[key].url) for key in ABOUT_KEYS if key in seeded]
    known = {page.pk for page in seeded.values()}
    about += [_link(page.title, page.url) for page in children if not page.show_in_menus and page.pk not in known]
    follow = [_link(str(title), prefix(language) + path) for title, path in _follow]
    # The answer at home sends a community's visitor to its page at the ministry (cms.disclosure.public_pages).
    about.append(_link(_("How the law is kept"), prefix(language) + "duties/"))
    named = [(_("Help"), assistance), (_("Follow"), follow), (_("About this site"), about)]
    return [{"title": title, "links": links} for title, links in named if links]


def _link(title: str, url: str | None) -> Link:
    return {"title": title, "url": url or "", "lang": ""}
