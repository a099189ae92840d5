"""Videos: a poster and a link. Nothing is asked of another site before a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db.models import Prefetch

from cms.records.models import Video
from cms.records.shown.pictures import POSTER, drawn, prefetched

if TYPE_CHECKING:
    from cms.records.register import Asked


def posters() -> tuple[Prefetch, ...]:
    """Posters with their renditions."""
    return (prefetched("poster", POSTER),)


def card(video: Video, asked: Asked) -> dict[str, Any]:
    """A video in a list."""
    return {
        "title": video.title(asked.language),
        "url": f"{asked.page.url}{video.address}/",
        "poster": drawn(video.poster, POSTER) if video.poster_id else None,
        "date": video.date,
        "kind": video.get_kind_display(),
        "is_live": video.is_live,
        "minutes": video.minutes,
    }


def shown(asked: Asked) -> dict[str, Any]:
    """One video: where a click leads, and to whom."""
    video: Video = asked.record
    return {
        "video": {
            **card(video, asked),
            "file_url": video.file.url if video.file else "",
            "link": video.link,
            "site": urlsplit(video.link).hostname.removeprefix("www.") if video.link else "",  # type: ignore[union-attr]
            "text": video.text("text", asked.language),
        }
    }
