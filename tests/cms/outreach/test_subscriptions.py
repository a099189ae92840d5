"""Subscribing by mail, from the form to the last letter: asked back, once each, and gone when one says so."""

from __future__ import annotations

import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.outreach import mailing, subscriptions
from cms.outreach.models import Delivery, DigestClock, Subscriber
from services_api.exchange.public import relay
from tests.cms.outreach.conftest import NOW

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
FORM = {"email": "anna@example.am", "topics": ["alerts", "news"], "places": ["shvanidzor"], "website": ""}


@pytest.fixture
def letters(mailoutbox: list) -> list:
    """Letters of the test, in memory."""
    return mailoutbox


@pytest.fixture
def visitor(in_meghri, meghri, client_for):
    return client_for(meghri)


@pytest.fixture
def send(meghri, mailoutbox):
    """Everything that waits in the outbox is sent, as the worker would."""

    def run() -> None:
        while relay(meghri.schema_name).more:
            pass

    run()
    mailoutbox.clear()
    return run


def link(letter, part: str) -> str:
    found = re.search(rf"http://[^\s/]+((?:/en|/ru)?/{part}[^\s]+)", letter.body)
    assert found, letter.body
    return found[1]


def subscribed(
    email: str = "anna@example.am", *, topics=("alerts", "news"), settlements=(), language="hy"
) -> Subscriber:
    subscriptions.ask(email, language, topics, settlements)
    found = Subscriber.objects.get(email=email)
    subscriptions.confirm(found)
    return found


def test_from_the_form_to_the_confirmation(visitor, send, letters):
    form = visitor.get("/subscribe/").content.decode()
    assert 'name="email"' in form and "Շվանիձոր" in form and "csrf" not in form
    asked = visitor.post("/subscribe/", FORM, **HERE)
    assert asked.status_code == 303 and not asked.cookies
    waiting = Subscriber.objects.get()
    assert waiting.confirmed_at is None and waiting.settlements == ["Շվանիձոր"]
    send()
    assert [letter.to for letter in letters] == [["anna@example.am"]]
    path = link(letters[0], "subscribe/confirm/")
    page = visitor.get(path)
    assert page["Referrer-Policy"] == "no-referrer" and "no-cache" in page["Cache-Control"]
    assert Subscriber.objects.active().count() == 0, "opening the link confirms nothing: programs open links too"
    confirmed = visitor.post(path)
    assert confirmed.status_code == 303
    assert Subscriber.objects.active().count() == 1
    settings_page = visitor.get(confirmed["Location"]).content.decode()
    assert "Դուք բաժանորդագրված եք" in settings_page and "anna@example.am" in settings_page


def test_the_answer_does_not_tell_whether_an_address_is_known(visitor, send, letters):
    subscribed()
    send()
    letters.clear()
    answers = []
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        for email in ("anna@example.am", "nobody@example.am"):
            answer = visitor.post("/subscribe/", {**FORM, "email": email}, **HERE)
            answers.append((answer.status_code, answer["Location"], answer.content))
        send()
    assert answers[0] == answers[1]
    to_anna, to_nobody = letters
    assert "/subscribe/manage/" in to_anna.body and "/subscribe/confirm/" in to_nobody.body
    assert Subscriber.objects.get(email="anna@example.am").topics == ["alerts", "news"]


def test_pressing_again_and_again_sends_one_letter(visitor, send, letters):
    with time_machine.travel(NOW, tick=False):
        for _ in range(4):
            visitor.post("/subscribe/", FORM, **HERE)
        send()
    assert len(letters) == 1


def test_what_is_wrong_is_said_and_nothing_is_lost(visitor):
    answer = visitor.post("/subscribe/", {**FORM, "email": "anna"}, **HERE)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="anna"' in page and "name@example.am" in page
    assert visitor.post("/subscribe/", {**FORM, "topics": []}, **HERE).status_code == 422
    assert visitor.post("/subscribe/", FORM).status_code == 403
    assert visitor.post("/subscribe/", {**FORM, "website": "x"}, **HERE).status_code == 303
    assert not Subscriber.objects.exists()
    for _ in range(10):
        visitor.post("/subscribe/", FORM, **HERE)
    assert visitor.post("/subscribe/", FORM, **HERE).status_code == 429


def test_an_address_that_nobody_confirms_is_forgotten(visitor, send, letters):
    visitor.post("/subscribe/", FORM, **HERE)
    send()
    path = link(letters[0], "subscribe/confirm/")
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert visitor.get(path).status_code == 404
        subscriptions.forget_old()
    assert not Subscriber.objects.exists()


