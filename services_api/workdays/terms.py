"""Terms of law as data: rules, calendars, pauses and extensions, read from typed values or from their JSON form.

Liberal in shapes, strict in sense: a list or a mapping, a date or a moment, but never a guess about a wrong value.
Every refusal is a `ClockInputError` that names the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any

from services_api.workdays.work_calendar import WorkCalendar, local

MAX_LENGTH = 36600  # a hundred years of days; a longer "term" is a slip of the pen


class ClockInputError(ValueError):
    """Input that cannot be read; `field` is its path, such as `rule.length` or `pauses[0].from`."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


UNITS = {
    "day": "calendar_days",
    "days": "calendar_days",
    "calendar_day": "calendar_days",
    "calendar_days": "calendar_days",
    "working_day": "working_days",
    "working_days": "working_days",
    "workday": "working_days",
    "workdays": "working_days",
    "business_days": "working_days",
    "month": "months",
    "months": "months",
    "calendar_months": "months",
}
STARTS = {
    "registration": "registration",
    "registered": "registration",
    "receipt": "receipt",
    "received": "receipt",
    "event": "event",
}
ROLLS = {"next_working_day": "next_working_day", "next": "next_working_day", "none": "none", "": "none"}
DIRECTIONS = {"after": "after", "before": "before"}
EXCEPTION_KINDS = {
    "worked": True,
    "working": True,
    "work": True,
    "workday": True,
    "working_day": True,
    "off": False,
    "day_off": False,
    "nonworking": False,
    "non_working": False,
    "holiday": False,
}
OPTIONS: dict[str, tuple[Any, ...]] = {
    "start_day": (0, 1),
    "filed_before_opening": ("next_working_day", "same_day"),
    "receipt_out_of_hours": ("same_date", "next_working_day"),
    "clear_days": (False, True),
    "pause_days": ("whole", "dates"),
    "pause_cutoff": ("last_day", "rolled_day"),
}


@dataclass(frozen=True)
class Rule:
    """One term of the law, as data.

    `unit` calendar_days | working_days | months; `length` >= 0; `direction` after | before; `start` registration (in
    office hours that moment, else the opening of the next working day) | receipt (the date, whatever the hour) | event
    (its date, never shifted); `roll` next_working_day | none.

    Assumptions that the law does not settle, each with the convention in use first:

    - `start_day`: 0 = the start date is day 0; 1 = it is the first day.
    - `due_time`: "18:00" = a fixed hour; "closing" = the office's closing hour; or another "HH:MM".
    - `clear_days`: False = a term before an event is its date minus n; True = n clear days lie in between.
    - `filed_before_opening`: what 07:30 of a working day means: "next_working_day" | "same_day".
    - `receipt_out_of_hours`: "same_date" | "next_working_day".
    - `pause_days`: "whole" = full days since the pause began; "dates" = the difference of its dates.
    - `pause_cutoff`: a pause is too late after the "last_day" (not rolled) | "rolled_day".
    """

    unit: str
    length: int
    direction: str = "after"
    start: str = "registration"
    roll: str = "next_working_day"
    start_day: int = 0
    due_time: str = "18:00"
    clear_days: bool = False
    filed_before_opening: str = "next_working_day"
    receipt_out_of_hours: str = "same_date"
    pause_days: str = "whole"
    pause_cutoff: str = "last_day"


@dataclass(frozen=True)
class Pause:
    """A half-open pause [begin, end) in Asia/Yerevan; `end` None = still open."""

    begin: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Extension:
    """A term made longer by `length` of `unit` (None = the rule's own); `granted_at` when known."""

    length: int
    unit: str | None = None
    granted_at: datetime | None = None


# Keys that stand beside a rule in stored data and that the counting does not need.
RULE_NOTES = {
    "id", "code", "name", "title", "label", "description", "legal_basis", "law", "source", "valid_from", "valid_to",
    "notes", "options", "remind", "escalate", "certainty",
}  # fmt: skip


