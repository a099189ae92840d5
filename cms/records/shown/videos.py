"""Videos: a poster and a link. Nothing is asked of another site before a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db.models import Prefetch
from django.utils import timezone

from cms.records import live
from cms.records.models import Video
from cms.records.shown.pictures import POSTER, drawn, prefetched

if TYPE_CHECKING:
    from cms.records.register import Asked


def posters() -> tuple[Prefetch, ...]:
    """Posters with their renditions."""
    return (prefetched("poster", POSTER),)


def card(video: Video, asked: Asked) -> dict[str, Any]:
    """A video in a list."""
    now = timezone.now()
    state = video.state(now)
    live.hold_for(asked.request, [video], now)
    return {
        "title": video.title(asked.language),
        "url": f"{asked.page.url}{video.address}/",
        "poster": drawn(video.poster, POSTER) if video.poster_id else None,
        "date": video.date,
        "kind": video.get_kind_display(),
        "is_live": state == Video.State.LIVE,
        "begins_at": video.live_from if state == Video.State.ANNOUNCED else None,
        "minutes": video.minutes,
    }


def shown(asked: Asked) -> dict[str, Any]:
    """One video: where a click leads, and to whom."""
    video: Video = asked.record
    player = "" if video.file_id else live.player_of(video.link)
    return {
        "video": {
            **card(video, asked),
            "file_url": video.file.url if video.file else "",
            "link": video.link,
            # Only after a click: then the player's site learns who watches, and the page says so before.
            "player_url": player if asked.request.GET.get("play") == "1" else "",
            "play_url": f"{asked.page.url}{video.address}/?play=1#film" if player else "",
            "site": urlsplit(video.link).hostname.removeprefix("www.") if video.link else "",  # type: ignore[union-attr]
            "text": video.text("text", asked.language),
        }
    }
