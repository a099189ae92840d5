"""What other rooms may ask the website."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import Page, Revision

from cms import authoring
from cms.page_cache import forget_pages
from cms.search.armenian import read_dictionary
from cms.search_index import paused as search_paused
from cms.tasks import publish_scheduled


def warm_up() -> None:
    """Read what every process needs for the first search; about half a second, without the database."""
    read_dictionary()


def next_due() -> datetime | None:
    """The next moment (UTC) at which a page of the current tenant is to be published or taken away; None: nothing."""
    live = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    expire = Page.objects.filter(live=True, expire_at__isnull=False).order_by("expire_at")
    moments = [
        moment
        for moment in (
            live.values_list("approved_go_live_at", flat=True).first(),
            expire.values_list("expire_at", flat=True).first(),
        )
        if moment is not None
    ]
    return min(moments, default=None)


__all__ = ["authoring", "forget_pages", "next_due", "publish_scheduled", "search_paused", "warm_up"]