def as_rule(value: Rule | Mapping[str, Any]) -> Rule:
    """A rule from its JSON form; raises `ClockInputError` naming the field."""
    if isinstance(value, Rule):
        return value
    if not isinstance(value, Mapping):
        raise ClockInputError("rule", "must be an object with unit, length, direction, start, roll")
    data = {**value, **_options(value.get("options"))}
    known = {field.name for field in fields(Rule)}
    unknown = sorted(set(data) - known - RULE_NOTES)
    if unknown:
        raise ClockInputError(f"rule.{unknown[0]}", f"is not known; known are {', '.join(sorted(known))}")
    settled: dict[str, Any] = {
        "unit": _one_of(data.get("unit"), UNITS, "rule.unit"),
        "length": as_length(data.get("length"), "rule.length"),
    }
    for name, choices in (("direction", DIRECTIONS), ("start", STARTS), ("roll", ROLLS)):
        if name in data and (data[name] is not None or name == "roll"):
            settled[name] = _one_of("none" if data[name] is None else data[name], choices, f"rule.{name}")
    if "start" not in settled and settled.get("direction") == "before":
        settled["start"] = "event"
    for name, allowed in OPTIONS.items():
        if name in data:
            if data[name] not in allowed or isinstance(data[name], bool) != isinstance(allowed[0], bool):
                raise ClockInputError(f"rule.{name}", f"must be one of {', '.join(map(repr, allowed))}")
            settled[name] = data[name]
    if "due_time" in data:
        settled["due_time"] = _due_time(data["due_time"])
    return Rule(**settled)


def as_calendar(value: WorkCalendar | Mapping[str, Any] | None) -> WorkCalendar:
    """A calendar from {working_hours, exceptions}; None is the plain Armenian calendar, 09:00-18:00."""
    if isinstance(value, WorkCalendar):
        return value
    if value is None:
        return WorkCalendar()
    if not isinstance(value, Mapping):
        raise ClockInputError("calendar", "must be an object with working_hours and exceptions")
    settled: dict[str, Any] = {"exceptions": _exceptions(value.get("exceptions"))}
    hours = value.get("working_hours")
    if hours is not None:
        settled["opens"], settled["closes"] = _hours(hours)
    listed = value.get("holidays")
    if isinstance(listed, Sequence) and not isinstance(listed, str):
        settled["holidays"] = frozenset(as_date(each, f"calendar.holidays[{n}]") for n, each in enumerate(listed))
    elif listed not in (None, "AM"):
        raise ClockInputError("calendar.holidays", "must be 'AM' or a list of dates")
    short = value.get("short_days") or {}
    if not isinstance(short, Mapping):
        raise ClockInputError("calendar.short_days", "must map a date to its closing hour")
    settled["short_days"] = {
        as_date(day, "calendar.short_days"): as_time(hour, f"calendar.short_days.{day}") for day, hour in short.items()
    }
    return WorkCalendar(**settled)


def as_pauses(value: Iterable[Any] | None) -> tuple[Pause, ...]:
    """Pauses from {from, to} or [from, to]; `to` null or missing is an open pause."""
    return tuple(_pause(each, f"pauses[{n}]") for n, each in enumerate(_listed(value, "pauses")))


def as_extensions(value: Iterable[Any] | None) -> tuple[Extension, ...]:
    """Extensions from {length, unit}, {days}, {months} or a number, in the order granted."""
    found = tuple(_extension(each, f"extensions[{n}]") for n, each in enumerate(_listed(value, "extensions")))
    moments = [each.granted_at for each in found if each.granted_at is not None]
    if len(moments) < len(found):
        return found
    return tuple(each for _, _, each in sorted(zip(moments, range(len(found)), found, strict=True)))


def as_start(value: Any, rule: Rule, calendar: WorkCalendar) -> datetime:
    """The start as a moment. A bare date filed for registration is taken at the opening of the office."""
    day = _bare_date(value)
    if day is not None and rule.start == "registration":
        return calendar.opening(day)
    return as_moment(value, "submitted_at")


def as_moment(value: Any, field: str) -> datetime:
    """A moment in Asia/Yerevan from a datetime, a date (its first moment) or their ISO 8601 text."""
    day = _bare_date(value)
    if day is not None:
        return local(datetime.combine(day, time.min))
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            value = None
    if not isinstance(value, datetime):
        raise ClockInputError(field, "must be an ISO 8601 moment such as 2026-03-02T10:00:00+04:00")
    try:
        return local(value)
    except OverflowError as error:
        raise ClockInputError(field, "is out of range") from error


def as_date(value: Any, field: str) -> date:
    day = _bare_date(value)
    return day if day is not None else as_moment(value, field).date()


def as_time(value: Any, field: str) -> time:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(value.strip().zfill(5) if isinstance(value, str) else value)
    except (TypeError, ValueError) as error:
        raise ClockInputError(field, "must be an hour such as 09:00") from error


def as_length(value: Any, field: str) -> int:
    if isinstance(value, str) and value.strip().isdigit():
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_LENGTH:
        raise ClockInputError(field, f"must be a whole number from 0 to {MAX_LENGTH}")
    return value


def _bare_date(value: Any) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


