"""Deadlines in words: how long applications are still taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(record: Any, now: datetime | None = None) -> str:
    """«open, 3 days left», «open until today, 18:00», «ended»: of a record with `deadline` and `is_open`."""
    moment = now or timezone.now()
    if not record.is_open(moment):
        return _("ended")
    last = timezone.localtime(record.deadline)
    days = (last.date() - timezone.localdate(moment)).days
    if days == 0:
        return _("open until today, %(time)s") % {"time": date_format(last, "H:i")}
    return ngettext("open, %(days)s day left", "open, %(days)s days left", days) % {"days": days}


def state(record: Any, language: str, now: datetime | None = None) -> dict[str, Any]:
    """`{is_open, text, deadline}` for the tag beside the title."""
    moment = now or timezone.now()
    return {"is_open": record.is_open(moment), "text": in_words(record, moment), "deadline": record.deadline}


def next_change(rows: Any) -> float:
    """When words about deadlines stop to be true: the next deadline or midnight, whichever is first (epoch seconds)."""
    now = timezone.localtime()
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    nearest = rows.filter(deadline__gt=now).order_by("deadline").values_list("deadline", flat=True).first()
    return min(midnight, nearest or midnight).timestamp()
