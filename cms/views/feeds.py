"""News as RSS 2.0, one feed a language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.languages import current_language
from cms.models import NewsIndexPage, NewsPage
from cms.models.news import latest_news
from cms.naming import site_name
from cms.page_cache import allow_caching
from tenants.context import current_community

ITEMS = 30


class _Rss(Rss201rev2Feed):
    """RSS whose dates and numbers browsers and readers understand as XML."""

    content_type = "application/rss+xml; charset=utf-8"


class NewsFeed(Feed):
    """The newest news of the active language."""

    feed_type = _Rss

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.host = f"{request.scheme}://{request.get_host()}"
        return allow_caching(super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NewsIndexPage:
        locale = Locale.objects.filter(language_code=current_language()).first()
        index = NewsIndexPage.objects.live().filter(locale=locale).first() if locale else None
        if index is None:
            raise Http404
        return index

    def title(self, index: NewsIndexPage) -> str:
        community = current_community()
        name = site_name(community, current_language()) if community else ""
        return f"{name}: {index.title}"

    def link(self, index: NewsIndexPage) -> str:
        return self.host + index.url

    def description(self, index: NewsIndexPage) -> str:
        return index.lede or _("News of the community")

    def items(self, index: NewsIndexPage) -> Iterable[NewsPage]:
        return latest_news(index, ITEMS)

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.lede

    def item_link(self, item: NewsPage) -> str:
        return self.host + item.url

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))


news_feed = NewsFeed()
