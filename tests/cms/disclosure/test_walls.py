"""What was found out about a community is written by itself, and neither seen nor touched by another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from cms.disclosure.models import CheckResult, PublicationDuty, Score, Standing, Verdict, Waiver
from tenants.context import register, tenant

TODAY = date(2026, 11, 25)


def rows_of(community):
    """One unsaved row of each table that a community writes."""
    duty = PublicationDuty.objects.get(code="budget")
    said = {"community": community, "duty": duty, "verdict": Verdict.FAIL, "source": "inner", "message": "empty"}
    return [
        CheckResult(**said, day=TODAY, since=TODAY),
        Standing(**said, since=TODAY, checked_at=timezone.now()),
        Score(community=community, day=TODAY, met=1, tolerated=0, applicable=2),
    ]


@pytest.mark.parametrize("number", [0, 1, 2], ids=["result", "standing", "score"])
def test_a_community_writes_its_own_rows_and_no_other_ones(meghri, goris, number):
    with tenant(goris):
        own = rows_of(goris)[number]
        own.save()
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            rows_of(meghri)[number].save()
    with tenant(meghri):
        model = type(own)
        assert model.objects.count() == 0
        assert model.objects.filter(pk=own.pk).update(community=goris) == 0
    with register():
        assert model.objects.filter(community=goris).count() == 1


def test_history_is_not_deleted_by_a_community(goris):
    with tenant(goris):
        rows_of(goris)[0].save()
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            CheckResult.objects.all().delete()


def test_a_waiver_is_granted_by_the_ministry_and_seen_by_its_community_only(meghri, goris):
    with register():
        waiver = Waiver(
            community=goris,
            duty=PublicationDuty.objects.get(code="budget"),
            reason="Համակարգի տեղափոխում",
            order_number="45-Ա",
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=30),
            granted_by="Ա. Օրինակյան",
        )
        waiver.save()
    with tenant(goris):
        assert Waiver.objects.count() == 1
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            Waiver.objects.update(ends_on=TODAY + timedelta(days=3000))
    with tenant(meghri):
        assert Waiver.objects.count() == 0


def test_one_result_a_day_and_source(goris):
    with register():
        rows_of(goris)[0].save()
        with pytest.raises(Error, match="result_once_a_day"), transaction.atomic():
            rows_of(goris)[0].save()
