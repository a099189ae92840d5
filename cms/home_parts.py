"""What the home page tells of today: the next session, what is discussed, what takes place. One query each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from cms.dates import holds_today, today
from cms.languages import has_honest_title, is_honest
from cms.models.announcements import AnnouncementPage
from cms.models.consultations import ConsultationPage
from cms.models.events import EventPage
from cms.seeds.tree import translation_key

HEARINGS_SHOWN = 3
EVENTS_SHOWN = 4
# A notice of a session without a last day is old news after so long.
NOTICE_DAYS = 30


def context(request: HttpRequest, home: Any) -> dict[str, Any]:
    """`session`, `hearings`, `hearings_url`, `events`, `events_url` of themes/README.md."""
    holds_today(request)
    keys = {translation_key(key): key for key in ("hearings", "events")}
    lists = Page.objects.live().descendant_of(home).filter(translation_key__in=keys)
    urls = {keys[page.translation_key]: page.url or "" for page in lists if has_honest_title(page)}
    return {
        "session": session(request, home),
        "hearings": hearings(home),
        "hearings_url": urls.get("hearings", ""),
        "events": events(home),
        "events_url": urls.get("events", ""),
    }


def hearings(home: Any) -> list[dict[str, Any]]:
    """Hearings and public discussions that are announced or take proposals, the one that closes first on top."""
    rows = ConsultationPage.objects.live().descendant_of(home).running().defer("body", "drafts", "digest", "result")
    return [
        {"title": page.title, "url": page.url, "text": page.lede, "until": page.closes_on}
        for page in rows[:HEARINGS_SHOWN]
        if is_honest(page)
    ]


def events(home: Any) -> list[EventPage]:
    """The next events."""
    rows = EventPage.objects.live().descendant_of(home).upcoming().defer("body")
    return [page for page in rows[:EVENTS_SHOWN] if is_honest(page)]


def session(request: HttpRequest, home: Any) -> dict[str, Any] | None:
    """The session that is broadcast or comes next; in its place the newest notice of one that is not over."""
    from cms.records import live
    from cms.records.registers import registers

    awaited = live.awaited_session(request, home.language)
    base = registers["videos"].page_url(home.language) if awaited else ""
    if awaited and base:
        shown = live.broadcast(awaited, base, home.language)
        return {
            "title": shown["title"],
            "url": shown["watch_url"] if shown["is_live"] else shown["url"],
            "date": shown["date"],
            "has_time": True,
            "place": "",
            "is_live": shown["is_live"],
        }
    notices = AnnouncementPage.objects.live().descendant_of(home).in_force().filter(kind=AnnouncementPage.Kind.SESSION)
    notices = notices.filter(published_on__lte=today()).order_by("-published_on", "-pk").defer("body", "files")
    for page in notices[:HEARINGS_SHOWN]:
        is_old = page.expires_on is None and page.published_on < today() - timedelta(days=NOTICE_DAYS)
        if is_honest(page) and not is_old:
            return {
                "title": page.title,
                "url": page.url,
                "date": page.expires_on,
                "has_time": False,
                "place": page.settlement,
                "is_live": False,
            }
    return None


__all__ = ["context", "events", "hearings", "session"]
