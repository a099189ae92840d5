"""The catalogue of a community: versions in force, and that a published one never changes."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from services_api.procedures import public, seeds
from services_api.procedures.models import Procedure, ProcedureVersion, VersionIsImmutable
from services_api.procedures.services import draft_version, publish, withdraw

PARTS = ("form", "workflow", "clock", "texts")


@pytest.fixture
def community(meghri, as_tenant):
    return as_tenant(meghri)


def next_version(code="application-to-head", valid_from=date(2026, 6, 1), **changes):
    procedure = Procedure.objects.get(code=code)
    last = procedure.versions.first()
    return draft_version(procedure, valid_from=valid_from, **({part: getattr(last, part) for part in PARTS} | changes))


def test_a_new_community_offers_the_seeded_procedures(community):
    cards = public.published_procedures("hy")
    assert [each.code for each in cards][:3] == ["application-to-head", "information-request", "petition"]
    assert len(cards) == len(seeds.packages()) >= 25
    assert cards[0].name == "Դիմում համայնքի ղեկավարին"
    assert cards[0].apply_path == "/apply/application-to-head/"
    assert all(cards[0].card.values()) and cards[0].card["need"].startswith("<ul><li>")
    assert public.published_procedures("en")[1].name == "Information request"


def test_the_catalogue_costs_one_query(community, django_assert_num_queries):
    """One query however many there are (the first one of a connection also chooses the schema)."""
    public.published_procedures("hy")
    with django_assert_num_queries(1):
        public.published_procedures("ru")
    with django_assert_num_queries(1):
        public.published_version("information-request")


def test_what_a_case_is_opened_by(community):
    version = public.published_version("application-to-head")
    assert version.number == 1 and version.name("en") == "Application to the head of the community"
    assert version.rule()["length"] == 30
    assert version.workflow.initial == "submitted"
    assert len(version.next_steps("hy")) == 3
    assert public.version_by_id(version.id) == version
    assert public.published_version("no-such") is None
    form = public.build(version, "hy")
    settlements = form.field("settlement").choices
    assert len(settlements) == community.settlements.count() > 1
    assert "Մեղրի" in {each.value for each in settlements}


def test_seeding_again_changes_nothing(community):
    before = list(ProcedureVersion.objects.order_by("pk").values())
    seeds.seed()
    assert list(ProcedureVersion.objects.order_by("pk").values()) == before


def test_a_new_version_begins_on_its_day_and_old_cases_keep_theirs(community):
    first = public.published_version("application-to-head", date(2026, 5, 31))
    second = publish(next_version())
    assert public.published_version("application-to-head", date(2026, 5, 31)).number == 1
    assert public.published_version("application-to-head", date(2026, 6, 1)).number == second.number == 2
    assert public.version_by_id(first.id).number == 1


@time_machine.travel("2026-05-31T20:30:00Z")
def test_the_day_begins_in_yerevan(community):
    publish(next_version())
    assert public.published_version("application-to-head").number == 2


def test_a_draft_is_not_offered_and_a_withdrawn_version_is_no_longer(community):
    draft = next_version("information-request", date(2026, 1, 2))
    assert public.published_version("information-request").number == 1
    assert public.version_by_id(draft.pk) is None
    withdraw(ProcedureVersion.objects.get(procedure__code="information-request", number=1))
    assert public.published_version("information-request") is None
    assert "information-request" not in {each.code for each in public.published_procedures()}


def test_a_published_version_does_not_change(community):
    version = ProcedureVersion.objects.get(procedure__code="application-to-head")
    version.form = {**version.form, "x-title": {"hy": "Այլ"}}
    with pytest.raises(VersionIsImmutable):
        version.save()
    with pytest.raises(VersionIsImmutable):
        ProcedureVersion.objects.get(pk=version.pk).delete()
    with pytest.raises(VersionIsImmutable):
        publish(version)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedures_procedureversion SET form = '{}'",
        "UPDATE procedures_procedureversion SET state = 'draft', published_at = NULL",
        "UPDATE procedures_procedureversion SET valid_from = '2020-01-01'",
        "DELETE FROM procedures_procedureversion",
    ],
)
def test_postgresql_itself_refuses_to_change_it_in_a_cloned_schema(community, statement):
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.update(number=7)


def test_a_draft_may_be_changed_and_thrown_away(community):
    draft = next_version()
    draft.valid_from = date(2026, 7, 1)
    draft.save()
    draft.delete()
    assert next_version().number == 2


def test_two_versions_cannot_begin_on_one_day(community):
    publish(next_version(valid_from=date(2026, 6, 1)))
    with pytest.raises(ValidationError, match="հրապարակված"):
        publish(next_version(valid_from=date(2026, 6, 1)))


def test_what_cannot_be_used_cannot_be_saved(community):
    with pytest.raises(ValidationError) as refusal:
        next_version(form={"type": "object"}, clock=[{"code": "answer", "unit": "moons", "length": 1}])
    assert set(refusal.value.message_dict) == {"form", "clock"}
    assert "clock[0].unit" in refusal.value.message_dict["clock"][0]
