"""A missed term is told up the tree of units, and only to those who may see the case."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from services_api.cases.models import Case
from services_api.cases.services import run_clocks
from services_api.exchange.models import Outbox
from services_api.workdays.public import YEREVAN
from tests.services_api.cases.staffed import build

DUE = datetime(2026, 11, 25, 18, tzinfo=YEREVAN)
# In office hours, thirty days before.
CAME = datetime(2026, 10, 26, 12, tzinfo=YEREVAN)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def house(meghri, staff_of, as_tenant):
    as_tenant(meghri)
    with time_machine.travel(DUE - DAY, tick=False):
        yield build(meghri, staff_of)


def told(house, case: Case, at: datetime, name: str) -> set[str]:
    """Who is told at a moment by the letter of this distance, by the names of the municipality."""
    Case.objects.filter(pk=case.pk).update(wake_at=at - MINUTE)
    with time_machine.travel(at, tick=False):
        run_clocks()
    names = {user.pk: name for name, user in house.people.items()}
    rows = Outbox.objects.filter(payload__case=str(case.uuid), payload__mark__startswith=name)
    assert rows.count() == rows.values("payload__to").distinct().count(), "nobody twice"
    return {names[row.payload["to"]] for row in rows}


def late(house, key: str, **more) -> Case:
    return house.case(key, submitted_at=CAME, registered_at=CAME, due_at=DUE, **more)


def test_first_the_unit_then_the_one_above(house):
    case = late(house, "late", assigned_position=house.positions["specialist"])
    assert told(house, case, DUE + MINUTE, "escalate-0") == {"specialist", "chief"}
    # The staff has nobody who leads it, so the next is the head, who also signs.
    assert told(house, case, DUE + 5 * DAY + MINUTE, "escalate-5") == {"specialist", "chief", "head"}
    assert told(house, case, DUE + 6 * DAY, "escalate-5") == {"specialist", "chief", "head"}


def test_a_queue_has_its_unit_and_whoever_stands_in_is_told(house):
    case = late(house, "queued", assigned_queue=house.queues["department"])
    house.substitution("chief", "nrnadzor", valid_from=DUE.date() - DAY, valid_to=DUE.date() + DAY)
    assert told(house, case, DUE + MINUTE, "escalate-0") == {"specialist", "chief", "nrnadzor"}


def test_without_a_leader_those_who_sign_are_told_at_once_and_nobody_above_the_clearance(house):
    office = late(house, "office", assigned_position=house.positions["shvanidzor"])
    assert told(house, office, DUE + MINUTE, "escalate-0") == {"shvanidzor", "head"}
    secret = late(house, "secret", assigned_position=house.positions["specialist"], confidentiality=3)
    assert "chief" not in told(house, secret, DUE + MINUTE, "escalate-0")
