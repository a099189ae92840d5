"""Residents and organisations, and the log of who read their data."""

from __future__ import annotations

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from services_api.parties.public import AccessLog, Party, log_read, reads_of, record_organisation, record_person
from tenants.append_only import NotChangeable


@pytest.fixture(autouse=True)
def community(meghri, as_tenant):
    return as_tenant(meghri)


def read(**changes):
    said = {
        "actor_id": 5,
        "actor_label": "Հ. Օհանյան, մասնագետ",
        "purpose": "դիմումի քննություն",
        "object_ref": "case:1",
    }
    return log_read(**(said | changes))


def test_a_person_is_recorded_as_they_named_themselves():
    party = record_person(surname="Հակոբյան", name="Նարե", patronymic="Կարենի", phone="+37491123456")
    assert party.display_name == "Հակոբյան Նարե Կարենի"
    assert party.phone.as_e164 == "+37491123456"
    assert [each.method for each in party.identity_sessions.all()] == ["none"]


def test_an_organisation_has_its_own_name():
    assert record_organisation(name="«Արևիկ» ՀՈԱԿ").display_name == "«Արևիկ» ՀՈԱԿ"


def test_nobody_is_recorded_without_a_name():
    with pytest.raises(ValidationError):
        record_person(surname="", name="Նարե")
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.create(kind="organisation", surname="Հակոբյան", name="Նարե")


def test_every_reading_is_logged_once():
    read()
    read()
    read(actor_id=6, actor_label="Ա. Գրիգորյան, բաժնի պետ")
    read(object_ref="case:2")
    assert [each.actor_id for each in reads_of("case:1")] == [6, 5]


def test_reading_again_later_is_another_line():
    with time_machine.travel("2026-03-02T06:00:00Z", tick=False) as clock:
        read()
        clock.shift(601)
        read()
    assert reads_of("case:1").count() == 2


def test_the_log_cannot_be_changed_or_thinned():
    line = read()
    line.purpose = "այլ"
    for change in (
        line.save,
        line.delete,
        AccessLog.objects.all().delete,
        lambda: AccessLog.objects.update(purpose=""),
    ):
        with pytest.raises(NotChangeable):
            change()


@pytest.mark.parametrize("statement", ["UPDATE parties_accesslog SET purpose = ''", "DELETE FROM parties_accesslog"])
def test_postgresql_itself_keeps_the_log(statement):
    read()
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
