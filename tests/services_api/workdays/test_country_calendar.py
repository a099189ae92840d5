"""The country's calendar: moved days of the register, seen by every community at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from services_api.cases.clock import compute
from services_api.workdays.models import CalendarException
from services_api.workdays.public import WorkCalendar, country_calendar
from tenants.context import register

RULE = {"unit": "calendar_days", "length": 30, "start": "registration"}


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 5), True),
        (date(2026, 1, 6), False),
        (date(2026, 1, 7), True),
        (date(2025, 1, 27), True),
        (date(2026, 1, 27), False),
        (date(2026, 1, 28), False),
        (date(2026, 3, 9), True),  # 8 March is a Sunday: no substitute day
        (date(2026, 4, 24), False),
        (date(2026, 7, 6), True),  # 5 July is a Sunday
        (date(2026, 12, 31), False),
    ],
)
def test_public_holidays_of_armenia(day, worked):
    assert WorkCalendar().is_working(day) is worked


def test_the_days_moved_in_2026_are_known_from_the_start(meghri, as_tenant):
    as_tenant(meghri)
    calendar = country_calendar()
    assert calendar.is_working(date(2026, 4, 18))
    assert not calendar.is_working(date(2026, 5, 4))


def test_it_is_read_once_until_somebody_changes_it(
    meghri, as_tenant, django_assert_num_queries, django_capture_on_commit_callbacks
):
    as_tenant(meghri)
    country_calendar()
    with django_assert_num_queries(0):
        assert country_calendar().is_working(date(2026, 9, 25))
    with register(), django_capture_on_commit_callbacks(execute=True):
        moved = CalendarException.objects.create(date=date(2026, 9, 25), kind="off", legal_basis="Որոշում")
    as_tenant(meghri)
    assert not country_calendar().is_working(date(2026, 9, 25))
    with register(), django_capture_on_commit_callbacks(execute=True):
        moved.delete()
    assert country_calendar().is_working(date(2026, 9, 25))


def test_a_moved_day_moves_the_due_date(meghri, as_tenant):
    as_tenant(meghri)
    clock = compute(RULE, country_calendar(), "2026-04-03T10:00", (), (), "2026-04-10T10:00")
    assert clock.due_at.date() == date(2026, 5, 5)


def test_a_community_cannot_move_days(meghri, as_tenant):
    as_tenant(meghri)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CalendarException.objects.create(date=date(2026, 9, 25), kind="off", legal_basis="Որոշում")


def test_a_day_is_moved_once(db):
    with register(), pytest.raises(IntegrityError), transaction.atomic():
        CalendarException.objects.create(date=date(2026, 4, 18), kind="off", legal_basis="Որոշում")
