"""What other rooms may use of the working calendar."""

from __future__ import annotations

from collections.abc import Callable

from services_api.workdays.terms import (
    ClockInputError,
    Extension,
    Pause,
    Rule,
    as_calendar,
    as_extensions,
    as_moment,
    as_pauses,
    as_rule,
    as_start,
)
from services_api.workdays.work_calendar import YEREVAN, NoWorkingDay, WorkCalendar, local

__all__ = [
    "YEREVAN",
    "ClockInputError",
    "Extension",
    "NoWorkingDay",
    "Pause",
    "Rule",
    "WorkCalendar",
    "as_calendar",
    "as_extensions",
    "as_moment",
    "as_pauses",
    "as_rule",
    "as_start",
    "country_calendar",
    "local",
    "when_calendar_changes",
]


def country_calendar() -> WorkCalendar:
    """The country's calendar with the days moved by the Government (cached until somebody edits the list)."""
    # Imported here so that the pure calendar is usable without a configured Django (the clock command, notebooks).
    from services_api.workdays import selectors

    return selectors.country_calendar()


def when_calendar_changes(listener: Callable[[], object]) -> None:
    """Call this function after every committed change of the moved days."""
    from services_api.workdays import models

    models.when_calendar_changes(listener)
