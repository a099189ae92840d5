"""Procedures of a new release reach communities that exist: plan first, own versions stay, twice does nothing."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from services_api.procedures import seeds, upgrades
from services_api.procedures.differences import content_of, differences
from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.public import published_version, version_by_id
from services_api.procedures.selectors import today
from services_api.procedures.services import draft_version, publish, withdraw
from tenants.context import tenant

CODE = "proposal"


@pytest.fixture
def newer():
    """The packages of a later release: one procedure changed, one is new."""
    packages = copy.deepcopy(seeds.packages())
    changed = next(each for each in packages if each["procedure"]["code"] == CODE)
    changed["clock"][0]["length"] = 2
    changed["form"]["properties"]["subject"]["maxLength"] = 200
    added = copy.deepcopy(changed)
    added["procedure"] |= {"code": "new-proposal", "position": 45}
    return [*packages, added]


def kinds(changes) -> dict[str, str]:
    return {each.code: each.kind for each in changes if each.kind != "same"}


def test_a_community_of_this_release_has_nothing_to_do(meghri, as_tenant):
    as_tenant(meghri)
    assert kinds(upgrades.plan()) == {}
    assert upgrades.apply() == []


def test_the_plan_names_every_difference_and_changes_nothing(meghri, as_tenant, newer):
    as_tenant(meghri)
    before = ProcedureVersion.objects.count()
    changes = upgrades.plan(newer)
    assert kinds(changes) == {CODE: "update", "new-proposal": "new"}
    update = next(each for each in changes if each.code == CODE)
    assert [str(each) for each in update.differences] == [
        "form.properties.subject.maxLength: 150 -> 200",
        "clock.answer.length: 1 -> 2",
    ]
    assert ProcedureVersion.objects.count() == before


def test_new_cases_follow_the_new_version_and_old_ones_theirs(meghri, as_tenant, newer):
    as_tenant(meghri)
    old = published_version(CODE)
    upgrades.apply(newer)
    new = published_version(CODE)
    assert (new.number, new.rule()["length"]) == (2, 2) and new.valid_from == today()
    assert version_by_id(old.id).rule()["length"] == 1
    assert published_version("new-proposal").number == 1
    assert upgrades.apply(newer) == []  # a second time does nothing


def test_what_a_community_made_its_own_stays(meghri, as_tenant, newer):
    """It shortened the term by a version of its own: the release does not take that away, it says so."""
    as_tenant(meghri)
    procedure = Procedure.objects.get(code=CODE)
    own = content_of(procedure.versions.get())
    own["clock"] = [{**own["clock"][0], "length": 10, "unit": "calendar_days"}]
    publish(draft_version(procedure, valid_from=today() - timedelta(days=1), **own))
    changes = upgrades.plan(newer)
    assert kinds(changes)[CODE] == "local"
    assert next(each for each in changes if each.code == CODE).differences
    upgrades.apply(newer)
    assert published_version(CODE).rule()["length"] == 10


def test_what_a_community_has_withdrawn_does_not_come_back(meghri, as_tenant, newer):
    as_tenant(meghri)
    withdraw(ProcedureVersion.objects.get(procedure__code=CODE))
    assert kinds(upgrades.plan(newer))[CODE] == "withdrawn"
    upgrades.apply(newer)
    assert published_version(CODE) is None


def test_one_procedure_may_be_chosen(meghri, as_tenant, newer):
    as_tenant(meghri)
    assert [each.code for each in upgrades.apply(newer, only=["new-proposal"])] == ["new-proposal"]
    assert published_version(CODE).number == 1


def test_all_communities_by_one_command(meghri, goris, newer, monkeypatch):
    monkeypatch.setattr(seeds, "packages", lambda: newer)
    told = StringIO()
    call_command("procedures", "plan", "--json", stdout=told)
    plan = {(each["community"], each["procedure"]): each["kind"] for each in json.loads(told.getvalue())}
    assert plan["meghri", CODE] == plan["goris", CODE] == "update"
    told = StringIO()
    call_command("procedures", "apply", "goris", "--diff", stdout=told)
    assert "clock.answer.length: 1 -> 2" in told.getvalue() and "meghri" not in told.getvalue()
    with tenant(goris):
        assert published_version(CODE).number == 2
    with tenant(meghri):
        assert published_version(CODE).number == 1


def test_the_own_version_of_the_first_day_is_not_overtaken_on_the_same_day(meghri, as_tenant, newer):
    """Two published versions cannot begin on one day: the new one begins on the next."""
    as_tenant(meghri)
    upgrades.apply(newer)
    again = copy.deepcopy(newer)
    next(each for each in again if each["procedure"]["code"] == CODE)["clock"][0]["length"] = 3
    upgrades.apply(again)
    last = ProcedureVersion.objects.filter(procedure__code=CODE).first()
    assert (last.number, last.valid_from) == (3, today() + timedelta(days=1))
    assert published_version(CODE).rule()["length"] == 2
    assert published_version(CODE, date.max - timedelta(days=1)).rule()["length"] == 3


def test_moved_questions_are_one_line_and_not_many():
    package = seeds.packages()[0]
    moved = copy.deepcopy(package)
    moved["workflow"]["states"].reverse()
    assert [each.path for each in differences(package, moved)] == ["workflow.states (order)"]
