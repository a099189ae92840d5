"""Hours in which people sleep: what they did not ask for just now waits for the morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from services_api.workdays.public import YEREVAN, local

BEGIN, END = time(22, 0), time(8, 0)
# What somebody has asked for a moment ago is told at any hour.
ASKED_FOR = {"received"}


def end_of_rest(at: datetime) -> datetime | None:
    """The morning (08:00, Asia/Yerevan) of quiet hours that `at` falls into (from 22:00); None in the daytime."""
    here = local(at)
    if END <= here.time() < BEGIN:
        return None
    day = here.date() + timedelta(days=1) if here.time() >= BEGIN else here.date()
    return datetime.combine(day, END, tzinfo=YEREVAN)
