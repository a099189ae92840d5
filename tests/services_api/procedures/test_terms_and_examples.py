"""A clerk edits the terms of a draft and keeps examples of it: forecast, refusals, what is run again."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from services_api.procedures import seeds
from services_api.procedures.models import ProcedureVersion
from services_api.procedures.workspace.steps.terms import TermsEditor
from tenants.context import tenant
from tests.services_api.procedures.test_steps import given, sent

PERMIT = "/admin/procedures/building-permit/2/"
PACKAGES = {each["procedure"]["code"]: each for each in seeds.packages()}


@pytest.fixture
def clerk(meghri, staff_of, signed_in):
    client = signed_in(meghri, staff_of(meghri, groups=["Գործընթացների պատասխանատուներ"]))
    client.post("/admin/procedures/building-permit/1/act/", {"act": "draft"})
    return client


def draft(meghri) -> ProcedureVersion:
    with tenant(meghri):
        return ProcedureVersion.objects.get(procedure__code="building-permit", number=2)


def test_every_seeded_term_comes_back_through_the_rows_as_it_was():
    for code, package in PACKAGES.items():
        rows = TermsEditor(package["clock"])
        data = QueryDict(mutable=True)
        for form in (rows.forms.management_form, *rows.forms):
            for bound in form:
                data.setlist(bound.html_name, given(bound))
        typed = TermsEditor(package["clock"], data, tells=True)
        assert typed.forms.is_valid() and typed.clock == package["clock"], code


def test_a_term_is_added_with_a_forecast_and_a_wrong_one_is_refused_at_its_row(clerk, meghri):
    page = clerk.get(f"{PERMIT}terms/").content.decode()
    assert "Պատասխանել մինչև" in page or "Պատասխան" in page
    data = sent(page)
    added = clerk.post(f"{PERMIT}terms/", {**dict(data.lists()), "act": "add c"})
    data = sent(added.content.decode())
    row = f"c-{int(data['c-TOTAL_FORMS']) - 1}"
    data[f"{row}-label_hy"], data[f"{row}-length"], data[f"{row}-remind"] = "Երկար ժամկետ", "60", "many"
    refused = clerk.post(f"{PERMIT}terms/", {**dict(data.lists()), "act": "save"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "many" in page and "ստորակետերով" in page
    data[f"{row}-remind"], data[f"{row}-basis_hy"], data["valid_from"] = "10, 2", "Օրենք", "2027-01-01"
    drawn = clerk.post(f"{PERMIT}terms/", {**dict(data.lists()), "act": "draw"}).content.decode()
    assert "Երկար ժամկետ" in drawn and "<form" not in drawn
    assert clerk.post(f"{PERMIT}terms/", {**dict(data.lists()), "act": "save"}).status_code == 302
    version = draft(meghri)
    term = version.clock[-1]
    assert (term["code"], term["length"], term["remind"]) == ("yerkar_zhamket", 60, [10, 2])
    assert version.valid_from.isoformat() == "2027-01-01"


def test_an_example_is_kept_from_a_trial_changed_broken_told_and_removed(clerk, meghri):
    before = len(draft(meghri).examples)
    tried = clerk.get(f"{PERMIT}try/?q-risk=1").content.decode()
    assert "Պահել սա որպես օրինակ" in tried
    kept = clerk.post(f"{PERMIT}examples/", {"q-risk": "1", "name_hy": "Փոքր տուն"})
    assert kept.url == f"{PERMIT}examples/"
    example = draft(meghri).examples[-1]
    assert example["code"] == "pokr_tun" and example["answers"] == {"risk": "1"}
    assert "builder" in example["expect"]["not_asked"] and "valid" not in example["expect"]
    page = clerk.get(kept.url).content.decode()
    assert page.count("is-good") == before + 2 and "is-bad" not in page  # a row each, and the tab
    clerk.post(f"{PERMIT}examples/", {"q-risk": "4", "name_hy": "Մեծ տուն", "example": "pokr_tun"})
    changed = draft(meghri).examples[-1]
    assert (changed["code"], changed["name"]["hy"]) == ("pokr_tun", "Մեծ տուն") and len(
        draft(meghri).examples
    ) == before + 1
    with tenant(meghri):
        version = draft(meghri)
        version.examples[-1]["expect"] = {"not_asked": example["expect"]["not_asked"]}
        version.save()
    broken = clerk.get(kept.url).content.decode()
    assert "is-bad" in broken and "չպետք է հարցվի" in broken
    data = sent(clerk.get(f"{PERMIT}steps/").content.decode())
    told = clerk.post(f"{PERMIT}steps/", {**dict(data.lists()), "act": "save"}, follow=True).content.decode()
    assert "Չհամընկնող օրինակներ" in told
    assert clerk.post("/admin/procedures/building-permit/2/act/", {"act": "publish"}).url == PERMIT
    assert draft(meghri).state == "draft"
    clerk.post(f"{PERMIT}examples/", {"act": "remove", "example": "pokr_tun"})
    assert len(draft(meghri).examples) == before
    refused = clerk.post(f"{PERMIT}examples/", {"q-risk": "4", "name_hy": ""})
    assert refused.url == f"{PERMIT}try/?q-risk=4" and len(draft(meghri).examples) == before
