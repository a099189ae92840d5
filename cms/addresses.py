"""Addresses inside a tenant's site, in each language. hy lives at "/", the others below their code."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from tenants.models import Community

PLACES = [
    ("case", _("Progress of an application")),
    ("search", _("Search")),
    ("feed", _("News feed")),
    ("announcements_feed", _("Feed of announcements")),
    ("events_feed", _("Feed of events")),
    ("calendar", _("Calendar of events (.ics)")),
    ("consultations_feed", _("Feed of public discussions")),
    ("alerts", _("Alerts and interruptions")),
    ("polls", _("Polls")),
    ("subscribe", _("News by e-mail")),
]
_PATHS = {
    "case": "case/",
    "search": "search/",
    "feed": "news.rss",
    "announcements_feed": "announcements.rss",
    "events_feed": "events.rss",
    "calendar": "events.ics",
    "consultations_feed": "consultations.rss",
    "alerts": "alerts/",
    "polls": "polls/",
    "subscribe": "subscribe/",
}
# The service cards live below this page of the seeded tree (the slug is the same in all languages).
SERVICES_SLUG = "services"


def prefix(language: str | None) -> str:
    """ "/" for the default language, "/en/" for another one."""
    code = (language or settings.LANGUAGE_CODE).split("-")[0]
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def in_language(path: str, language: str) -> str:
    """The same address (path and query) under another language's prefix."""
    others = "|".join(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
    bare = re.sub(rf"^/(?:{others})(?=/|$)", "", path) or "/"
    return prefix(language) + bare.lstrip("/")


def place_address(place: str, language: str | None) -> str:
    """Address of a part of the site that is no page. Raises KeyError for an unknown part."""
    return prefix(language) + _PATHS[place]


def service_address(code: str, language: str | None) -> str:
    """Address of the card of a service."""
    return f"{prefix(language)}{SERVICES_SLUG}/{code}/"


def application_address(code: str, language: str | None) -> str:
    """Address of the form of a service (services_api)."""
    return f"{prefix(language)}apply/{code}/"


def event_address(slug: str, language: str | None) -> str:
    """Address of an event as a file for calendars."""
    return f"{prefix(language)}events/{slug}.ics"


def page_address(page: Page) -> str:
    """Local address of a live page, empty for one that is not published."""
    return (page.url or "") if page.live else ""


def is_local_path(path: str) -> bool:
    """True for an address within this site."""
    parts = urlsplit(path)
    return not parts.scheme and not parts.netloc and path.startswith("/")


def root_url(community: Community) -> str:
    """Scheme, primary host and port of a community's site, without the last slash; empty before provisioning."""
    host = community.primary_host()
    port = "" if settings.PORT in (80, 443) else f":{settings.PORT}"
    return f"{settings.SCHEME}://{host}{port}" if host else ""
