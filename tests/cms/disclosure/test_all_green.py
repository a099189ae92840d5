"""Given a fresh community, when a press officer has published what each duty asks for, then everything is green."""

from __future__ import annotations

from datetime import date

import time_machine
from django.utils import timezone

from cms import authoring
from cms.disclosure.checking import check
from cms.disclosure.models import Standing, Verdict
from cms.disclosure.outer import look
from cms.records import models as records
from tenants.context import tenant

PAGES = {
    "council-rules": "",
    "decisions": "",
    "drafts": "",
    "head-decisions": "",
    "rates": "",
    "master-plan": "",
    "hearings": "",
    "auctions": "Այս պահին համայնքի գույքի աճուրդ կամ մրցույթ նախատեսված չէ։",
    "vacancies": "Այս պահին համայնքային ծառայության թափուր պաշտոն չկա։",
    "accessibility": "Կայքը համապատասխանում է մատչելիության պահանջներին. խնդիրների մասին գրեք մեզ։",
    "sessions": "Դեկտեմբերի 5-ի նիստի օրակարգի նախագիծը, նիստերի արձանագրությունները և ուղիղ հեռարձակումը։",
    "information": "Տեղեկատվության պատասխանատուն Անահիտ Օրինակյանն է։ Հարցումների վիճակագրությունը՝ 12, մերժում՝ 0։",
}


def publish_records() -> None:
    """What the registers of a small community hold."""
    on = {"is_published": True, "date": date(2026, 11, 2)}
    for kind, post in (("head", "head"), ("council", "member"), ("unit", "unit_head")):
        body = records.Body.objects.filter(kind=kind).first() or records.Body(kind=kind, title_hy=kind)
        body.is_published = True
        body.save()
        person = records.Person(title_hy=f"Օրինակյան {kind}", **on)
        person.mandates = [records.Mandate(body=body, post=post, starts_on=date(2024, 1, 1))]
        person.save()
    budget = records.BudgetYear.objects.create(
        title_hy="2026 թ. բյուջե", year=2026, status="adopted", decision_number="1-Ն",
        decision_date=date(2025, 12, 20), **on,
    )  # fmt: skip
    line = records.BudgetLine.objects.create(budget=budget, side="income", group="taxes", title_hy="Հարկ", adopted=1)
    records.BudgetExecution.objects.create(line=line, quarter=3, amount=1)
    records.Programme.objects.create(title_hy="Ծրագիր", kind="development", first_year=2026, last_year=2030, **on)
    records.Report.objects.create(title_hy="Հաշվետվություն", kind="annual", year=2025, **on)
    records.Property.objects.create(title_hy="Համայնքապետարանի շենք", **on)
    records.Procurement.objects.create(title_hy="Գնումների պլան", stage="plan", **on)
    records.Organisation.objects.create(title_hy="Մանկապարտեզ", kind="kindergarten", **on)


@time_machine.travel("2026-11-25 12:00 +0400")
def test_everything_can_become_green_and_turns_red_with_time(meghri, publish):
    with tenant(meghri):
        before = check(meghri)
        assert before.failing >= 20
        for key, text in PAGES.items():
            publish(key, *([text] if text else []))
        publish_records()
        authoring.set_profile(
            accent="#0b5a82", phone="0286 43 536", email="meghri@example.am", addresses={"hy": "Զորավար Անդրանիկի 2"},
            hours=[(0, 4, "09:00", "18:00", "", "")],
        )  # fmt: skip
        authoring.set_reception("hy", [{"post": "Քարտուղար", "name": "Անահիտ Օրինակյան", "hours_text": "Երկուշաբթի"}])
        check(meghri)
        outcome = look(meghri)
        red = dict(Standing.objects.filter(verdict=Verdict.FAIL).values_list("duty__code", "message"))
        assert not red
        assert outcome.met == outcome.applicable >= 25
        later = timezone.localdate().replace(year=2028)
        assert check(meghri, later).failing >= 15, "time alone turns green to red"
