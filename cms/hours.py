"""Reception hours: as words, and whether the office is open at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS as _WEEKDAY_NAMES
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

# Monday is 0, as in datetime.weekday(); names come translated from Django.
WEEKDAYS = list(_WEEKDAY_NAMES.items())


@dataclass(frozen=True, slots=True)
class Opening:
    """Days with the same hours, local time; `opens` None means closed."""

    first_day: int
    last_day: int
    opens: time | None
    closes: time | None
    break_from: time | None
    break_to: time | None

    def holds_on(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day

    def spans(self) -> list[tuple[time, time]]:
        """When the office is open on such a day."""
        if self.opens is None or self.closes is None:
            return []
        if self.break_from is None or self.break_to is None:
            return [(self.opens, self.closes)]
        return [(self.opens, self.break_from), (self.break_to, self.closes)]


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _days(opening: Opening) -> str:
    first, last = str(_WEEKDAY_NAMES[opening.first_day]), str(_WEEKDAY_NAMES[opening.last_day])
    if opening.first_day == opening.last_day:
        return first
    # Only the first word keeps its capital, «Երկուշաբթի–ուրբաթ»; English writes all days with one.
    return f"{first}–{last if (get_language() or '').startswith('en') else last.lower()}"


def _times(opening: Opening) -> str:
    if not opening.spans():
        return pgettext("reception hours", "closed")
    text = f"{_clock(opening.opens)}–{_clock(opening.closes)}"  # type: ignore[arg-type]
    if opening.break_from and opening.break_to:
        pause = f"{_clock(opening.break_from)}–{_clock(opening.break_to)}"
        text = _("%(hours)s, break %(pause)s") % {"hours": text, "pause": pause}
    return text


def as_rows(openings: Iterable[Opening], now: datetime) -> list[dict[str, Any]]:
    """Rows of the table of hours, in the active language. `now` is local time."""
    today = now.weekday()
    return [
        {"days": _days(opening), "text": _times(opening), "is_today": opening.holds_on(today)} for opening in openings
    ]


def as_line(openings: Iterable[Opening]) -> str:
    """One line for the foot of the page."""
    return "; ".join(f"{_days(opening)} {_times(opening)}" for opening in openings if opening.spans())


def open_now(openings: Iterable[Opening], now: datetime) -> tuple[dict[str, Any] | None, datetime]:
    """Whether the office is open, in words, and the moment until which this is true (at the latest midnight)."""
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    openings = list(openings)
    if not openings:
        return None, midnight
    spans = sorted(span for opening in openings if opening.holds_on(now.weekday()) for span in opening.spans())
    at = now.time()
    for opens, closes in spans:
        if at < opens:
            until = datetime.combine(now.date(), opens, tzinfo=now.tzinfo)
            return {
                "is_open": False,
                "text": pgettext("reception hours", "closed, opens at %(time)s") % {"time": _clock(opens)},
            }, until
        if at < closes:
            until = datetime.combine(now.date(), closes, tzinfo=now.tzinfo)
            return {
                "is_open": True,
                "text": pgettext("reception hours", "open until %(time)s") % {"time": _clock(closes)},
            }, until
    return {"is_open": False, "text": pgettext("reception hours", "closed now")}, midnight


def as_spans(openings: Iterable[Opening]) -> list[dict[str, Any]]:
    """For machines: `[{days: [0..6], opens: "09:00", closes: "18:00"}]`, a row for each span of a day; Monday is 0."""
    return [
        {
            "days": list(range(each.first_day, each.last_day + 1)),
            "opens": f"{opens:%H:%M}",
            "closes": f"{closes:%H:%M}",
        }
        for each in openings
        for opens, closes in each.spans()
    ]
