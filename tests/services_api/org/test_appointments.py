"""Who holds which position on which day."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services_api.org.public import Appointment, OrgUnit, Position, appoint, end_appointment, officer, officers


@pytest.fixture
def clerk(meghri, staff_of, as_tenant):
    user = staff_of(meghri)
    as_tenant(meghri)
    return user


@pytest.fixture
def position(clerk):
    unit = OrgUnit.objects.create(code="test-department", name_hy="Ընդհանուր բաժին", name_en="General department")
    return Position.objects.create(unit=unit, title_hy="գլխավոր մասնագետ", title_en="chief specialist")


def test_an_officer_is_named_with_position_and_unit(clerk, position):
    appoint(clerk, position, date(2026, 1, 12))
    found = officer(clerk.pk, date(2026, 3, 2), "hy")
    assert (found.title, found.unit, found.can_sign) == ("գլխավոր մասնագետ", "Ընդհանուր բաժին", False)
    assert officer(clerk.pk, date(2026, 3, 2), "en").unit == "General department"
    assert found.name == clerk.get_full_name()


def test_an_appointment_holds_from_its_first_to_its_last_day(clerk, position):
    end_appointment(appoint(clerk, position, date(2026, 1, 12)), date(2026, 6, 30))
    days = [date(2026, 1, 11), date(2026, 1, 12), date(2026, 6, 30), date(2026, 7, 1)]
    assert [officer(clerk.pk, day) is not None for day in days] == [False, True, True, False]


def test_appointing_twice_is_one_appointment(clerk, position):
    appoint(clerk, position, date(2026, 1, 12))
    appoint(clerk, position, date(2026, 1, 12))
    assert Appointment.objects.filter(user=clerk).count() == 1
    with pytest.raises(ValidationError):
        appoint(clerk, position, date(2026, 2, 1))


def test_it_cannot_end_before_it_begins(clerk, position):
    with pytest.raises(ValidationError):
        appoint(clerk, position, date(2026, 1, 12), date(2026, 1, 11))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            user=clerk, position=position, valid_from=date(2026, 1, 12), valid_to=date(2026, 1, 11)
        )


def test_a_unit_is_not_a_part_of_itself(clerk):
    above = OrgUnit.objects.create(code="above", name_hy="Վերին")
    below = OrgUnit.objects.create(code="below", name_hy="Ստորին", parent=above)
    above.parent = below
    with pytest.raises(ValidationError):
        above.full_clean()


def test_the_list_of_officers_costs_one_query(clerk, position, meghri, staff_of, django_assert_num_queries):
    appoint(clerk, position, date(2026, 1, 12))
    for number in range(3):
        appoint(staff_of(meghri, f"more{number}@meghri.example"), position, date(2026, 1, 12))
    with django_assert_num_queries(1):
        assert len(officers(date(2026, 3, 2), "hy")) >= 4