def _one_of(value: Any, choices: Mapping[str, str], field: str) -> str:
    key = value.strip().lower().replace("-", "_").replace(" ", "_") if isinstance(value, str) else None
    if key is None or key not in choices:
        raise ClockInputError(field, f"must be one of {', '.join(sorted(set(choices.values())))}")
    return choices[key]


def _options(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ClockInputError("rule.options", "must be an object")
    return value


def _due_time(value: Any) -> str:
    if value == "closing":
        return "closing"
    return as_time(value, "rule.due_time").isoformat(timespec="minutes")


def _hours(value: Any) -> tuple[time, time]:
    if isinstance(value, Mapping):
        value = [value.get("from", value.get("start")), value.get("to", value.get("end"))]
    if isinstance(value, str):
        value = value.replace("–", "-").split("-")
    if not isinstance(value, Sequence) or len(value) != 2:
        raise ClockInputError("calendar.working_hours", 'must be two hours such as ["09:00", "18:00"]')
    opens, closes = (as_time(each, f"calendar.working_hours[{n}]") for n, each in enumerate(value))
    if opens >= closes:
        raise ClockInputError("calendar.working_hours", "the office must open before it closes")
    return opens, closes


def _exceptions(value: Any) -> dict[date, bool]:
    field = "calendar.exceptions"
    if value is None:
        return {}
    pairs: list[tuple[str, Any, Any]] = []
    if isinstance(value, Mapping):
        for key, given in value.items():
            if isinstance(given, Sequence) and not isinstance(given, str):  # {"worked": [dates], "off": [dates]}
                pairs += [(f"{field}.{key}[{n}]", day, key) for n, day in enumerate(given)]
            else:
                pairs.append((f"{field}.{key}", key, given))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for n, each in enumerate(value):
            where = f"{field}[{n}]"
            if isinstance(each, Mapping):
                pairs.append((where, each.get("date"), each.get("kind", each.get("worked"))))
            elif isinstance(each, Sequence) and not isinstance(each, str) and len(each) == 2:
                pairs.append((where, each[0], each[1]))
            else:
                raise ClockInputError(where, "must be an object with date and kind")
    else:
        raise ClockInputError(field, "must be a list of {date, kind} or a mapping of date to kind")
    found: dict[date, bool] = {}
    for where, day, kind in pairs:
        found[as_date(day, f"{where}.date")] = _kind(kind, f"{where}.kind")
    return found


def _kind(value: Any, field: str) -> bool:
    if isinstance(value, bool):
        return value
    key = value.strip().lower().replace("-", "_").replace(" ", "_") if isinstance(value, str) else None
    if key is None or key not in EXCEPTION_KINDS:
        raise ClockInputError(field, "must be worked or off")
    return EXCEPTION_KINDS[key]


def _listed(value: Any, field: str) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
        raise ClockInputError(field, "must be a list")
    return list(value)


def _pause(value: Any, field: str) -> Pause:
    if isinstance(value, Pause):
        begin, end = local(value.begin), value.end and local(value.end)
    else:
        if isinstance(value, Mapping):
            first, last = value.get("from", value.get("start")), value.get("to", value.get("end"))
        elif isinstance(value, Sequence) and not isinstance(value, str) and len(value) in (1, 2):
            first, last = value[0], value[1] if len(value) == 2 else None
        else:
            raise ClockInputError(field, "must be {from, to} or [from, to]")
        begin = as_moment(first, f"{field}.from")
        end = None if last in (None, "") else as_moment(last, f"{field}.to")
    if end is not None and end < begin:
        raise ClockInputError(f"{field}.to", "is before its beginning")
    return Pause(begin, end)


def _extension(value: Any, field: str) -> Extension:
    if isinstance(value, Extension):
        return value
    if not isinstance(value, Mapping):
        return Extension(as_length(value, field))
    given = value.get("granted_at")
    granted_at = None if given in (None, "") else as_moment(given, f"{field}.granted_at")
    if "length" in value:
        unit = value.get("unit")
        return Extension(
            as_length(value["length"], f"{field}.length"),
            None if unit is None else _one_of(unit, UNITS, f"{field}.unit"),
            granted_at,
        )
    named = [key for key in value if key in UNITS]
    if len(named) != 1:
        raise ClockInputError(field, "must be {length, unit}, {days} or a number")
    unit = UNITS[named[0]]
    if named[0] == "days" and value.get("unit") is not None:
        unit = _one_of(value["unit"], UNITS, f"{field}.unit")
    return Extension(as_length(value[named[0]], f"{field}.{named[0]}"), unit, granted_at)
