"""Sessions of the council by the clock: what runs, what is announced, what may be watched afterwards."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpRequest
from django.utils import timezone

from cms.page_cache import holds_until
from cms.records.models import Video
from cms.records.models.video import next_change

RECORDINGS_SHOWN = 6
# The player that sets no cookie before it is started; asked for after a click only.
PLAYER = "https://www.youtube-nocookie.com"
_YOUTUBE_ID = re.compile(r"[\w-]{11}")


def player_of(link: str) -> str:
    """Address of the player of a video, "" where its site has none that we allow."""
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    steps = [step for step in parts.path.split("/") if step]
    found = ""
    if host == "youtu.be" and steps:
        found = steps[0]
    elif host in {"youtube.com", "youtube-nocookie.com"} and steps:
        found = parse_qs(parts.query).get("v", [""])[0] if steps == ["watch"] else steps[-1]
    return f"{PLAYER}/embed/{found}" if _YOUTUBE_ID.fullmatch(found) else ""


def hold_for(request: HttpRequest, videos: Any, now: datetime) -> None:
    """The page being built is true until one of the videos begins or ends."""
    change = next_change(videos, now)
    if change is not None:
        holds_until(request, change.timestamp())


def awaited_session(request: HttpRequest, language: str) -> Video | None:
    """The session that is broadcast now, or else the next announced one that has a title in the language. One query."""
    now = timezone.now()
    rows = Video.objects.published().sessions().awaited(now)  # type: ignore[attr-defined]
    found = list(rows.exclude(**{f"title_{language}": ""})[:RECORDINGS_SHOWN])
    hold_for(request, found, now)
    return found[0] if found else None


def sessions_shown(request: HttpRequest, language: str) -> dict[str, Any]:
    """For the page of the sessions: `{awaited, recordings, all_url}`. Three queries."""
    from cms.records.registers import registers

    awaited = awaited_session(request, language)
    base = registers["videos"].page_url(language)
    rows = Video.objects.published().sessions().recorded(timezone.now())  # type: ignore[attr-defined]
    recordings = rows.exclude(**{f"title_{language}": ""})[:RECORDINGS_SHOWN] if base else ()
    return {
        "awaited": broadcast(awaited, base, language) if awaited and base else None,
        "recordings": [
            {"title": video.title(language), "url": f"{base}{video.address}/", "date": video.date}
            for video in recordings
        ],
        "all_url": f"{base}?kind={Video.Kind.SESSION}" if base else "",
    }


def broadcast(video: Video, base: str, language: str) -> dict[str, Any]:
    """A broadcast as templates draw it; `base` is the address of the page of the videos."""
    url = f"{base}{video.address}/"
    return {
        "title": video.title(language),
        "url": url,
        "watch_url": f"{url}?play=1#film" if player_of(video.link) else url,
        "date": video.live_from,
        "until": video.live_to,
        "is_live": video.state(timezone.now()) == Video.State.LIVE,
    }


__all__ = ["PLAYER", "awaited_session", "broadcast", "hold_for", "player_of", "sessions_shown"]
