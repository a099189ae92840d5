"""A list of a register in the middle of a text and on the home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.authoring import records
from cms.blocks import RegisterBlock
from cms.models import ContentPage, RegisterPage
from cms.records.models import Auction, Report, Vacancy
from cms.records.shown.listed import choices
from tests.cms.conftest import home
from tests.cms.pages import examples
from tests.cms.records.conftest import three
from tests.cms.records.test_pages import main_of

VACANCIES = "/open-government/vacancies/"


def text_with(register: str, language: str = "hy", **values: object) -> ContentPage:
    block = {"register": register, "title": "", "number": 5, "only_open": False, **values}
    title = {"hy": "Էջ", "en": "A page", "ru": "Страница"}[language]
    return examples.publish(ContentPage, home(language), title, body=[("register", block)])


def test_whatever_is_offered_has_a_page_in_every_language(filled, client_for):
    offered = dict(choices())
    assert "vacancies" in offered and "people/council" in offered and "people" not in offered
    for name in offered:
        for language, prefix in (("hy", ""), ("en", "/en"), ("ru", "/ru")):
            page = text_with(name, language)
            html = main_of(client_for(filled).get(page.url))
            assert f'href="{prefix}/' in html.split('class="topic"')[1], (name, language)


def test_a_vacancy_is_read_and_leads_to_itself(filled, client_for):
    client = client_for(filled)
    html = main_of(client.get(text_with("vacancies").url))
    assert "<h2>Աշխատանք</h2>" in html, "an empty heading is the name of the register's page"
    assert "Առաջատար մասնագետ" in html and "մնացել է 10 օր" in html and "Ֆինանսական բաժին" in html
    assert f'href="{VACANCIES}"' in html and "Ամբողջ ցանկը՝ Աշխատանք" in html
    address = html.split(f'href="{VACANCIES}')[1].split('"')[0]
    assert client.get(f"{VACANCIES}{address}").status_code == 200


def test_the_newest_come_first_and_no_more_than_asked(filled, client_for):
    Report.objects.all().delete()
    for days, title in ((30, "Հին"), (1, "Նոր"), (10, "Միջին")):
        records.add(Report, three(title), kind="other", year=2026, date=timezone.localdate() - timedelta(days=days))
    html = main_of(client_for(filled).get(text_with("reports", number=2, title="Հաշվետվություններ").url))
    assert html.index("Նոր") < html.index("Միջին") and "Հին<" not in html


def test_what_has_ended_leaves_by_itself(filled, client_for):
    page = text_with("auctions", only_open=True)
    assert "Շենքի օտարում" in main_of(client_for(filled).get(page.url))
    assert "Հողամասի վարձակալություն" not in main_of(client_for(filled).get(page.url))
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=False):
        html = main_of(client_for(filled).get(page.url))
    assert "Շենքի օտարում" not in html, "the copy of the page was true until the deadline only"
    assert "Այստեղ կլինեն գույքի օտարման" in html, "an empty list says what will stand there"


def test_a_change_of_a_record_is_seen_at_once(filled, client_for, django_capture_on_commit_callbacks):
    page, client = text_with("vacancies"), client_for(filled)
    client.get(page.url)
    assert client.get(page.url)["X-Page-Cache"] == "hit"
    with django_capture_on_commit_callbacks(execute=True):
        post = Vacancy.objects.get(title_hy="Առաջատար մասնագետ")
        post.title_hy = "Գլխավոր մասնագետ"
        post.save()
    assert "Գլխավոր մասնագետ" in main_of(client.get(page.url))
    with django_capture_on_commit_callbacks(execute=True):
        Vacancy.objects.update(is_published=False)
        post.delete()
    assert "Գլխավոր մասնագետ" not in main_of(client.get(page.url))


def test_drafts_and_armenian_records_are_not_shown_in_english(filled, client_for):
    records.add(Vacancy, three("Վարորդ"), deadline=timezone.now() + timedelta(days=5))
    Vacancy.objects.create(title_hy="Սևագիր", title_en="Draft", deadline=timezone.now())
    html = main_of(client_for(filled).get(text_with("vacancies", "en").url))
    assert "Leading specialist" in html and "Վարորդ" not in html and "Draft" not in html


def test_without_a_page_of_the_register_nothing_leads_nowhere(filled, client_for):
    for page in RegisterPage.objects.filter(register="vacancies", locale__language_code="hy"):
        page.unpublish()
    html = main_of(client_for(filled).get(text_with("vacancies").url))
    assert "Առաջատար մասնագետ" in html and 'href=""' not in html and "Ամբողջ ցանկը" not in html


def test_a_register_that_is_gone_leaves_an_empty_place(filled, rf):
    block = RegisterBlock()
    value = block.to_python({"register": "horses", "title": "Ձիեր", "number": 5})
    assert "Ձիեր" in block.render(value, context={"request": rf.get("/"), "page": home()})


def test_the_home_page_shows_lists_that_are_not_empty(filled, client_for):
    page = home()
    page.lists = [
        ("register", {"register": "vacancies", "title": "", "number": 3, "only_open": True}),
        ("register", {"register": "auctions", "title": "Աճուրդներ, որ չկան", "number": 3, "only_open": True}),
    ]
    page.save_revision().publish()
    Auction.objects.all().delete()
    html = main_of(client_for(filled).get("/"))
    assert "Առաջատար մասնագետ" in html and "Աճուրդներ, որ չկան" not in html


@pytest.mark.parametrize("register", ["vacancies", "reports", "videos", "people/council"])
def test_queries_of_a_list_do_not_grow(filled, client_for, register):
    from cms import chrome, page_cache

    page, client = text_with(register, number=20), client_for(filled)

    def asked() -> int:
        page_cache.pages.clear()
        chrome._known.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url)
        return len(captured)

    asked()
    few = asked()
    for number in range(10):
        records.add(Report, three(f"Հաշվետվություն {number}"), kind="other", year=2026)
        records.add(Vacancy, three(f"Պաշտոն {number}"), deadline=timezone.now() + timedelta(days=5))
    assert asked() == few <= 25
