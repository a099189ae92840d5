"""The organisation in the workplace: who may keep it, and that each screen can be used."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services_api.cases.models import FunctionBinding
from services_api.org.public import OrgUnit, Position, Queue, Substitution
from tenants.context import tenant
from tests.services_api.cases.staffed import OFFICERS, SHVANIDZOR, build, today

KEEPERS = "Կառուցվածքի պատասխանատուներ"
SCREENS = ("units", "positions", "appointments", "queues", "substitutions", "absences", "functions")


@pytest.fixture
def house(meghri, staff_of, as_tenant):
    as_tenant(meghri)
    return build(meghri, staff_of)


@pytest.fixture
def keeper(meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, "keeper@staffed.example", groups=[KEEPERS]))


def test_each_screen_opens_for_whoever_keeps_the_structure_and_for_nobody_else(house, keeper, signed_in, meghri):
    officer = signed_in(meghri, house.people["specialist"])
    for screen in SCREENS:
        for page in ("", "new/"):
            address = f"/admin/organisation/{screen}/{page}"
            assert keeper.get(address).status_code == 200, address
            assert officer.get(address).status_code == 302, address
    assert keeper.get("/admin/organisation/").status_code == 200
    assert officer.get("/admin/organisation/").status_code == 302


def test_the_structure_shows_who_is_where_and_who_stands_in(house, keeper):
    house.substitution("specialist", "chief")
    page = keeper.get("/admin/organisation/").content.decode()
    for words in ("Shvanidzor Օրինակյան", SHVANIDZOR, "Դիմումներ", "↳ Chief Օրինակյան", "ղեկավարում է ստորաբաժանումը"):
        assert words in page


def test_the_structure_costs_the_same_for_more_people(house, keeper, meghri, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    keeper.get("/admin/organisation/")
    with CaptureQueriesContext(connection) as few:
        keeper.get("/admin/organisation/")
    for number in range(12):
        unit = OrgUnit.objects.create(code=f"more-{number}", name_hy=f"Բաժին {number}", parent=house.units["the-staff"])
        Queue.objects.create(code=f"more-{number}", unit=unit, name_hy=f"Հերթ {number}").members.add(
            Position.objects.create(unit=unit, title_hy="մասնագետ")
        )
    with django_assert_max_num_queries(len(few)):
        keeper.get("/admin/organisation/")


def test_a_substitute_is_named_by_the_form(house, keeper, meghri):
    form = {
        "position": house.positions["shvanidzor"].pk, "kind": "absence", "absent": house.people["shvanidzor"].pk,
        "user": house.people["nrnadzor"].pk, "valid_from": today().isoformat(),
        "valid_to": (today() + timedelta(days=5)).isoformat(), "order_number": "12-Ա",
    }  # fmt: skip
    part = keeper.post("/admin/organisation/substitutions/new/", form)
    assert part.status_code == 200 and "Ընտրեք ընդգրկումը" in part.content.decode()
    done = keeper.post(
        "/admin/organisation/substitutions/new/",
        {**form, "covers": ["family:complaint", "procedure:application-to-head"]},
    )
    assert done.status_code == 302
    with tenant(meghri):
        made = Substitution.objects.get()
        assert (made.is_full, sorted(made.covers)) == (False, ["family:complaint", "procedure:application-to-head"])
    keeper.post(f"/admin/organisation/substitutions/delete/{made.pk}/")
    with tenant(meghri):
        assert Substitution.objects.exists(), "what has begun is ended, not deleted"
        Substitution.objects.update(valid_from=today() + timedelta(days=1))
    keeper.post(f"/admin/organisation/substitutions/delete/{made.pk}/")
    with tenant(meghri):
        assert not Substitution.objects.exists()


def test_a_jurisdiction_is_ticked_and_a_function_bound(house, keeper, meghri):
    name = meghri.settlements.order_by("name_hy").values_list("name_hy", flat=True)[0]
    office = {
        "code": "one-more",
        "kind": "settlement_office",
        "name_hy": "Գրասենյակ",
        "position": "0",
        "settlements": [name],
    }
    assert keeper.post("/admin/organisation/units/new/", office).status_code == 302
    with tenant(meghri):
        assert OrgUnit.objects.get(code="one-more").settlements == [name]
    queue = {"function": "receiver", "settlement": name, "queue": house.queues["department"].pk}
    assert keeper.post("/admin/organisation/functions/new/", queue).status_code == 302
    both = {**queue, "position": house.positions["chief"].pk}
    assert keeper.post("/admin/organisation/functions/new/", both).status_code == 200
    with tenant(meghri):
        assert FunctionBinding.objects.get().settlement == name


def test_officers_do_not_keep_the_structure(house):
    assert not house.user("specialist").has_perm("org.change_position")
    assert house.people["specialist"].groups.get().name == OFFICERS
