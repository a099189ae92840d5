"""The country's calendar, read once per process and change."""

from __future__ import annotations

from django.db import connection

from services_api.workdays.models import CALENDAR_STAMP, CalendarException
from services_api.workdays.work_calendar import WorkCalendar
from tenants import generations

# One country, one calendar: (database, stamp, calendar). The database's name keeps tests apart.
_known: tuple[str, str, WorkCalendar] | None = None


def country_calendar() -> WorkCalendar:
    """Working days of the country, 09:00-18:00, with the days moved by decision."""
    global _known
    database = str(connection.settings_dict["NAME"])
    stamp = generations.current(CALENDAR_STAMP)
    if _known is None or _known[:2] != (database, stamp):
        moved = dict(CalendarException.objects.values_list("date", "kind"))
        exceptions = {day: kind == CalendarException.Kind.WORKED for day, kind in moved.items()}
        _known = (database, stamp, WorkCalendar(exceptions=exceptions))
    return _known[2]
