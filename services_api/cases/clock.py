"""The legal clock: when a term ends. One pure function; the law's numbers are data, the conventions are here.

Facts about the law (30 calendar days from registration, 5 from receipt, the last day rolled to the next working day
at 18:00) come in as a `Rule`. Where the law leaves a question open, the rule carries a named option, whose default is
the convention in use; see `Rule`. Everything is counted in dates and hours of Asia/Yerevan, whatever the zone of the
server; nothing here reads the database or the time of day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from services_api.workdays import public as read
from services_api.workdays.public import YEREVAN, ClockInputError, Extension, Pause, Rule, WorkCalendar

__all__ = ["Clock", "ClockInputError", "Extension", "Pause", "Rule", "WorkCalendar", "compute"]

ONE_DAY = timedelta(days=1)
END_OF_OFFICE_DAY = time(18)


@dataclass(frozen=True)
class Clock:
    """What the clock shows. All moments are in Asia/Yerevan.

    `remaining_calendar_days` is the difference of local dates and may be negative. `provisional` says that a pause is
    still open, so the due date moves on with every day. `last_day` is the last day before rolling.
    """

    registered_at: datetime
    due_at: datetime
    remaining_calendar_days: int
    overdue: bool
    provisional: bool
    start_date: date
    last_day: date
    pause_days: int


def compute(
    rule: Rule | Mapping[str, Any],
    calendar: WorkCalendar | Mapping[str, Any] | None,
    start: datetime | date | str,
    pauses: Iterable[Pause | Mapping[str, Any] | Sequence[Any]] | None,
    extensions: Iterable[Extension | Mapping[str, Any] | int] | None,
    as_of: datetime | date | str,
) -> Clock:
    """The state of one term at the moment `as_of`.

    `start` is the moment of filing or receipt, or the event's date, as the rule says. Arguments may be the types named
    here or their JSON forms. Moments without an offset are Asia/Yerevan. Raises `ClockInputError` (a ValueError that
    names the field) for input that cannot be read.

    Source: the administrative procedure law of 18.02.2004 and the practice recorded for it; the conventions are
    listed one by one at `Rule` and in the functions below.
    """
    rule = read.as_rule(rule)
    calendar = read.as_calendar(calendar)
    moment = read.as_start(start, rule, calendar)
    now = read.as_moment(as_of, "as_of")
    spells = read.as_pauses(pauses)
    granted = read.as_extensions(extensions)

    try:
        return _compute(rule, calendar, moment, spells, granted, now)
    except (OverflowError, ValueError) as error:
        if isinstance(error, ClockInputError):
            raise
        raise ClockInputError("rule.length", f"the term cannot be counted: {error}") from error


def _compute(
    rule: Rule,
    calendar: WorkCalendar,
    moment: datetime,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
    as_of: datetime,
) -> Clock:
    registered_at, start_date, started_at = _start(rule, calendar, moment)
    base = _count(rule, calendar, start_date)
    spells = [] if rule.direction == "before" else _join(pauses, started_at, as_of)

    paused, provisional = 0, False
    for begin, end, is_open in spells:
        in_force = [each for each in extensions if each.granted_at is None or each.granted_at <= begin]
        if begin > _term_end(rule, calendar, _extend(rule, calendar, base, paused, in_force)):
            break  # the term had ended before this pause began, so this one and all later ones do nothing
        paused += _pause_days(rule, calendar, begin, end)
        provisional = provisional or is_open

    last_day = _extend(rule, calendar, base, paused, extensions)
    due_day = _roll(rule, calendar, last_day)
    due_at = datetime.combine(due_day, _due_time(rule, calendar, due_day), tzinfo=YEREVAN)
    return Clock(
        registered_at=registered_at,
        due_at=due_at,
        remaining_calendar_days=(due_day - as_of.date()).days,
        overdue=as_of > due_at,
        provisional=provisional,
        start_date=start_date,
        last_day=last_day,
        pause_days=paused,
    )


def _start(rule: Rule, calendar: WorkCalendar, moment: datetime) -> tuple[datetime, date, datetime]:
    """When it is registered, which date is day 0, and the moment at which pauses are cut."""
    if rule.start == "registration":
        registered_at = _registration(rule, calendar, moment)
        return registered_at, registered_at.date(), registered_at
    day = moment.date()
    if rule.start == "receipt" and rule.receipt_out_of_hours == "next_working_day" and not calendar.is_open(moment):
        day = calendar.next_working_day(day)
    return moment, day, datetime.combine(day, time.min, tzinfo=YEREVAN)


def _registration(rule: Rule, calendar: WorkCalendar, moment: datetime) -> datetime:
    """In office hours at that moment, otherwise at the opening of the next working day."""
    if calendar.is_open(moment):
        return moment
    day = moment.date()
    early = calendar.is_working(day) and moment.time() < calendar.opens
    if early and rule.filed_before_opening == "same_day":
        return calendar.opening(day)
    return calendar.opening(calendar.next_working_day(day))


def _count(rule: Rule, calendar: WorkCalendar, start: date) -> date:
    """The last day of the bare term: no pauses, no extensions, not rolled."""
    if rule.direction == "before":
        back = rule.length + (1 if rule.clear_days and rule.unit != "months" else 0)
        day = _add(rule.unit, calendar, start, -back)
        return day - ONE_DAY if rule.clear_days and rule.unit == "months" else day
    if rule.length == 0 or rule.start_day == 0:
        return _add(rule.unit, calendar, start, rule.length)
    if rule.unit == "months":
        return _add(rule.unit, calendar, start, rule.length) - ONE_DAY
    return _add(rule.unit, calendar, start - ONE_DAY, rule.length)


def _add(unit: str, calendar: WorkCalendar, day: date, count: int) -> date:
    if unit == "working_days":
        return calendar.add_working_days(day, count)
    if unit == "months":
        return _add_months(day, count)
    return day + timedelta(days=count)


def _add_months(day: date, count: int) -> date:
    """The same day number `count` months on, or the last day of a month that lacks it (31 January: 28 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    first_of_next = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - ONE_DAY)


