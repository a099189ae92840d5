"""The term of a case: which rule of its procedure counts, and what the clock says for it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from services_api.cases import clock
from services_api.cases.models import Case
from services_api.procedures.public import PublishedVersion
from services_api.workdays.public import country_calendar, local

NO_TERM = {"length": 0, "unit": "calendar_days", "start": "registration"}


def forecast(version: PublishedVersion, submitted_at: datetime) -> tuple[datetime, datetime | None]:
    """When an application that comes now is registered and until when it is answered (Asia/Yerevan).

    The version's rule `answer` counts. Without it there is no term, and registration follows office hours.
    """
    calendar = country_calendar()
    rule = version.rule("answer")
    found = clock.compute(rule or NO_TERM, calendar, submitted_at, None, None, submitted_at)
    return found.registered_at, found.due_at if rule else None


def days_left(case: Case, at: datetime | None = None) -> int | None:
    """Difference of local dates, negative when late; None without a term."""
    if case.due_at is None:
        return None
    return (local(case.due_at).date() - local(at or timezone.now()).date()).days
