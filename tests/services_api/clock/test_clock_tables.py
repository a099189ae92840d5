"""The legal clock against tables worked out by hand: the examples a lawyer would try first."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from services_api.cases.clock import ClockInputError, compute
from services_api.workdays.public import YEREVAN, WorkCalendar

THIRTY_DAYS = {"unit": "calendar_days", "length": 30, "start": "registration", "roll": "next_working_day"}
FIVE_FROM_RECEIPT = {"unit": "calendar_days", "length": 5, "start": "receipt", "roll": "next_working_day"}
ONE_MONTH = {"unit": "months", "length": 1, "start": "receipt", "roll": "none"}
SEVEN_BEFORE = {"unit": "calendar_days", "length": 7, "start": "event", "direction": "before"}
MOVED_2026 = {"exceptions": [{"date": "2026-04-18", "kind": "worked"}, {"date": "2026-05-04", "kind": "off"}]}
NOW = "2026-03-10T12:00:00+04:00"


def clock(rule, start, pauses=(), extensions=(), as_of=NOW, calendar=None):
    return compute(rule, calendar, start, pauses, extensions, as_of)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=YEREVAN)


@pytest.mark.parametrize(
    ("filed", "registered"),
    [
        ("2026-03-02T09:00:00+04:00", "2026-03-02T09:00"),  # the first moment of office hours
        ("2026-03-02T17:59:59+04:00", "2026-03-02T17:59:59"),
        ("2026-03-02T18:00:00+04:00", "2026-03-03T09:00"),  # 18:00:00 is outside
        ("2026-03-02T07:30:00+04:00", "2026-03-03T09:00"),  # out of hours: the next working day
        ("2026-03-06T20:00:00+04:00", "2026-03-09T09:00"),  # Friday evening
        ("2026-03-07T12:00:00+04:00", "2026-03-09T09:00"),  # Saturday
        ("2026-01-26T19:00:00+04:00", "2026-01-29T09:00"),  # 27 and 28 January are holidays in 2026
        ("2025-01-26T19:00:00+04:00", "2025-01-27T09:00"),  # but 27 January 2025 was worked
        ("2026-01-02T10:00:00+04:00", "2026-01-05T09:00"),  # 3-4 January 2026 are a weekend, the 5th is worked
        ("2026-04-18T10:00:00+04:00", "2026-04-18T10:00"),  # a Saturday moved to a working day
        ("2026-05-04T10:00:00+04:00", "2026-05-05T09:00"),  # a Monday given off
        ("2026-03-02T05:00:00Z", "2026-03-02T09:00"),  # an offset is converted
        ("2026-03-02T10:15:00", "2026-03-02T10:15"),  # without an offset it is Yerevan time
    ],
)
def test_registered_in_office_hours_or_at_the_next_opening(filed, registered):
    assert clock(THIRTY_DAYS, filed, calendar=MOVED_2026).registered_at == at(registered)


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        (THIRTY_DAYS, "2026-03-02T10:00", "2026-04-01T18:00"),
        (THIRTY_DAYS, "2026-03-05T10:00", "2026-04-06T18:00"),  # 4 April 2026 is a Saturday
        (THIRTY_DAYS, "2026-03-19T10:00", "2026-04-18T18:00"),  # the last day is the worked Saturday
        (THIRTY_DAYS, "2026-04-03T10:00", "2026-05-05T18:00"),  # 3 May Sunday, 4 May off
        (
            FIVE_FROM_RECEIPT,
            "2026-03-02T23:50",
            "2026-03-09T18:00",
        ),  # the date received, whatever the hour; 7 March Sat
        (FIVE_FROM_RECEIPT, "2026-03-03T08:00", "2026-03-09T18:00"),  # 8 March is a Sunday
        (ONE_MONTH, "2026-01-31T10:00", "2026-02-28T18:00"),
        (ONE_MONTH, "2028-01-31T10:00", "2028-02-29T18:00"),
        (ONE_MONTH, "2026-12-15T10:00", "2027-01-15T18:00"),
        ({**ONE_MONTH, "length": 2}, "2026-12-31", "2027-02-28T18:00"),
        ({**ONE_MONTH, "length": 12}, "2024-02-29", "2025-02-28T18:00"),
        ({**ONE_MONTH, "length": 13}, "2026-01-31", "2027-02-28T18:00"),  # from the start, not month by month
        ({**ONE_MONTH, "length": 0}, "2026-03-07", "2026-03-07T18:00"),
        ({**THIRTY_DAYS, "length": 0}, "2026-03-07T12:00", "2026-03-09T18:00"),
        ({**FIVE_FROM_RECEIPT, "unit": "working_days"}, "2026-04-29", "2026-05-08T18:00"),  # 1 May, 2-4 May off
        ({**FIVE_FROM_RECEIPT, "unit": "working_days"}, "2026-04-13", "2026-04-18T18:00"),  # the Saturday counts
        (SEVEN_BEFORE, "2026-05-08", "2026-05-01T18:00"),  # never rolled, even onto a holiday
        ({**SEVEN_BEFORE, "clear_days": True}, "2026-05-08", "2026-04-30T18:00"),
        ({**SEVEN_BEFORE, "unit": "working_days", "length": 3}, "2026-05-06", "2026-04-29T18:00"),
    ],
)
def test_the_last_day(rule, start, due):
    assert clock(rule, start, calendar=MOVED_2026).due_at == at(due)


def test_an_event_is_never_shifted():
    answer = clock({**SEVEN_BEFORE, "direction": "after"}, "2026-03-07", as_of=NOW)
    assert answer.start_date == date(2026, 3, 7)
    assert answer.due_at == at("2026-03-16T18:00")  # Saturday the 14th rolls


@pytest.mark.parametrize(
    ("as_of", "remaining", "overdue"),
    [
        ("2026-04-01T18:00:00+04:00", 0, False),  # still in time at 18:00:00
        ("2026-04-01T18:00:01+04:00", 0, True),
        ("2026-03-31T23:59:00+04:00", 1, False),
        ("2026-03-31T20:00:00Z", 0, False),  # midnight in Yerevan: local dates decide
        ("2026-04-03T00:00:00+04:00", -2, True),
    ],
)
def test_what_remains_is_the_difference_of_local_dates(as_of, remaining, overdue):
    answer = clock(THIRTY_DAYS, "2026-03-02T10:00", as_of=as_of)
    assert (answer.remaining_calendar_days, answer.overdue) == (remaining, overdue)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([{"from": "2026-03-10", "to": "2026-03-15"}], "2026-04-06T18:00"),
        ([["2026-03-10", "2026-03-13"], ["2026-03-12", "2026-03-15"]], "2026-04-06T18:00"),  # the overlap counts once
        ([["2026-03-10", "2026-03-12"], ["2026-03-12", "2026-03-15"]], "2026-04-06T18:00"),  # they touch
        ([["2026-02-01", "2026-02-20"]], "2026-04-01T18:00"),  # over before the term began
        ([["2026-03-10T12:00", "2026-03-11T11:59"]], "2026-04-01T18:00"),  # not a whole day
        ([["2026-03-10T12:00", "2026-03-11T00:00"], ["2026-03-11T00:00", "2026-03-11T12:00"]], "2026-04-02T18:00"),
        ([["2026-05-10", "2026-05-20"]], "2026-04-01T18:00"),  # begins after the term has ended
        ([["2026-03-20", "2026-03-30"], ["2026-04-06", "2026-04-10"]], "2026-04-15T18:00"),  # reached by an earlier one
    ],
)
def test_pauses_move_the_last_day_before_rolling(pauses, due):
    assert clock(THIRTY_DAYS, "2026-03-02T10:00", pauses).due_at == at(due)


def test_a_term_in_working_days_is_moved_by_the_working_days_of_a_pause():
    rule = {"unit": "working days", "length": 10, "start": "receipt"}
    assert clock(rule, "2026-03-02", [["2026-03-06", "2026-03-11"]]).due_at == at("2026-03-19T18:00")


def test_an_open_pause_runs_to_the_moment_of_asking_and_is_shown_as_provisional():
    answer = clock(THIRTY_DAYS, "2026-03-02T10:00", [{"from": "2026-03-05", "to": None}], as_of="2026-03-10T12:00")
    assert answer.provisional
    assert answer.due_at == at("2026-04-06T18:00")
    assert not clock(THIRTY_DAYS, "2026-03-02T10:00", [["2026-03-05", "2026-03-06"]]).provisional
    assert not clock(THIRTY_DAYS, "2026-03-02T10:00", [["2026-06-05", None]], as_of="2026-07-01").provisional


@pytest.mark.parametrize(
    ("extensions", "due"),
    [
        ([{"length": 30, "unit": "calendar_days"}], "2026-05-01T18:00"),
        ([30], "2026-05-01T18:00"),
        ([{"days": 10}, {"length": 1, "unit": "months"}], "2026-05-11T18:00"),
        ([{"length": 2, "unit": "working_days"}], "2026-04-03T18:00"),
        ([{"months": 1}], "2026-05-01T18:00"),
    ],
)
def test_extensions_add_in_their_own_unit(extensions, due):
    plain = {"working_hours": ["09:00", "18:00"], "holidays": []}
    assert clock(THIRTY_DAYS, "2026-03-02T10:00", (), extensions, calendar=plain).due_at == at(due)


def test_extensions_are_taken_in_the_order_granted():
    """26 January + 5 days + 1 month is 28 February; the month first makes it 3 March."""
    start, plain = "2026-01-26", {"holidays": []}
    month, days = {"months": 1, "granted_at": "2026-01-28"}, {"days": 5, "granted_at": "2026-01-27"}
    rule = {**ONE_MONTH, "unit": "days", "length": 0}
    assert clock(rule, start, (), [month, days], calendar=plain).last_day == date(2026, 2, 28)
    assert clock(rule, start, (), [{"months": 1}, {"days": 5}], calendar=plain).last_day == date(2026, 3, 3)


def test_an_extension_keeps_the_term_open_for_a_later_pause():
    pause = [["2026-04-10", "2026-04-12"]]
    assert clock(THIRTY_DAYS, "2026-03-02T10:00", pause).due_at == at("2026-04-01T18:00")
    assert clock(THIRTY_DAYS, "2026-03-02T10:00", pause, [30]).due_at == at("2026-05-04T18:00")
    late = [{"length": 30, "granted_at": "2026-04-15"}]
    assert clock(THIRTY_DAYS, "2026-03-02T10:00", pause, late).last_day == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("option", "start", "due"),
    [
        ({"start_day": 1}, "2026-03-02T10:00", "2026-03-31T18:00"),
        ({"start_day": 1, "unit": "months", "length": 1}, "2026-03-02T10:00", "2026-04-01T18:00"),
        ({"due_time": "closing"}, "2026-03-02T10:00", "2026-04-01T17:00"),
        ({"due_time": "23:59"}, "2026-03-02T10:00", "2026-04-01T23:59"),
        ({"filed_before_opening": "same_day", "length": 1}, "2026-03-02T07:30", "2026-03-03T18:00"),
        ({"start": "receipt", "receipt_out_of_hours": "next_working_day"}, "2026-03-02T20:00", "2026-04-02T18:00"),
    ],
)
def test_open_questions_are_named_options(option, start, due):
    assert clock({**THIRTY_DAYS, **option}, start, calendar={"working_hours": ["09:00", "17:00"]}).due_at == at(due)


def test_options_about_pauses():
    pause = [["2026-03-10T12:00", "2026-03-12T11:00"]]
    assert clock({**THIRTY_DAYS, "pause_days": "dates"}, "2026-03-02T10:00", pause).pause_days == 2
    assert clock(THIRTY_DAYS, "2026-03-02T10:00", pause).pause_days == 1
    on_the_weekend_after = [["2026-04-05", "2026-04-09"]]  # the last day is Saturday 4 April
    assert clock(THIRTY_DAYS, "2026-03-05T10:00", on_the_weekend_after).due_at == at("2026-04-06T18:00")
    kept = clock({**THIRTY_DAYS, "pause_cutoff": "rolled_day"}, "2026-03-05T10:00", on_the_weekend_after)
    assert kept.due_at == at("2026-04-08T18:00")


def test_the_eve_of_a_holiday_may_be_shorter():
    calendar = WorkCalendar(short_days={date(2026, 3, 6): time(17)})
    assert clock(THIRTY_DAYS, "2026-03-06T17:30", calendar=calendar).registered_at == at("2026-03-09T09:00")


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("rule.unit", {"rule": {**THIRTY_DAYS, "unit": "fortnight"}}),
        ("rule.length", {"rule": {**THIRTY_DAYS, "length": -1}}),
        ("rule.length", {"rule": {**THIRTY_DAYS, "length": True}}),
        ("rule.roll", {"rule": {**THIRTY_DAYS, "roll": "backwards"}}),
        ("rule.clear_dayz", {"rule": {**THIRTY_DAYS, "clear_dayz": True}}),
        ("rule.start_day", {"rule": {**THIRTY_DAYS, "start_day": 2}}),
        ("submitted_at", {"start": "yesterday"}),
        ("as_of", {"as_of": "2026-13-01"}),
        ("pauses[0].to", {"pauses": [["2026-03-10", "2026-03-09"]]}),
        ("pauses[1].from", {"pauses": [["2026-03-10", None], [None, None]]}),
        ("extensions[0].unit", {"extensions": [{"length": 1, "unit": "moons"}]}),
        ("calendar.exceptions[0].kind", {"calendar": {"exceptions": [{"date": "2026-03-10", "kind": "maybe"}]}}),
        ("calendar.working_hours", {"calendar": {"working_hours": ["18:00", "09:00"]}}),
    ],
)
def test_a_refusal_names_the_field(field, arguments):
    given = {"rule": THIRTY_DAYS, "start": "2026-03-02T10:00", **arguments}
    with pytest.raises(ClockInputError) as refusal:
        clock(**given)
    assert refusal.value.field == field


def test_a_calendar_without_working_days_is_refused_instead_of_searched_for_ever():
    week = [date.fromordinal(date(2026, 3, 1).toordinal() + n) for n in range(4000)]
    with pytest.raises(ClockInputError, match="no working day"):
        clock(THIRTY_DAYS, "2026-03-02T10:00", calendar=WorkCalendar(exceptions=dict.fromkeys(week, False)))
