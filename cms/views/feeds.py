"""News, announcements, events and public discussions as RSS 2.0, one feed a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from wagtail.models import Locale

from cms.addresses import place_address
from cms.languages import current_language
from cms.models import AnnouncementIndexPage, ConsultationIndexPage, EventIndexPage, NewsIndexPage
from cms.models.announcements import announcements_of
from cms.models.base import BasePage
from cms.models.consultations import consultations_of
from cms.models.events import events_of
from cms.models.news import latest_news
from cms.naming import site_name
from cms.page_cache import allow_caching
from tenants.context import current_community

ITEMS = 30


class _Rss(Rss201rev2Feed):
    """RSS whose dates and numbers browsers and readers understand as XML."""

    content_type = "application/rss+xml; charset=utf-8"


class PageFeed(Feed):
    """The newest pages below a list, in the active language. `place`: its own address (cms.addresses)."""

    feed_type = _Rss

    def __init__(self, index: type[BasePage], rows: Callable[[Any], Iterable[Any]], place: str) -> None:
        self.index, self.rows, self.place = index, rows, place

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.host = f"{request.scheme}://{request.get_host()}"
        return allow_caching(super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> BasePage:
        locale = Locale.objects.filter(language_code=current_language()).first()
        index = self.index.objects.live().filter(locale=locale).first() if locale else None
        if index is None:
            raise Http404
        return index

    def title(self, index: BasePage) -> str:
        community = current_community()
        name = site_name(community, current_language()) if community else ""
        return f"{name}: {index.title}"

    def link(self, index: BasePage) -> str:
        return self.host + (index.url or "")

    def feed_url(self, index: BasePage) -> str:
        return self.host + place_address(self.place, current_language())

    def description(self, index: BasePage) -> str:
        return index.lede or index.title

    def items(self, index: BasePage) -> Iterable[Any]:
        return self.rows(index)

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        return item.lede

    def item_link(self, item: Any) -> str:
        return self.host + (item.url or "")

    def item_pubdate(self, item: Any) -> datetime:
        """News and notices are dated by their day; what lies ahead by the moment of its publication."""
        if item.date > timezone.localdate() and item.first_published_at:
            return item.first_published_at
        return timezone.make_aware(datetime.combine(item.date, time(9)))


news_feed = PageFeed(NewsIndexPage, lambda index: latest_news(index, ITEMS), "feed")
announcement_feed = PageFeed(AnnouncementIndexPage, lambda index: announcements_of(index)[:ITEMS], "announcements_feed")
event_feed = PageFeed(EventIndexPage, lambda index: events_of(index).upcoming()[:ITEMS], "events_feed")
consultation_feed = PageFeed(
    ConsultationIndexPage,
    lambda index: consultations_of(index).order_by("-opens_on", "-pk")[:ITEMS],
    "consultations_feed",
)
