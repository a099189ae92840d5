"""The rules of public records hold in the database itself, whoever writes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.records import models
from cms.records.models import (
    Auction,
    Body,
    BudgetDocument,
    BudgetExecution,
    BudgetLine,
    BudgetYear,
    Mandate,
    Organisation,
    Person,
    Procurement,
    Programme,
    SettlementCard,
    Video,
)


@pytest.fixture(autouse=True)
def in_meghri(meghri, as_tenant):
    as_tenant(meghri)


@pytest.fixture
def council() -> Body:
    return Body.objects.filter(kind="council").first() or Body.objects.create(title_hy="Ավագանի", kind="council")


@pytest.fixture
def office() -> Body:
    return Body.objects.filter(kind="head").first() or Body.objects.create(title_hy="Ղեկավար", kind="head")


def person(name: str) -> Person:
    return Person.objects.create(title_hy=name)


def refused(create) -> bool:
    try:
        with transaction.atomic():
            create()
    except IntegrityError:
        return True
    return False


def test_a_term_does_not_end_before_it_begins(council):
    someone = person("Արմեն Սահակյան")
    terms = {"person": someone, "body": council, "starts_on": date(2025, 11, 1)}
    assert refused(lambda: Mandate.objects.create(**terms, ends_on=date(2025, 10, 1)))
    assert Mandate.objects.create(**terms, ends_on=date(2025, 11, 1)).pk


def test_the_community_has_one_head_at_a_time(office):
    first, second = person("Բագրատ Օրինակյան"), person("Աննա Օրինակյան")
    old = Mandate.objects.create(person=first, body=office, post="head", starts_on=date(2021, 10, 1))
    new = {"person": second, "body": office, "post": "head", "starts_on": date(2026, 11, 1)}
    assert refused(lambda: Mandate.objects.create(**new))
    with pytest.raises(ValidationError):
        Mandate(**new).full_clean()
    old.ends_on = date(2026, 10, 31)
    old.save()
    assert Mandate.objects.create(**new).holds(date(2026, 11, 25))
    assert [term.person for term in Mandate.objects.current(date(2026, 11, 25)).filter(post="head")] == [second]
    assert [term.person for term in Mandate.objects.former(date(2026, 11, 25)).filter(post="head")] == [first]


def test_a_settlement_has_one_administrative_head(office):
    card = SettlementCard.objects.first() or SettlementCard.objects.create(
        settlement_id=9_000_001, name_hy="Լիճք", title_hy="Լիճք"
    )
    terms = {"body": office, "post": "administrative_head", "starts_on": date(2025, 1, 1)}
    Mandate.objects.create(person=person("Վահե Լիճքյան"), settlement=card, **terms)
    assert refused(lambda: Mandate.objects.create(person=person("Դավիթ Լիճքյան"), settlement=card, **terms))
    assert refused(lambda: Mandate.objects.create(person=person("Գոռ Անվայրյան"), **terms))


def test_no_more_members_than_the_council_has_seats(council):
    council.seats = 1
    council.save()
    Mandate.objects.create(person=person("Նարինե Հովսեփյան"), body=council, starts_on=date(2025, 11, 1))
    second = Mandate(person=person("Տիգրան Գրիգորյան"), body=council, starts_on=date(2025, 11, 1))
    with pytest.raises(ValidationError):
        second.full_clean()
    second.ends_on = date(2025, 12, 1)
    second.full_clean()


def test_there_is_one_council_and_a_faction_belongs_to_it(council):
    assert refused(lambda: Body.objects.create(title_hy="Երկրորդ ավագանի", kind="council"))
    assert refused(lambda: Body.objects.create(title_hy="Առանց ավագանու", kind="faction"))
    assert Body.objects.create(title_hy="«Արաքս» խմբակցություն", kind="faction", parent=council).pk


def test_a_unit_is_no_part_of_itself(council):
    unit = Body.objects.create(title_hy="Բաժին", parent=council)
    council.parent = unit
    with pytest.raises(ValidationError):
        council.full_clean()


def test_money_is_never_negative_and_belongs_to_its_side():
    year = BudgetYear.objects.create(title_hy="2031 թվականի բյուջե", year=2031)
    line = {"budget": year, "title_hy": "Գույքահարկ", "side": "income", "group": "taxes"}
    assert refused(lambda: BudgetLine.objects.create(**line, adopted=-1))
    assert refused(lambda: BudgetLine.objects.create(**{**line, "group": "09"}, adopted=1))
    kept = BudgetLine.objects.create(**line, adopted=12_000_000)
    assert kept.plan == 12_000_000
    kept.revised = 9_007_199_254_740_993  # more than a float can count
    kept.save()
    kept.refresh_from_db()
    assert kept.plan == 9_007_199_254_740_993
    BudgetExecution.objects.create(line=kept, quarter=1, amount=1)
    assert refused(lambda: BudgetExecution.objects.create(line=kept, quarter=1, amount=2))
    assert refused(lambda: BudgetExecution.objects.create(line=kept, quarter=5, amount=2))
    assert refused(lambda: BudgetExecution.objects.create(line=kept, quarter=2, amount=-2))


def test_an_adopted_budget_names_its_decision():
    assert refused(lambda: BudgetYear.objects.create(title_hy="Բյուջե", year=2032, status="adopted"))
    assert refused(lambda: BudgetYear.objects.create(title_hy="Բյուջե", year=1066))
    budget = BudgetYear.objects.create(
        title_hy="Բյուջե", year=2032, status="adopted", decision_number="112-Ն", decision_date=date(2031, 12, 20)
    )
    report = {"title_hy": "Հաշվետվություն", "budget": budget, "kind": "quarterly"}
    assert refused(lambda: BudgetDocument.objects.create(**report))
    assert BudgetDocument.objects.create(**report, quarter=1).pk


def test_dates_of_dealings_are_in_order():
    now = timezone.now()
    sale = {"title_hy": "Հողամասի օտարում", "deadline": now}
    assert refused(lambda: Auction.objects.create(**sale, held_at=now - timedelta(days=1)))
    assert refused(lambda: Auction.objects.create(**sale, starting_price=-5))
    assert refused(lambda: Procurement.objects.create(title_hy="Գնում", amount=-5))
    assert refused(lambda: Programme.objects.create(title_hy="Ծրագիր", first_year=2027, last_year=2026))
    assert refused(lambda: Video.objects.create(title_hy="Նիստ"))
    assert Auction.objects.create(**sale, held_at=now + timedelta(days=1)).pk


def test_an_auction_is_open_until_its_deadline_or_its_result():
    now = timezone.make_aware(datetime(2026, 11, 25, 12))
    sale = Auction(title_hy="Օտարում", deadline=now + timedelta(hours=1))
    assert sale.is_open(now)
    assert not sale.is_open(now + timedelta(hours=2))
    sale.result_hy = "Չեղարկված"
    assert not sale.is_open(now)


def test_armenian_is_never_given_out_under_another_language():
    school = Organisation(title_hy="Մանկապարտեզ", title_en="Kindergarten", head_hy="Անահիտ Օրինակյան")
    assert school.text("title", "hy") == "Մանկապարտեզ"
    assert school.text("title", "ru") == "Kindergarten", "Latin letters before none"
    assert school.text("head", "en") == school.text("head", "ru") == ""


def test_a_record_gets_its_address_and_the_moment_of_its_publication():
    first = Organisation.objects.create(title_hy="Մանկապարտեզ", title_en="Kindergarten No 1")
    second = Organisation.objects.create(title_hy="Մանկապարտեզ", title_en="Kindergarten No 1")
    only_armenian = Organisation.objects.create(title_hy="Դպրոց")
    assert first.address == "kindergarten-no-1"
    assert second.address.startswith("kindergarten-no-1-") and second.address != first.address
    assert only_armenian.address == str(only_armenian.uuid)
    assert first.published_at is None
    first.is_published = True
    first.save(update_fields=["is_published"])
    first.refresh_from_db()
    moment = first.published_at
    assert moment is not None
    first.is_published = False
    first.save()
    first.is_published = True
    first.save()
    assert first.published_at == moment, "the first publication"


def test_every_record_is_named_and_none_is_without_a_title():
    for name in models.__all__:
        model = getattr(models, name)
        if not hasattr(model, "_meta") or model._meta.abstract:
            continue
        for field in model._meta.get_fields():
            if hasattr(field, "verbose_name") and not field.auto_created and not field.is_relation:
                assert str(field.verbose_name) != field.name.replace("_", " "), f"{name}.{field.name} has no label"
    assert refused(lambda: Organisation.objects.create(title_hy=""))
