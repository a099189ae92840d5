"""The duties as data: one vocabulary, loaded into the register, edited by the ministry, kept by a release."""

from __future__ import annotations

import pytest
from django.db import Error, transaction

from cms.disclosure import catalogue, vocabulary
from cms.disclosure.models import PublicationDuty
from cms.seeds.tree import translation_key
from tenants.context import register, tenant


def test_every_duty_says_in_three_languages_what_it_wants_and_by_which_law():
    for duty in vocabulary.duties():
        for language in vocabulary.LANGUAGES:
            assert duty.title[language] and duty.explanation[language] and duty.legal_basis[language], duty.code
        assert duty.evidence.pages, duty.code
    assert vocabulary.duty("agenda").legal_basis["hy"] == "«Տեղական ինքնակառավարման մասին» օրենք, հոդված 15, մաս 1"
    assert len(vocabulary.duties()) >= 26


def test_a_seeded_page_knows_its_duties_and_any_other_page_has_none():
    assert vocabulary.codes_of_page(translation_key("information")) == ("foi-officer", "foi-statistics")
    assert vocabulary.codes_of_page(translation_key("news")) == ()
    assert vocabulary.codes_of_register("budget") == ("budget", "budget-execution")


def test_the_register_holds_the_duties_of_the_release(db):
    with register():
        assert set(PublicationDuty.objects.values_list("code", flat=True)) == {
            each.code for each in vocabulary.duties()
        }
        budget = PublicationDuty.objects.get(code="budget")
        assert (budget.freshness, budget.freshness_unit, budget.register) == (13, "months", "budget")


def test_a_release_changes_what_nobody_has_edited_and_keeps_what_the_ministry_has(db, monkeypatch):
    with register():
        PublicationDuty.objects.filter(code="broadcast").update(min_population=5000)
        newer = [
            vocabulary.Duty(**{**_fields(each), "grace_days": each.grace_days + 1}) for each in vocabulary.duties()
        ]
        monkeypatch.setattr(catalogue, "duties", lambda: tuple(newer))
        line = catalogue.load()
        edited, untouched = (PublicationDuty.objects.get(code=code) for code in ("broadcast", "budget"))
    assert (edited.min_population, edited.grace_days) == (5000, 30)
    assert untouched.grace_days == 31
    assert "1 kept" in line


def test_a_community_reads_the_duties_and_cannot_change_them(meghri):
    with tenant(meghri):
        assert PublicationDuty.objects.count() >= 26
        with pytest.raises(Error), transaction.atomic():
            PublicationDuty.objects.update(severity="low")


def _fields(duty: vocabulary.Duty) -> dict:
    return {name: getattr(duty, name) for name in duty.__dataclass_fields__}