def test_an_alert_goes_at_once_to_those_of_the_place_and_once(put_alert, send, letters):
    with time_machine.travel(NOW):
        subscribed("shvanidzor@example.am", settlements=["Շվանիձոր"])
        subscribed("lehvaz@example.am", settlements=["Լեհվազ"])
        subscribed("all@example.am", language="en")
        subscribed("news@example.am", topics=("news",))
        send()
        letters.clear()
        alert = put_alert("Ջրի անջատում", title_en="No water")
        send()
        assert sorted(letter.to[0] for letter in letters) == ["all@example.am", "shvanidzor@example.am"]
        english = next(letter for letter in letters if letter.to == ["all@example.am"])
        assert english.subject == "Meghri community: Shvanidzor: No water"
        assert f"/en/alerts/{alert.uuid}/" in english.body
        letters.clear()
        alert.title_hy = "Ջրի անջատում մինչև երեկո"
        from cms.outreach import alerts

        alerts.save(alert)
        mailing.announce(alert)
        send()
        assert not letters, "each item at most once to each subscriber"


def test_every_letter_carries_the_way_out(put_alert, send, letters, visitor):
    with time_machine.travel(NOW):
        subscribed()
        send()
        letters.clear()
        put_alert("Ջրի անջատում")
        send()
        (letter,) = letters
        parsed = BytesParser(policy=policy.default).parsebytes(letter.message().as_bytes())
        assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = re.search(r"<http://[^/]+(/unsubscribe/[^>]+)>", parsed["List-Unsubscribe"])[1]
        assert visitor.get(path).status_code == 200 and Subscriber.objects.count() == 1
        gone = visitor.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert gone.status_code == 200
        assert not Subscriber.objects.exists() and not Delivery.objects.exists()
        assert visitor.post(path).status_code == 200, "a second press is told the same"
        put_alert("Երկրորդը")
        letters.clear()
        send()
        assert not letters


def test_the_daily_letter_at_nine_has_what_is_new_once(add_news, send, letters):
    with time_machine.travel(NOW, tick=False) as clock:
        add_news("Հին լուր", first_published_at=NOW - timedelta(days=1))
        subscribed()
        subscribed("ru@example.am", language="ru")
        assert timezone.localtime(DigestClock.objects.get().next_at).strftime("%d %H:%M") == "25 09:00"
        send()
        letters.clear()
        clock.move_to(NOW + timedelta(hours=2))
        add_news("Նոր դպրոց Շվանիձորում")
        assert not mailing.send_daily(), "it is not nine yet"
        clock.move_to(NOW + timedelta(hours=22))
        assert mailing.send_daily()
        send()
        (letter,) = letters
        assert letter.to == ["anna@example.am"], "what is not translated is no news in Russian"
        assert "Նոր դպրոց Շվանիձորում" in letter.subject and "Հին լուր" not in letter.body
        clock.move_to(NOW + timedelta(hours=46))
        letters.clear()
        assert mailing.send_daily()
        send()
        assert not letters, "nothing is new"
        assert timezone.localtime(DigestClock.objects.get().next_at).hour == 9


def test_who_unsubscribes_before_nine_gets_nothing(add_news, send, letters):
    with time_machine.travel(NOW, tick=False) as clock:
        subscriber = subscribed()
        send()
        letters.clear()
        clock.move_to(NOW + timedelta(hours=2))
        add_news("Լուր")
        clock.move_to(NOW + timedelta(hours=23))
        assert mailing.send_daily()
        subscriptions.stop(subscriber)
        send()
        assert not letters


def test_topics_settlements_and_language_are_changed_by_the_link(visitor):
    subscriber = subscribed()
    path = f"/subscribe/manage/{subscriptions.manage_token(subscriber)}/"
    assert visitor.post(path, {"topics": ["news"], "places": ["lehvaz"], "language": "ru"}).status_code == 303
    subscriber.refresh_from_db()
    assert (subscriber.topics, subscriber.settlements, subscriber.language) == (["news"], ["Լեհվազ"], "ru")
    assert visitor.post(path, {"topics": []}).status_code == 422


def test_a_link_of_another_community_or_of_somebody_else_opens_nothing(visitor, goris, client_for):
    subscriber = subscribed()
    token = subscriptions.manage_token(subscriber)
    assert visitor.get(f"/subscribe/manage/{token}/").status_code == 200
    assert client_for(goris).get(f"/subscribe/manage/{token}/").status_code == 404
    assert visitor.get(f"/subscribe/manage/{token[:-2]}xx/").status_code == 404
    client_for(goris).post(f"/unsubscribe/{token}/")
    assert Subscriber.objects.count() == 1


def test_rules_of_the_tables(in_meghri):
    subscriber = subscribed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="ANNA@example.am", language="hy", topics=["news"], confirmed_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.create(email="b@example.am", language="hy", topics=["news"])
    Delivery.objects.create(subscriber=subscriber, item="news:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(subscriber=subscriber, item="news:1")
