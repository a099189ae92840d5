"""A community whose registers are filled."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cms.authoring import people, records
from cms.records.models import (
    Auction,
    Mandate,
    Organisation,
    Procurement,
    Programme,
    Property,
    Report,
    SettlementCard,
    Vacancy,
    Video,
)


def three(hy: str, en: str = "", ru: str = "") -> dict[str, str]:
    return {"hy": hy, "en": en, "ru": ru}


@pytest.fixture
def filled(meghri, as_tenant):
    """Meghri with something in every register, in three languages, and something in Armenian only."""
    as_tenant(meghri)
    fill()
    return meghri


def fill() -> None:
    since = date(2025, 11, 1)
    people.set_seats(15)
    council = people.body("council")
    faction = people.add_body(
        "faction", three("«Արաքս» խմբակցություն", "Araks faction", "Фракция «Аракс»"), parent=council
    )
    commission = people.add_body("commission", three("Բյուջեի հանձնաժողով", "Budget commission", "Комиссия по бюджету"))
    people.add_member(
        three("Արմեն Սահակյան", "Armen Sahakyan", "Армен Саакян"),
        since,
        faction=faction,
        leads=True,
        phone="0286 43 536",
    )
    people.add_member(
        three("Նարինե Հովսեփյան", "Narine Hovsepyan"), since, commission=commission, email="n@meghri.example"
    )
    people.add_member(three("Գայանե Առաքելյան"), date(2021, 10, 1), until=date(2025, 10, 31))
    head = people.add_person(
        three("Բագրատ Օրինակյան", "Bagrat Orinakyan", "Баграт Оринакян"),
        text=three("Ծնվել է Մեղրիում։", "Born in Meghri.", "Родился в Мегри."),
        reception=three("Երեքշաբթի, 10:00–12:00", "Tuesday, 10:00–12:00", "Вторник, 10:00–12:00"),
        birth_year=1975,
    )
    people.appoint(head, people.body("head"), "head", since, basis="Ավագանու որոշում N 1-Ա")
    unit = people.add_body(
        "unit", three("Ֆինանսական բաժին", "Finance department", "Финансовый отдел"), parent=people.body("staff")
    )
    clerk = people.add_person(
        three("Լուսինե Մկրտչյան", "Lusine Mkrtchyan", "Лусине Мкртчян"),
        education=three(
            "Երևանի պետական համալսարան", "Yerevan State University", "Ереванский государственный университет"
        ),
        profession=three("տնտեսագետ", "economist", "экономист"),
        phone="0286 43 537",
        email="finance@meghri.example",
    )
    people.appoint(clerk, unit, "unit_head", since)
    village = SettlementCard.objects.filter(is_town=False).first()
    assert village is not None
    local = people.add_person(three("Վահե Լիճքյան", "Vahe Lichkyan", "Ваге Личкян"))
    people.appoint(local, people.body("staff"), Mandate.Post.ADMINISTRATIVE_HEAD, since, settlement=village)
    records.add(
        Organisation,
        three("Մեղրու թիվ 1 մանկապարտեզ", "Meghri kindergarten No 1", "Детский сад № 1 Мегри"),
        kind="kindergarten", settlement=village, phone="=cmd|' /C calc'!A0",
    )  # fmt: skip
    records.add(Organisation, three("Մեղրու արվեստի դպրոց"), kind="culture")
    records.add(
        Programme, three("Հնգամյա ծրագիր", "Five-year programme"), kind="development", first_year=2023, last_year=2027
    )
    records.add(Report, three("Տարեկան հաշվետվություն", "Annual report"), kind="annual", year=2025)
    records.add(
        Procurement, three("Ճանապարհի վերանորոգում", "Repair of a road"), stage="contract", amount=12_345_678,
        code="ՍՄՄՀ-ԳՀԱՇՁԲ-26/04", date=date(2026, 3, 2),
    )  # fmt: skip
    records.add(Procurement, three("Գրենական պիտույքներ"), stage="notice", date=date(2025, 3, 2))
    building = records.add(
        Property, three("Նախկին մանկապարտեզ", "Former kindergarten"), settlement=village, area="412.50"
    )
    now = timezone.now()
    records.add(
        Auction, three("Շենքի օտարում", "Sale of a building"), property=building, starting_price=5_000_000,
        deadline=now + timedelta(days=3),
    )  # fmt: skip
    records.add(
        Auction, three("Հողամասի վարձակալություն", "Lease of land"), kind="lease",
        deadline=timezone.make_aware(datetime(2026, 2, 1, 18)), result=three("Վարձակալված է", "Leased"),
    )  # fmt: skip
    records.add(Vacancy, three("Առաջատար մասնագետ", "Leading specialist"), unit=unit, deadline=now + timedelta(days=10))
    records.add(Video, three("Ավագանու նիստ", "Session of the council"), link="https://www.youtube.com/watch?v=1")
    budget()


def budget(year: int = 2026):
    """A budget with an amendment and two reported quarters; one line has no English name."""
    property_tax = three("Գույքահարկ", "Property tax", "Налог на имущество")
    subsidy = three("Դոտացիա", "Subsidy", "Дотация")
    kindergartens = three("Մանկապարտեզներ", "Kindergartens", "Детские сады")
    made = records.set_budget(
        year,
        three(f"{year} թվականի բյուջե", f"Budget of {year}", f"Бюджет {year} года"),
        number="112-Ն",
        decided_on=date(year - 1, 12, 20),
        lines=[
            ("income", "taxes", "1131", property_tax, 90_000_000, None, (20_000_000, 45_000_000)),
            ("income", "grants", "1251", subsidy, 300_000_000, 320_000_000, (75_000_000, 160_000_000)),
            ("expense", "09", "4511", kindergartens, 150_000_000, None, (30_000_000, 70_000_000)),
            ("expense", "04", "5112", three("Ճանապարհներ"), 200_000_000, 260_000_000, (10_000_000, 90_000_000)),
        ],
    )
    records.add_budget_document(
        made, "amendment", three("Բյուջեի փոփոխություն", "Amendment"), date(year, 6, 1), number="44-Ն"
    )
    return made