def _join(pauses: tuple[Pause, ...], started_at: datetime, as_of: datetime) -> list[tuple[datetime, datetime, bool]]:
    """Pauses cut at the start, joined where they overlap or touch, in order; each with whether it is still open.

    An open pause runs to `as_of`; one that begins later has not begun.
    """
    spells = sorted((max(each.begin, started_at), each.end or as_of, each.end is None) for each in pauses)
    joined: list[tuple[datetime, datetime, bool]] = []
    for begin, end, is_open in spells:
        if end < begin or (end == begin and not is_open):
            continue
        if joined and begin <= joined[-1][1]:
            before = joined.pop()
            joined.append((before[0], max(before[1], end), before[2] or is_open))
        else:
            joined.append((begin, end, is_open))
    return joined


def _pause_days(rule: Rule, calendar: WorkCalendar, begin: datetime, end: datetime) -> int:
    """The whole days of a pause; for a term in working days those that begin on a working day."""
    first = begin.date()
    if rule.pause_days == "dates":
        count = (end.date() - first).days
    else:
        # Wall-clock difference: a change of the clocks (Armenia had them until 2011) makes no day shorter.
        count = (end.replace(tzinfo=None) - begin.replace(tzinfo=None)).days
    if rule.unit == "working_days":
        return calendar.count_working(first + timedelta(days=index) for index in range(count))
    return count


def _extend(rule: Rule, calendar: WorkCalendar, base: date, paused: int, extensions: Iterable[Extension]) -> date:
    """Pauses first, then extensions in the order granted; neighbours of one unit as one sum.

    Summing keeps two extensions by months from depending on their order (28 February in between would lose days).
    """
    day = _add("working_days" if rule.unit == "working_days" else "calendar_days", calendar, base, paused)
    sums: list[tuple[str, int]] = []
    for each in extensions:
        unit = each.unit or rule.unit
        if sums and sums[-1][0] == unit:
            sums[-1] = (unit, sums[-1][1] + each.length)
        else:
            sums.append((unit, each.length))
    for unit, length in sums:
        day = _add(unit, calendar, day, length)
    return day


def _term_end(rule: Rule, calendar: WorkCalendar, last_day: date) -> datetime:
    day = _roll(rule, calendar, last_day) if rule.pause_cutoff == "rolled_day" else last_day
    return datetime.combine(day, _due_time(rule, calendar, day), tzinfo=YEREVAN)


def _roll(rule: Rule, calendar: WorkCalendar, day: date) -> date:
    """Once, at the very end. A term counted back from an event is never rolled, even onto a holiday."""
    if rule.direction == "before" or rule.roll == "none":
        return day
    return calendar.on_or_after(day)


def _due_time(rule: Rule, calendar: WorkCalendar, day: date) -> time:
    if rule.due_time == "closing":
        return calendar.closing(day)
    return time.fromisoformat(rule.due_time)
