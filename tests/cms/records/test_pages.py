"""What residents see of the registers: lists, filters, details, other languages, the cache."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from cms.authoring import people, records
from cms.models import RegisterPage
from cms.page_cache import forget_pages
from cms.records.models import Auction, Organisation, Person, Procurement, Video
from cms.records.registers import registers
from tests.cms.records.conftest import fill, three

ARMENIAN = re.compile("[\u0531-\u0556\u0561-\u0587]")
PLACES = {
    "head": "/self-government/head/",
    "council": "/self-government/council/",
    "staff": "/self-government/staff/",
    "commissions": "/self-government/commissions/",
    "settlements": "/community/settlements/",
    "organisations": "/community/organisations/",
    "videos": "/community/videos/",
    "budget": "/open-government/budget/",
    "programmes": "/open-government/programmes/",
    "reports": "/open-government/reports/",
    "procurement": "/open-government/procurement/",
    "property": "/open-government/property/",
    "auctions": "/open-government/auctions/",
    "vacancies": "/open-government/vacancies/",
}

LANGUAGES = {"hy": "", "en": "/en", "ru": "/ru"}


def body_of(response) -> str:
    return unescape(response.content.decode())


def main_of(response) -> str:
    return body_of(response).split("<main", 1)[1].split("</main>", 1)[0]


def words_of(html: str) -> str:
    html = re.sub(r'<(\w+)[^>]* lang="hy"[^>]*>.*?</\1>', " ", html, flags=re.S)
    return re.sub(r"<[^>]+>", " ", html)


def details_of(html: str, place: str) -> list[str]:
    return sorted(set(re.findall(rf'href="((?:/en|/ru)?{place}[a-z0-9-]+/)"', html)))


@pytest.mark.parametrize("prefix", LANGUAGES.values(), ids=LANGUAGES)
def test_an_empty_register_says_what_will_stand_there(meghri, client_for, prefix):
    for place in PLACES.values():
        response = client_for(meghri).get(prefix + place)
        assert response.status_code == 200, place
        if "settlements" not in place:  # the cards of the settlements are there from the first second
            assert 'class="empty"' in body_of(response), place


@pytest.mark.parametrize("prefix", LANGUAGES.values(), ids=LANGUAGES)
def test_every_register_and_what_it_links_to_answers_in_every_language(filled, client_for, prefix):
    client = client_for(filled)
    for place in PLACES.values():
        answers = {prefix + place: client.get(prefix + place)}
        answers |= {address: client.get(address) for address in details_of(body_of(answers[prefix + place]), place)}
        for address, response in answers.items():
            assert response.status_code == 200, address
            html = main_of(response)
            assert html.count("<h1") == 1, address
            if prefix:
                assert not ARMENIAN.search(words_of(html)), f"Armenian under another language: {address}"


def test_the_council_stands_by_factions(filled, client_for):
    html = main_of(client_for(filled).get(PLACES["council"])).replace("\u00ad", "")
    assert html.index("«Արաքս» խմբակցություն") < html.index("Արմեն Սահակյան") < html.index("Խմբակցություններից դուրս")
    assert "Բյուջեի հանձնաժողով" in html.split("Նարինե Հովսեփյան")[1][:400]
    assert "2՝ 15 տեղից" in html
    assert "Նախկինում պաշտոնավարած" in html and "Գայանե Առաքելյան" in html.split("Նախկինում պաշտոնավարած")[1]


def test_the_staff_stands_with_what_the_law_asks_for(filled, client_for):
    html = main_of(client_for(filled).get(PLACES["staff"]))
    unit = html.split("Ֆինանսական բաժին</h3>")[1]
    for asked in (
        "Լուսինե Մկրտչյան",
        "Երևանի պետական համալսարան",
        "տնտեսագետ",
        "0286 43 537",
        "finance@meghri.example",
    ):
        assert asked in unit


def test_the_budget_is_read_without_the_table(filled, client_for):
    html = main_of(client_for(filled).get(PLACES["budget"]))
    assert "410,0 մլն ֏" in html, "income by the revised plan"
    assert "<svg" in html and "Առաջին կիսամյակ" in html
    assert "+60\u00a0000\u00a0000\u00a0֏" in html, "what the amendments changed"
    assert "44-Ն</span>" in html
    assert client_for(filled).get(PLACES["budget"] + "2026/").status_code == 200
    assert client_for(filled).get(PLACES["budget"] + "2025/").status_code == 404


def test_filters_are_links_and_a_form(filled, client_for):
    client = client_for(filled)
    html = main_of(client.get(PLACES["procurement"]))
    assert "Ճանապարհի վերանորոգում" in html and "Գրենական պիտույքներ" in html
    assert 'href="?year=2025"' in html and '<form class="search"' in html
    narrowed = main_of(client.get(PLACES["procurement"] + "?year=2025"))
    assert "Ճանապարհի վերանորոգում" not in narrowed and "Գրենական պիտույքներ" in narrowed
    both = main_of(client.get(PLACES["procurement"] + "?year=2025&stage=contract"))
    assert 'class="empty"' in both
    found = main_of(client.get(PLACES["procurement"] + "?q=ճանապարհի"))
    assert "Ճանապարհի վերանորոգում" in found and "Գրենական պիտույքներ" not in found


def test_a_strange_address_harms_nobody(filled, client_for):
    for query in ("year=abc", "stage=nothing", "place=x", "p=999", "sort=zzz", "year=0", "q=%00"):
        assert client_for(filled).get(PLACES["procurement"] + "?" + query).status_code == 200, query
        assert client_for(filled).get(PLACES["organisations"] + "?" + query).status_code == 200, query


def test_an_auction_says_in_words_how_long_it_is_open(filled, client_for):
    html = main_of(client_for(filled).get(PLACES["auctions"]))
    assert html.index("Շենքի օտարում") < html.index("Հողամասի վարձակալություն"), "open ones first"
    assert "Բաց է, մնացել է 3 օր" in html
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        later = main_of(client_for(filled).get(PLACES["auctions"]))
    assert "մնացել է" not in later, "the kept page does not outlive the deadline"


def test_a_video_asks_nothing_of_another_site(filled, client_for):
    video = Video.objects.get()
    html = body_of(client_for(filled).get(f"{PLACES['videos']}{video.address}/"))
    assert "<iframe" not in html and '<script src="http' not in html
    assert 'href="https://www.youtube.com/watch?v=1"' in html and "youtube.com" in html


def test_a_record_in_armenian_only_is_told_so_in_english(filled, client_for):
    school = Organisation.objects.get(title_hy="Մեղրու արվեստի դպրոց")
    response = client_for(filled).get(f"/en{PLACES['organisations']}{school.address}/")
    assert response.status_code == 404
    assert f'href="{PLACES["organisations"]}{school.address}/"' in body_of(response)
    assert "1 record exists in Armenian only" in body_of(client_for(filled).get(f"/en{PLACES['organisations']}"))


def test_a_draft_is_seen_nowhere(filled, client_for):
    records.add(Organisation, three("Գաղտնի դպրոց", "Secret school"), published=False)
    client = client_for(filled)
    for place in ("", "rows.csv", "rows.json", "feed.rss"):
        assert "Գաղտնի" not in body_of(client.get(PLACES["organisations"] + place))
    assert client.get(f"{PLACES['organisations']}secret-school/").status_code == 404


def test_old_and_long_addresses_lead_to_the_short_one(filled, client_for):
    nursery = Organisation.objects.get(kind="kindergarten")
    response = client_for(filled).get(f"{PLACES['organisations']}{nursery.uuid}/")
    assert response.status_code == 302
    assert response["Location"].endswith(f"{PLACES['organisations']}meghri-kindergarten-no-1/")
    assert registers["organisations"].record_url(nursery, "hy").endswith("/meghri-kindergarten-no-1/")


def test_publishing_is_seen_at_once_and_filtered_pages_are_kept(filled, client_for, django_capture_on_commit_callbacks):
    client, address = client_for(filled), PLACES["procurement"] + "?year=2026"
    assert client.get(address)["X-Page-Cache"] == "miss"
    assert client.get(address)["X-Page-Cache"] == "hit"
    assert "X-Page-Cache" not in client.get(PLACES["procurement"] + "?year=1812"), "unknown values take no place"
    assert "X-Page-Cache" not in client.get(PLACES["procurement"] + "?q=a")
    with django_capture_on_commit_callbacks(execute=True):
        records.add(Procurement, three("Նոր գնում"), date=date(2026, 11, 1))
    response = client.get(address)
    assert response["X-Page-Cache"] == "miss" and "Նոր գնում" in body_of(response)


def test_queries_do_not_grow_with_rows(filled, client_for, django_assert_max_num_queries):
    client = client_for(filled)

    def queries(place: str) -> int:
        forget_pages()
        client.get("/")  # the frame of the page is computed once for each change
        with django_assert_max_num_queries(25) as captured:
            assert client.get(PLACES[place]).status_code == 200
        return len(captured)

    asked = ("organisations", "procurement", "council", "staff", "videos", "property", "budget")
    for place in asked:
        client.get(PLACES[place])
    few = {place: queries(place) for place in asked}
    grow(45)
    many = {place: queries(place) for place in asked}
    assert all(many[place] <= few[place] for place in asked), (few, many)


def grow(number: int) -> None:
    faction = people.Body.objects.get(kind="faction")
    people.set_seats(100)
    unit = people.Body.objects.get(title_hy="Ֆինանսական բաժին")
    for count in range(number):
        since = date(2025, 11, 1)
        records.add(Organisation, three(f"Դպրոց {count}", f"School {count}"), kind="school")
        records.add(Procurement, three(f"Գնում {count}"), date=since)
        records.add(records_model("Property"), three(f"Գույք {count}"))
        records.add(Video, three(f"Տեսանյութ {count}"), link="https://video.example/", date=since)
        person = people.add_person(three(f"Անուն Ազգանուն{count}", f"Name Surname{count}"))
        people.appoint(person, people.body("council"), "member", since)
        people.appoint(person, faction, "member", since)
        people.appoint(person, unit, "staff", since)


def records_model(name: str):
    from cms.records import models

    return getattr(models, name)


@pytest.mark.parametrize("language", ["hy", "en"])
def test_details_stay_within_the_budget_of_queries(filled, client_for, language, django_assert_max_num_queries):
    client = client_for(filled)
    client.get("/")
    for register in registers.values():
        record = register.rows().exclude(**{f"title_{language}": ""}).first()
        address = register.record_url(record, language)
        assert address, register.code
        with django_assert_max_num_queries(25):
            assert client.get(address).status_code == 200


def test_a_person_is_found_on_the_page_of_each_body(filled, client_for):
    person = Person.objects.get(title_hy="Արմեն Սահակյան")
    html = main_of(client_for(filled).get(f"{PLACES['council']}{person.address}/"))
    assert "«Արաքս» խմբակցություն" in html and "0286 43 536" in html
    assert client_for(filled).get(f"{PLACES['staff']}{person.address}/").status_code == 404


def test_registers_know_their_newest_date_and_page(filled):
    procurement = registers["procurement"]
    assert procurement.newest_date() == date(2026, 3, 2)
    assert procurement.count() == 2 and procurement.published("en").count() == 1
    assert procurement.page_url("ru").endswith("/ru/open-government/procurement/")
    assert registers["people"].page_url("hy", "council").endswith(PLACES["council"])
    assert registers["people"].count("council") == 3


def test_a_community_gets_cards_of_its_settlements_once(meghri, as_tenant):
    from cms.records.models import SettlementCard
    from cms.records.provisioning import make_settlement_cards

    as_tenant(meghri)
    names = set(SettlementCard.objects.values_list("name_hy", flat=True))
    assert names == set(meghri.settlements.values_list("name_hy", flat=True)) and len(names) == 15
    SettlementCard.objects.filter(title_hy="Լիճք").update(text_hy="Գրված է մեր ձեռքով։", population=1)
    make_settlement_cards(meghri, print)
    assert SettlementCard.objects.count() == 15
    card = SettlementCard.objects.get(title_hy="Լիճք")
    assert card.text_hy == "Գրված է մեր ձեռքով։"
    assert card.population == meghri.settlements.get(name_hy="Լիճք").population


def test_the_part_of_a_page_is_of_its_register(meghri, as_tenant):
    from django.core.exceptions import ValidationError

    as_tenant(meghri)
    page = RegisterPage.objects.filter(register="budget").first()
    page.part = "council"
    with pytest.raises(ValidationError):
        page.clean()


def test_all_that_is_filled_can_be_filled_twice(filled):
    before = {code: register.model._default_manager.count() for code, register in registers.items()}
    fill()
    counts = {code: register.model._default_manager.count() for code, register in registers.items()}
    assert counts | {"auctions": 0, "vacancies": 0} == before | {"auctions": 0, "vacancies": 0}
    assert Auction.objects.count() == 2
