"""Who is away and who stands in; the database itself refuses what cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services_api.org.public import Absence, OrgUnit, Position, Queue, Substitution, appoint

MONDAY = date(2026, 11, 30)
FRIDAY = date(2026, 12, 4)


@pytest.fixture
def people(meghri, staff_of, as_tenant):
    holder, substitute = staff_of(meghri, "holder@meghri.example"), staff_of(meghri, "substitute@meghri.example")
    as_tenant(meghri)
    return holder, substitute


@pytest.fixture
def position(people):
    unit = OrgUnit.objects.create(code="test-department", name_hy="Ընդհանուր բաժին")
    position = Position.objects.create(unit=unit, title_hy="գլխավոր մասնագետ")
    appoint(people[0], position, date(2026, 1, 12))
    return position


def substitution(position, people, **changes) -> Substitution:
    given = {
        "position": position, "absent": people[0], "user": people[1], "valid_from": MONDAY, "valid_to": FRIDAY,
        "order_number": "12-Ա",
    }  # fmt: skip
    return Substitution(**{**given, **changes})


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_to": MONDAY - timedelta(days=1)},
        {"absent": None},
        {"kind": "vacancy"},
        {"is_full": False},
        {"covers": ["family:complaint"]},
    ],
)
def test_what_cannot_be_is_refused_by_the_form_and_by_the_database(position, people, wrong):
    with pytest.raises(ValidationError):
        substitution(position, people, **wrong).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        substitution(position, people, **wrong).save()


def test_nobody_substitutes_themselves(position, people):
    themselves = {"user": people[0]}
    with pytest.raises(ValidationError):
        substitution(position, people, **themselves).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        substitution(position, people, **themselves).save()


def test_one_full_substitution_at_a_time(position, people, meghri, staff_of):
    substitution(position, people).save()
    third = staff_of(meghri, "third@meghri.example")
    overlapping = {"user": third, "valid_from": FRIDAY, "valid_to": FRIDAY + timedelta(days=3)}
    with pytest.raises(ValidationError, match="փոխարինում"):
        substitution(position, people, **overlapping).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        substitution(position, people, **overlapping).save()
    # A part may be covered by somebody else meanwhile, and the day after is free.
    part = substitution(position, people, user=third, is_full=False, covers=["family:complaint"])
    part.full_clean()
    part.save()
    after = FRIDAY + timedelta(days=1)
    substitution(position, people, valid_from=after, valid_to=after).save()
    assert Substitution.objects.on(FRIDAY).count() == 2
    assert Substitution.objects.on(after).count() == 1


def test_who_is_substituted_holds_the_position(position, people, meghri, staff_of):
    stranger = staff_of(meghri, "stranger@meghri.example")
    with pytest.raises(ValidationError):
        substitution(position, people, absent=stranger).full_clean()
    before = {"valid_from": date(2026, 1, 5), "valid_to": date(2026, 1, 9)}
    with pytest.raises(ValidationError):
        substitution(position, people, **before).full_clean()
    substitution(position, people, absent=None, kind="vacancy", **before).full_clean()


def test_somebody_is_absent_once_at_a_time(people):
    Absence.objects.create(user=people[0], valid_from=MONDAY, valid_to=FRIDAY, ground="trip")
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(user=people[0], valid_from=FRIDAY, valid_to=FRIDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(user=people[1], valid_from=FRIDAY, valid_to=MONDAY)
    Absence.objects.create(user=people[1], valid_from=FRIDAY, valid_to=FRIDAY)
    assert set(Absence.objects.on(FRIDAY).values_list("user_id", flat=True)) == {each.pk for each in people}


def test_a_queue_belongs_to_positions(position):
    queue = Queue.objects.create(code="desk", unit=position.unit, name_hy="Մեկ պատուհան", name_en="One window")
    queue.members.add(position)
    assert [each.name("en") for each in position.queues.all()] == ["One window"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.create(unit=position.unit, title_hy="այլ", clearance=9)
