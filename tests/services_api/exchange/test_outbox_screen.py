"""The administrator sees what was given up and why, and gives it another try."""

from __future__ import annotations

import pytest

from services_api.exchange import services
from services_api.exchange.models import Outbox
from services_api.exchange.relay import relay
from tenants.context import register, tenant
from tests.services_api.exchange.conftest import rows

ADMINISTRATORS, OFFICERS = "Կայքի կառավարիչներ", "Դիմումների պատասխանատուներ"
ADDRESS = "/admin/exchange/outbox/"


@pytest.fixture
def administrator(meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, groups=[ADMINISTRATORS]))


def give_up(community, *names: str) -> list[int]:
    with tenant(community):
        for name in names:
            services.enqueue("nobody.sends.this", {}, name)
    relay(community.schema_name)
    return [row.pk for row in rows(community.schema_name) if row.state == "dead"]


def test_the_administrator_reads_why_and_tries_one_or_the_chosen_ones_again(meghri, administrator):
    first, second, third = give_up(meghri, "a", "b", "c")
    page = administrator.get(ADDRESS).content.decode()
    assert "այլևս գոյություն չունի" in page and "Nobody handles" in page
    assert page.count('name="ids"') == 3
    assert administrator.post(f"{ADDRESS}?state=dead", {"one": first, "ids": [second]}).url == f"{ADDRESS}?state=dead"
    assert [row.state for row in rows(meghri.schema_name)] == ["pending", "dead", "dead"]
    administrator.post(ADDRESS, {"ids": [second, third, "nonsense", "9" * 30]})
    assert {row.state for row in rows(meghri.schema_name)} == {"pending"}


def test_rows_of_another_community_are_neither_shown_nor_tried(meghri, goris, administrator):
    (theirs,) = give_up(goris, "a")
    assert 'name="ids"' not in administrator.get(ADDRESS).content.decode()
    administrator.post(ADDRESS, {"one": theirs})
    assert rows(goris.schema_name)[0].state == "dead"


def test_the_list_names_the_case_and_asks_the_same_number_of_questions_however_long_it_is(
    meghri, administrator, submitted, django_assert_max_num_queries
):
    relay(meghri.schema_name)
    page = administrator.get(f"{ADDRESS}?state=sent&kind=mail").content.decode()
    assert submitted.case.number in page
    with register():
        (row,) = Outbox.objects.filter(schema=meghri.schema_name)
        for number in range(60):
            row.pk, row.dedupe_key = None, f"copy {number}"
            row.save(force_insert=True)
    with django_assert_max_num_queries(20):
        assert "p=2" in administrator.get(f"{ADDRESS}?state=sent").content.decode()
    assert administrator.get(f"{ADDRESS}?state=sent&p=2&kind=nonsense&reason=x").status_code == 200


def test_an_officer_has_no_such_screen(meghri, staff_of, signed_in):
    officer = signed_in(meghri, staff_of(meghri, groups=[OFFICERS]))
    give_up(meghri, "a")
    assert officer.get(ADDRESS).status_code in (302, 403)
    officer.post(ADDRESS, {"one": rows(meghri.schema_name)[0].pk})
    assert rows(meghri.schema_name)[0].state == "dead"
