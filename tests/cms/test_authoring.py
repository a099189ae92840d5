"""Programs write a year of a community: twice is once, and the figures add up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum

from cms.authoring import year as authoring
from cms.records.models import BudgetLine, BudgetYear, Mandate, Person

YEAR = Path(settings.BASE_DIR) / "platform" / "console" / "demo" / "year"
COMMUNITIES = ("meghri", "tumanyan", "dilijan")


def rows(name: str) -> dict:
    return json.loads((YEAR / f"{name}.json").read_text(encoding="utf-8"))


def totals(year: int) -> dict[str, int]:
    lines = BudgetLine.objects.filter(budget__year=year).values("side").annotate(total=Sum("adopted"))
    return {row["side"]: row["total"] for row in lines}


@pytest.mark.parametrize("total", [486_000_000, 912_345_678, 1_000])
def test_both_sides_of_a_budget_add_up(meghri, as_tenant, total):
    as_tenant(meghri)
    shared = rows("budget")
    authoring.add_budget(2026, total, shared["lines"], "1-Ն", shared["quarters"][0][:3])
    authoring.add_budget(2026, total, shared["lines"], "1-Ն", shared["quarters"][0][:3])
    assert BudgetYear.objects.count() == 1
    assert totals(2026) == {"income": total, "expense": total}
    for line in BudgetLine.objects.prefetch_related("executions"):
        amounts = [execution.amount for execution in line.executions.all()]
        assert amounts == sorted(amounts) and amounts[-1] <= line.adopted, "what is executed grows and never exceeds"


@pytest.mark.parametrize("slug", COMMUNITIES)
def test_the_shares_of_the_budget_are_whole(slug):
    shared = rows("budget")
    for side in ("income", "expense"):
        assert sum(row[4] for row in shared["lines"] if row[0] == side) == authoring.SHARES
    assert rows(slug)["total"] > 0


@pytest.mark.parametrize("slug", COMMUNITIES)
def test_a_council_has_all_its_seats_and_one_head(meghri, as_tenant, slug):
    """The rows of all three communities are written into Meghri: settlements apart, they know no place."""
    as_tenant(meghri)
    year = rows(slug)
    people = [row for row in year["people"] if not row.get("settlement")]
    for _twice in range(2):
        authoring.add_government(year["bodies"], people, year["seats"])
    council = Mandate.objects.filter(body__kind="council").current()
    assert council.values("person").distinct().count() == year["seats"]
    assert Mandate.objects.current().filter(post="head").count() == 1
    assert Person.objects.count() == len(people)


@pytest.mark.parametrize("slug", COMMUNITIES)
def test_people_of_the_demonstration_are_marked_as_examples(slug):
    for row in rows(slug)["people"]:
        assert "Օրինակ է" in row["text"][0] and "example" in row["text"][1], row["name"]
