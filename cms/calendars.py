"""Events as iCalendar (RFC 5545), for the calendars of phones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cms.models.events import EventPage

# RFC 5545, 3.1: lines of at most 75 octets.
MAX_OCTETS = 75


def as_calendar(events: Iterable[EventPage], *, host: str, name: str) -> str:
    """A calendar of these events. `host`: scheme and host of the site; `name`: what a phone calls the calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hamaynk//Website//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "X-WR-TIMEZONE:Asia/Yerevan",
    ]
    for event in events:
        lines += _event(event, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _event(event: EventPage, host: str) -> list[str]:
    changed = event.last_published_at or event.first_published_at or event.starts_at
    place = ", ".join(part for part in (event.place, event.settlement) if part)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.translation_key}-{event.language}@{host.partition('//')[2].partition(':')[0]}",
        f"DTSTAMP:{_moment(changed)}",
        f"LAST-MODIFIED:{_moment(changed)}",
        *_span(event),
        f"SUMMARY:{_text(event.title)}",
        f"URL:{host}{event.url}",
    ]
    if event.lede:
        lines.append(f"DESCRIPTION:{_text(event.lede)}")
    if place:
        lines.append(f"LOCATION:{_text(place)}")
    return [*lines, "END:VEVENT"]


def _span(event: EventPage) -> list[str]:
    if event.is_all_day:
        # The end of whole days is not included (RFC 5545, 3.6.1).
        after = event.last_date + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{event.date:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    lines = [f"DTSTART:{_moment(event.starts_at)}"]
    if event.ends_at:
        lines.append(f"DTEND:{_moment(event.ends_at)}")
    return lines


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Escaped as RFC 5545, 3.3.11 wants it."""
    words = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(words.splitlines())


def _fold(line: str) -> Iterable[str]:
    """Pieces of at most 75 octets, never inside a character; all but the first begin with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MAX_OCTETS:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += octets
    yield piece
