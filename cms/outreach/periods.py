"""From when to when, in words of the active language. Times are those of Yerevan, 24 h."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def period(starts_at: datetime, ends_at: datetime) -> str:
    """«25 նոյեմբերի 2026, 10:00–16:00», or both days when they differ."""
    first, last = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if first.date() == last.date():
        return f"{date_format(first, 'DATE_FORMAT')}, {first:%H:%M}–{last:%H:%M}"
    return f"{date_format(first, 'DATE_FORMAT')}, {first:%H:%M} – {date_format(last, 'DATE_FORMAT')}, {last:%H:%M}"


def until(ends_at: datetime) -> str:
    """«մինչև 16:00» for today, otherwise with the day."""
    moment = timezone.localtime(ends_at)
    if moment.date() == timezone.localdate():
        return _("until %(time)s") % {"time": f"{moment:%H:%M}"}
    return _("until %(date)s, %(time)s") % {"date": date_format(moment, "DATE_FORMAT"), "time": f"{moment:%H:%M}"}
