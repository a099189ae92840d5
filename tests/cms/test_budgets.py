"""The database's part in every public page: at most 25 queries for a page that nobody has asked for yet, in one table.

«Uncached» is the first visit after a change: neither the page nor its frame (menu, footer, hours) is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms import chrome, page_cache
from cms.authoring import people, records
from cms.models import (
    AnnouncementIndexPage,
    ConsultationIndexPage,
    EventIndexPage,
    NewsIndexPage,
    SiteMapPage,
)
from cms.outreach import alerts
from cms.outreach.models import Alert, Poll, PollQuestion
from cms.records.models import Person
from cms.records.registers import registers
from tests.cms.pages import examples
from tests.cms.records.conftest import fill, three
from tests.cms.records.test_pages import PLACES

MOST = 25
ROWS = 6
YES_NO = [{"id": "1", "hy": "Այո", "en": "Yes", "ru": "Да"}, {"id": "2", "hy": "Ոչ", "en": "No", "ru": "Нет"}]


@pytest.fixture
def asked(in_meghri, client_for) -> Callable[[str], list[str]]:
    """The statements of one visit that finds nothing remembered."""
    client: Client = client_for(in_meghri)
    client.get("/")  # the connection itself, and what is remembered of the process

    def statements(path: str) -> list[str]:
        for forget in (page_cache.pages.clear, chrome._known.clear):
            forget()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        assert answer.status_code == 200, path
        return [query["sql"] for query in captured.captured_queries]

    return statements


def fill_all() -> dict[str, str]:
    """A community with every type of page and record; name -> address."""
    fill()
    made = examples.one_of_each()
    lists = (AnnouncementIndexPage, EventIndexPage, ConsultationIndexPage, NewsIndexPage, SiteMapPage)
    addresses = {type(page).__name__: page.url for page in made}
    addresses |= {model.__name__: model.objects.get(locale__language_code="hy").url for model in lists}
    addresses |= {f"register {name}": path for name, path in PLACES.items()}
    for register in registers.values():
        record = register.ordered(register.published("hy")).first()
        if record is not None:
            addresses[f"one of {register.code}"] = register.record_url(record, "hy")
    alert, poll = _alert(), _poll()
    addresses |= {
        "home": "/", "section": "/open-government/", "contact": "/community/contacts/", "services": "/services/",
        "text": "/open-government/rates/", "alerts": "/alerts/", "alert": f"/alerts/{alert.uuid}/",
        "polls": "/polls/", "poll": f"/polls/{poll.uuid}/", "subscribe": "/subscribe/",
        "search": "/search/?q=բյուջե", "lookup": "/case/", "application": "/apply/application-to-head/",
        "archive": f"{addresses['AnnouncementIndexPage']}archive/",
        "month": f"{addresses['EventIndexPage']}{timezone.localdate():%Y/%m}/",
        "whole": f"{addresses['PublicationPage']}whole/",
    }  # fmt: skip
    return addresses


def _alert(number: int = 0) -> Alert:
    now = timezone.now()
    return alerts.save(
        Alert(title_hy=f"Ջուր {number}", settlements=["Շվանիձոր"], starts_at=now, ends_at=now + timedelta(hours=3))
    )


def _poll(number: int = 0) -> Poll:
    now = timezone.now()
    poll = Poll.objects.create(title_hy=f"Այգի {number}", opens_at=now, closes_at=now + timedelta(days=7))
    PollQuestion.objects.create(poll=poll, text_hy="Այգի՞", options=YES_NO)
    return poll


def grow(number: int) -> None:
    """That many more of everything that stands in a list."""
    faction, unit = people.Body.objects.get(kind="faction"), people.Body.objects.get(title_hy="Ֆինանսական բաժին")
    commission = people.Body.objects.get(title_hy="Բյուջեի հանձնաժողով")
    people.set_seats(200)
    since = date(2025, 11, 1)
    simple = ("organisations", "programmes", "reports", "procurement", "property", "auctions", "vacancies", "videos")
    required = {
        "programmes": {"kind": "other", "first_year": 2025, "last_year": 2027},
        "reports": {"kind": "other", "year": 2025},
        "videos": {"link": "https://example.am/video"},
        "organisations": {"kind": "school"},
        "auctions": {"deadline": timezone.now() + timedelta(days=3)},
        "vacancies": {"deadline": timezone.now() + timedelta(days=3)},
    }
    for count in range(number):
        for code in simple:
            records.add(registers[code].model, three(f"Տող {count}", f"Row {count}"), **required.get(code, {}))
        person = people.add_person(three(f"Անուն Ազգանուն{count}", f"Name Surname{count}"))
        for body, post in ((people.body("council"), "member"), (faction, "member"), (unit, "staff"),
                           (commission, "member"), (people.body("head"), "deputy")):  # fmt: skip
            people.appoint(person, body, post, since)
        _alert(count + 1)
        _poll(count + 1)
    for what in (examples.announcement, examples.event, examples.consultation):
        for count in range(number // 2):
            what(f"Տող {count}")


def count_of(asked: Callable[[str], list[str]], path: str) -> int:
    """Twice: the first visit makes the sizes of pictures that are stored for good."""
    asked(path)
    return len(asked(path))


@pytest.mark.slow
def test_no_public_page_asks_more_than_the_budget_and_none_asks_more_for_more_rows(
    asked: Callable[[str], list[str]], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        addresses = fill_all()
    few = {name: count_of(asked, path) for name, path in addresses.items()}
    with django_capture_on_commit_callbacks(execute=True):
        grow(ROWS)
    many = {name: count_of(asked, path) for name, path in addresses.items()}
    assert {name: count for name, count in few.items() if count > MOST} == {}
    assert {name: (few[name], count) for name, count in many.items() if count > few[name]} == {}
    assert Person.objects.count() > ROWS
