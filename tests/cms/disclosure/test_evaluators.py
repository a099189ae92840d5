"""Each evaluator: given what is published, when it looks, then it says what it sees."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from cms import authoring
from cms.disclosure import evaluators, messages
from cms.disclosure.models import PublicationDuty
from cms.records import models as records
from tenants.context import tenant

NOON = "2026-11-25 12:00 +0400"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def says(verdict_of):
    """`says("rates") == ("fail", "starter")`."""

    def look(code: str):
        standing = verdict_of(code)
        return standing.verdict, standing.message

    return look


def test_every_shipped_duty_has_a_check_that_knows_its_options(db):
    for duty in PublicationDuty.objects.all():
        evaluators.check_options(duty)


@pytest.mark.parametrize(
    "change",
    [{"evaluator": "guess"}, {"register": "cars"}, {"options": {"minimun": 3}}, {"options": {"or_page": "yes"}}],
)
def test_options_that_nobody_understands_are_refused(db, change):
    duty = PublicationDuty.objects.get(code="vacancies")
    for name, value in change.items():
        setattr(duty, name, value)
    with pytest.raises(ValidationError):
        evaluators.check_options(duty)


def test_page_a_starter_text_that_is_only_republished_keeps_nothing(meghri, says):
    """The press officer opens the seeded page and publishes it as it is."""
    from wagtail.models import Page

    from cms.seeds.tree import translation_key

    with tenant(meghri):
        page = Page.objects.get(translation_key=translation_key("information"), locale__language_code="hy").specific
        page.save_revision().publish()
    assert says("foi-officer") == ("fail", "starter")


def test_page_the_accessibility_statement_counts_once_a_person_has_published_it(meghri, says):
    from wagtail.models import Page

    from cms.seeds.tree import translation_key

    assert says("accessibility") == ("fail", "starter")
    with tenant(meghri):
        page = Page.objects.get(translation_key=translation_key("accessibility"), locale__language_code="hy").specific
        page.save_revision().publish()
    assert says("accessibility") == ("pass", "fresh")


def test_page_has_to_say_what_the_duty_asks_for(meghri, publish, says):
    with tenant(meghri):
        publish("information")
    assert says("foi-officer") == ("fail", "off_topic")
    with tenant(meghri):
        publish("information", "Տեղեկատվության ազատության պատասխանատուն Անահիտ Օրինակյանն է, սենյակ 12։")
    assert says("foi-officer") == ("pass", "fresh")


def test_page_a_few_words_are_no_publication(meghri, publish, says):
    with tenant(meghri):
        publish("vacancies", "Շուտով։")
    assert says("vacancies")[0] == "fail"


def test_records_published_ones_count_drafts_do_not(meghri, says):
    with tenant(meghri):
        records.Organisation.objects.create(title_hy="Թիվ 1 մանկապարտեզ", kind="kindergarten")
    assert says("organisations") == ("fail", "no_records")
    with tenant(meghri):
        records.Organisation.objects.create(title_hy="Թիվ 2 մանկապարտեզ", kind="kindergarten", is_published=True)
    assert says("organisations") == ("pass", "there")


def test_records_of_the_wanted_kind_only(meghri, says):
    with tenant(meghri):
        records.Report.objects.create(title_hy="Աուդիտ", kind="audit", year=2025, is_published=True)
    assert says("annual-report") == ("fail", "no_records")
    with tenant(meghri):
        records.Report.objects.create(
            title_hy="2025 թվականի հաշվետվություն", kind="annual", year=2025, is_published=True, date=date(2026, 3, 1)
        )
    assert says("annual-report") == ("pass", "fresh")


def test_people_head_and_council_have_to_be_in_office_today(meghri, says):
    with tenant(meghri):
        bodies = {
            kind: records.Body.objects.filter(kind=kind).first()
            or records.Body.objects.create(title_hy=kind, kind=kind, is_published=True)
            for kind in ("head", "council")
        }
        records.Body.objects.filter(pk__in=[body.pk for body in bodies.values()]).update(is_published=True)
        for body in bodies.values():
            body.refresh_from_db()
        head = records.Person(title_hy="Արմեն Օրինակյան", is_published=True)
        head.mandates = [records.Mandate(body=bodies["head"], post="head", starts_on=date(2022, 1, 1))]
        head.save()
    assert says("head-and-council") == ("fail", "lacks")
    with tenant(meghri):
        member = records.Person(title_hy="Լիլիթ Օրինակյան", is_published=True)
        member.mandates = [records.Mandate(body=bodies["council"], post="member", starts_on=date(2022, 1, 1))]
        member.save()
    assert says("head-and-council") == ("pass", "there")
    with tenant(meghri):
        records.Mandate.objects.filter(person=member).update(ends_on=date(2026, 11, 24))
    assert says("head-and-council") == ("fail", "lacks")


def test_budget_is_this_years_and_adopted(meghri, says, verdict_of):
    def add(year: int, **values) -> records.BudgetYear:
        budget = records.BudgetYear(title_hy=f"{year} թ. բյուջե", year=year, is_published=True, **values)
        budget.save()
        return budget

    adopted = {"status": "adopted", "decision_number": "112-Ն", "decision_date": date(2025, 12, 20)}
    with tenant(meghri):
        add(2026)
    assert says("budget") == ("fail", "no_budget")
    with tenant(meghri):
        records.BudgetYear.objects.update(**adopted)
    assert says("budget") == ("pass", "fresh")
    assert verdict_of("budget", today=date(2027, 1, 10)).verdict == "tolerated"
    late = verdict_of("budget", today=date(2027, 2, 1))
    assert (late.verdict, late.message) == ("fail", "stale")


def test_budget_execution_is_measured_from_the_end_of_the_reported_quarter(meghri, says, verdict_of):
    with tenant(meghri):
        budget = records.BudgetYear.objects.create(title_hy="2026 թ. բյուջե", year=2026, is_published=True)
        line = records.BudgetLine.objects.create(
            budget=budget, side="income", group="taxes", title_hy="Հարկեր", adopted=100
        )
    assert says("budget-execution") == ("fail", "no_execution")
    with tenant(meghri):
        records.BudgetExecution.objects.create(line=line, quarter=3, amount=70)
    assert says("budget-execution") == ("pass", "fresh")
    assert verdict_of("budget-execution", today=date(2027, 3, 15)).verdict == "tolerated"
    assert verdict_of("budget-execution", today=date(2027, 5, 1)).verdict == "fail"


def test_profile_names_what_is_missing_in_three_languages(meghri, verdict_of):
    with tenant(meghri):
        authoring.set_profile(
            accent="#0b5a82", phone="0286 43 536", email="meghri@example.am", addresses={"hy": "Զորավար Անդրանիկի 2"},
            hours=[(0, 4, "09:00", "18:00", "", "")],
        )  # fmt: skip
    standing = verdict_of("reception")
    assert (standing.verdict, standing.params) == ("fail", {"parts": ["people"]})
    for language, words in (("hy", "Պակասում է՝"), ("en", "Missing:"), ("ru", "Не хватает:")):
        with translation.override(language):
            assert standing.said.startswith(words)
    with tenant(meghri):
        authoring.set_reception("hy", [{"name": "Անահիտ Օրինակյան", "post": "Քարտուղար", "hours_text": "Երկուշաբթի"}])
    assert verdict_of("reception").verdict == "pass"


def test_services_that_can_be_applied_for(says):
    assert says("services") == ("pass", "there")


def test_notices_a_text_with_the_agenda_on_the_page_will_do(meghri, publish, says):
    with tenant(meghri):
        from cms.disclosure.facts import Facts

        has_sessions = Facts(meghri, ["sessions"]).page("sessions") is not None
    assert says("agenda")[0] == "fail"
    if has_sessions:
        with tenant(meghri):
            publish("sessions", "Դեկտեմբերի 5-ի նիստի օրակարգի նախագիծը. վայրը՝ համայնքապետարան, ժամը՝ 16:00։")
        assert says("agenda") == ("pass", "fresh")


@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_every_sentence_can_be_read_in_three_languages(language):
    params = {
        "date": "2026-11-25", "due": "2026-12-25", "parts": ["head"], "count": 1, "needed": 2, "year": 2026,
        "number": 10_000, "order": "1-Ա", "status": 404, "names": "csp", "clicks": 2,
    }  # fmt: skip
    with translation.override(language):
        for code in messages.SENTENCES:
            assert "%(" not in messages.sentence(code, params)
        assert messages.sentence("of_a_later_release", {}) == "of_a_later_release"
