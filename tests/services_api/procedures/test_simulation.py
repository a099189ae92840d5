"""What a version does is tried before it is published, and the examples kept with it are tried at each publishing."""

from __future__ import annotations

import copy
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from services_api.procedures import seeds
from services_api.procedures.differences import content_of
from services_api.procedures.models import Procedure
from services_api.procedures.services import draft_version, publish
from services_api.procedures.simulation import check_examples, simulate
from services_api.workdays.public import YEREVAN

PERMIT = next(each for each in seeds.packages() if each["procedure"]["code"] == "building-permit")
RISKY = next(each for each in PERMIT["examples"] if each["code"] == "high_risk")


def test_given_these_answers_these_pages_are_shown_and_this_is_missing():
    found = simulate(PERMIT["form"], RISKY["answers"], language="hy")
    assert [each.title for each in found.pages][:3] == ["Դիմողը", "Օբյեկտը", "Շինարարության մասնակիցները"]
    assert "builder" in {each.code for page in found.pages for each in page.questions}
    assert {each.code for each in found.hidden} == {"organisation", "post"}
    assert not found.is_valid and found.errors[0].field == "builder.name"


def test_the_term_is_the_one_that_an_applicant_would_be_promised(meghri, as_tenant):
    as_tenant(meghri)
    sunday = datetime(2026, 11, 22, 20, 0, tzinfo=YEREVAN)
    found = simulate(PERMIT["form"], RISKY["answers"], clock=PERMIT["clock"][0], at=sunday)
    assert found.registered_at == datetime(2026, 11, 23, 9, 0, tzinfo=YEREVAN)
    assert found.due_at == datetime(2026, 12, 23, 18, 0, tzinfo=YEREVAN)


def test_an_example_that_breaks_keeps_a_version_from_being_published(meghri, as_tenant):
    """A clerk takes the condition off the contractor: the example says so, and nothing is published."""
    as_tenant(meghri)
    procedure = Procedure.objects.get(code="building-permit")
    changed = copy.deepcopy(content_of(procedure.versions.get()))
    del changed["form"]["properties"]["builder"]["x-show-if"]
    draft = draft_version(procedure, valid_from=date(2027, 1, 1), examples=PERMIT["examples"], **changed)
    with pytest.raises(ValidationError) as refusal:
        publish(draft)
    told = refusal.value.message_dict["examples"]
    assert "examples.low_risk.not_asked: builder is asked" in told
    draft.form = content_of(procedure.versions.get(number=1))["form"]
    draft.save()
    assert publish(draft).number == 2


def test_examples_mean_the_same_in_every_community(goris, as_tenant):
    """They name a settlement of Meghri; Goris publishes them all the same."""
    as_tenant(goris)
    assert check_examples(PERMIT["form"], PERMIT["examples"]) == []


@pytest.mark.parametrize(
    "examples",
    [
        {},
        [{"code": "x"}],
        [{"code": "x", "name": {"hy": "x"}, "answers": {}, "expect": {"sure": True}}],
        [{"code": "x", "name": {"hy": "x"}, "answers": [], "expect": {"valid": True}}],
    ],
)
def test_examples_that_say_nothing_are_refused(examples):
    assert check_examples(PERMIT["form"], examples)
