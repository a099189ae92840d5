"""What must hold for every term, whatever the numbers: the properties of the legal clock."""

from __future__ import annotations

import os
import time as system_time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from services_api.cases.clock import Extension, Pause, Rule, compute
from services_api.workdays.public import YEREVAN, WorkCalendar

settings.register_profile("clock", max_examples=150, deadline=None)
settings.load_profile("clock")

UNITS = ("calendar_days", "working_days", "months")
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(
    lambda each: each.replace(second=0, microsecond=0, tzinfo=YEREVAN)
)
DAYS = st.dates(datetime(2024, 1, 1).date(), datetime(2028, 12, 31).date())


@st.composite
def rules(draw, unit=None, roll=None):
    unit = unit or draw(st.sampled_from(UNITS))
    return Rule(
        unit=unit,
        length=draw(st.integers(0, 6 if unit == "months" else 60)),
        start=draw(st.sampled_from(("registration", "receipt", "event"))),
        roll=roll or draw(st.sampled_from(("next_working_day", "none"))),
        pause_days=draw(st.sampled_from(("whole", "dates"))),
        pause_cutoff=draw(st.sampled_from(("last_day", "rolled_day"))),
    )


@st.composite
def pauses_near(draw, start):
    begin = start + timedelta(hours=draw(st.integers(-24 * 20, 24 * 120)))
    if draw(st.integers(0, 9)) == 0:
        return Pause(begin)
    return Pause(begin, begin + timedelta(hours=draw(st.integers(0, 24 * 40))))


@st.composite
def terms(draw, **kwargs):
    start = draw(MOMENTS)
    calendar = WorkCalendar(exceptions=draw(st.dictionaries(DAYS, st.booleans(), max_size=6)))
    return (
        draw(rules(**kwargs)),
        calendar,
        start,
        draw(st.lists(pauses_near(start), max_size=4)),
        draw(st.lists(st.builds(Extension, st.integers(0, 40), st.sampled_from((None, *UNITS[:2]))), max_size=3)),
        start + timedelta(hours=draw(st.integers(0, 24 * 200))),
    )


@given(terms(), st.data())
def test_a_pause_never_shortens_a_term(term, data):
    rule, calendar, start, pauses, extensions, as_of = term
    more = [*pauses, data.draw(pauses_near(start))]
    assert compute(rule, calendar, start, more, extensions, as_of).due_at >= (
        compute(rule, calendar, start, pauses, extensions, as_of).due_at
    )


@given(terms(), st.data())
def test_two_overlapping_pauses_count_once(term, data):
    rule, calendar, start, _, extensions, as_of = term
    first = data.draw(pauses_near(start).filter(lambda each: each.end))
    second = replace(first, begin=first.begin + (first.end - first.begin) / 2)
    second = replace(second, end=first.end + timedelta(hours=data.draw(st.integers(0, 200))))
    whole = Pause(first.begin, second.end)
    answers = {
        compute(rule, calendar, start, spells, extensions, as_of)
        for spells in ([first, second], [second, first], [whole], [whole, first, second, whole])
    }
    assert len(answers) == 1


@given(terms(), st.integers(0, 48), st.integers(0, 48), st.integers(0, 48))
def test_pauses_that_touch_are_one(term, offset, one, two):
    rule, calendar, start, _, extensions, as_of = term
    a = start + timedelta(hours=offset)
    b, c = a + timedelta(hours=one), a + timedelta(hours=one + two)
    assert compute(rule, calendar, start, [Pause(a, b), Pause(b, c)], extensions, as_of) == compute(
        rule, calendar, start, [Pause(a, c)], extensions, as_of
    )


@given(terms(roll="next_working_day"), DAYS)
def test_adding_a_holiday_never_shortens_a_rolled_term(term, holiday):
    rule, calendar, start, pauses, extensions, as_of = term
    assume(holiday not in calendar.exceptions and calendar.is_working(holiday))
    before = compute(rule, calendar, start, pauses, extensions, as_of)
    # Day 0 of a receipt or event is fixed by its date: a holiday put on it later takes nothing from the term.
    assume(rule.start == "registration" or holiday != before.start_date)
    with_holiday = replace(calendar, exceptions={**calendar.exceptions, holiday: False})
    assert compute(rule, with_holiday, start, pauses, extensions, as_of).due_at >= before.due_at


@given(terms(roll="next_working_day"))
def test_a_rolled_due_date_is_a_working_day(term):
    answer = compute(*term)
    assert term[1].is_working(answer.due_at.date())


@given(terms(), st.sampled_from(UNITS), st.lists(st.integers(0, 14), min_size=2, max_size=4), st.randoms())
def test_the_order_of_extensions_of_one_unit_does_not_matter(term, unit, lengths, random):
    rule, calendar, start, pauses, _, as_of = term
    shuffled = lengths[:]
    random.shuffle(shuffled)
    one, other = ([Extension(each, unit) for each in order] for order in (lengths, shuffled))
    assert compute(rule, calendar, start, pauses, one, as_of) == compute(rule, calendar, start, pauses, other, as_of)


@given(terms())
def test_overdue_means_past_the_due_moment_and_remaining_is_in_local_dates(term):
    answer = compute(*term)
    as_of = term[-1]
    assert answer.overdue == (as_of > answer.due_at)
    assert answer.remaining_calendar_days == (answer.due_at.date() - as_of.date()).days
    assert answer.due_at.tzinfo is YEREVAN and answer.registered_at.tzinfo is YEREVAN


@given(terms())
def test_only_an_open_pause_makes_a_term_provisional(term):
    answer = compute(*term)
    assert not answer.provisional or any(pause.end is None for pause in term[3])


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Yerevan"])
def test_no_clock_depends_on_the_servers_time_zone(zone, monkeypatch):
    """The same case has the same due date on every server (also moments without an offset)."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", zone)
    system_time.tzset()
    try:
        answer = compute(
            {"unit": "days", "length": 30}, None, "2026-03-02T17:59:00", [["2026-03-10", None]], [5], "2026-03-20T01:00"
        )
        assert answer.registered_at.isoformat() == "2026-03-02T17:59:00+04:00"
        assert answer.due_at.isoformat() == "2026-04-16T18:00:00+04:00"
        assert answer.remaining_calendar_days == 27
    finally:
        monkeypatch.setenv("TZ", before) if before is not None else monkeypatch.delenv("TZ")
        system_time.tzset()
