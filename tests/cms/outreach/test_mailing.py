"""Thousands of subscribers: publishing costs one row, letters are written in chunks, and nobody gets one twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.outreach import alerts, mailing
from cms.outreach.models import Alert, Delivery, DigestClock, Subscriber
from cms.seeds.roles import EDITORS
from services_api.exchange.models import Outbox
from services_api.exchange.public import Item, relay
from tenants.context import register
from tests.cms.outreach.conftest import NOW


def crowd(number: int, **fields: object) -> None:
    """So many who have confirmed, a day before NOW."""
    given = {"language": "hy", "topics": ["alerts", "news"], "settlements": []} | fields
    Subscriber.objects.bulk_create(
        Subscriber(
            email=f"s{Subscriber.objects.count() + each}@example.am", confirmed_at=NOW - timedelta(days=1), **given
        )
        for each in range(number)
    )


def rows(schema: str, kind: str) -> int:
    with register():
        return Outbox.objects.filter(schema=schema, kind=kind).count()


def queries(work) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


@pytest.fixture
def send(meghri, mailoutbox):
    def run() -> list:
        mailoutbox.clear()
        while relay(meghri.schema_name).more:
            pass
        return sorted(letter.to[0] for letter in mailoutbox)

    return run


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(mailing, "CHUNK", 4)


@time_machine.travel(NOW, tick=False)
def test_publishing_costs_the_same_for_one_subscriber_and_for_thousands(in_meghri, meghri, put_alert):
    crowd(1)
    put_alert("Առաջին")
    few = queries(lambda: put_alert("Երկրորդ"))
    crowd(3000)
    assert queries(lambda: put_alert("Երրորդ")) == few
    assert rows(meghri.schema_name, "outreach.letter") == 0, "letters are a matter of the worker"


@time_machine.travel(NOW, tick=False)
def test_a_chunk_of_letters_costs_the_same_however_large(in_meghri, meghri, put_alert, add_news):
    crowd(2)
    for number in range(3):
        add_news(f"Լուր {number}")
    alert = put_alert("Ջրի անջատում")
    told = Item({"alert": alert.uuid.hex}, "<1>", 1)
    digest = Item({"at": NOW.isoformat()}, "<2>", 1)
    few = queries(lambda: mailing.tell(told)), queries(lambda: mailing.write_digests(digest))
    Delivery.objects.all().delete()
    crowd(mailing.CHUNK - 10)
    many = queries(lambda: mailing.tell(told)), queries(lambda: mailing.write_digests(digest))
    assert many <= few
    assert Delivery.objects.filter(item__startswith="alerts:").count() == mailing.CHUNK - 8


@time_machine.travel(NOW, tick=False)
def test_all_are_told_once_also_after_a_stop_in_the_middle(in_meghri, put_alert, send, small_chunks, monkeypatch):
    crowd(11)
    put_alert("Ջրի անջատում")
    written = mailing.enqueue_many
    calls = []

    def dies_once(kind, letters):
        calls.append(kind)
        if len(calls) == 2:
            raise ConnectionError("the machine stops")
        written(kind, letters)

    monkeypatch.setattr(mailing, "enqueue_many", dies_once)
    first = send()
    assert len(first) == 4, "the first chunk is on its way"
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        rest = send()
    assert sorted(first + rest) == sorted(Subscriber.objects.values_list("email", flat=True))


@time_machine.travel(NOW, tick=False)
def test_the_daily_letters_reach_everybody_once_in_chunks(in_meghri, add_news, send, small_chunks):
    crowd(9)
    DigestClock.objects.create(pk=1, next_at=NOW)
    add_news("Նոր դպրոց")
    assert mailing.send_daily()
    assert not mailing.send_daily(), "a second round of the same day is not begun"
    assert len(send()) == 9
    mailing.write_digests(Item({"at": NOW.isoformat()}, "<2>", 1))
    assert send() == []


def edited(client, alert: Alert, **changes: object):
    data = {
        "kind": alert.kind,
        "starts_at": timezone.localtime(alert.starts_at).strftime("%Y-%m-%d %H:%M"),
        "ends_at": timezone.localtime(alert.ends_at).strftime("%Y-%m-%d %H:%M"),
        "settlements": alert.settlements,
        "title_hy": alert.title_hy,
        "is_published": "on",
        "is_dismissible": "on",
        **changes,
    }
    return client.post(reverse("outreach_alerts:edit", args=[alert.pk]), data)


@pytest.fixture
def officer(in_meghri, meghri, staff_of, signed_in):
    return signed_in(meghri, staff_of(meghri, groups=[EDITORS]))


@time_machine.travel(NOW, tick=False)
def test_a_change_is_told_of_when_the_editor_ticks_so(officer, put_alert, send, mailoutbox):
    crowd(1, settlements=["Շվանիձոր"])
    crowd(1, settlements=["Լեհվազ"])
    crowd(1, settlements=["Մեղրի"])
    alert = put_alert("Ջրի անջատում")
    assert send() == ["s0@example.am"]
    later = timezone.localtime(NOW + timedelta(hours=6)).strftime("%Y-%m-%d %H:%M")
    assert edited(officer, alert, ends_at=later).status_code == 302
    assert send() == [], "without the tick a change is silent"
    alert.refresh_from_db()
    assert edited(officer, alert, settlements=["Լեհվազ"], tell_again="on").status_code == 302
    told = send()
    assert told == ["s0@example.am", "s1@example.am"], "who is concerned now, and who was told before"
    assert all("Թարմացվել է" in letter.subject for letter in mailoutbox)
    assert send() == []
    alert.refresh_from_db()
    edited(officer, alert, kind="gas", tell_again="on")
    assert len(send()) == 2, "each change that is told of is a letter"


@time_machine.travel(NOW, tick=False)
def test_a_corrected_word_is_no_reason_for_a_letter(officer, put_alert, send):
    crowd(1)
    alert = put_alert("Ջրի անջատում")
    send()
    answer = edited(officer, alert, title_hy="Ջրի դադար", tell_again="on")
    assert answer.status_code == 200 and "գրելու բան չկա" in answer.content.decode()
    alert.refresh_from_db()
    assert alert.title_hy == "Ջրի անջատում" and alert.edition == 1
    over = timezone.localtime(NOW - timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M")
    assert edited(officer, alert, ends_at=over, tell_again="on").status_code == 200
    assert send() == []


@time_machine.travel(NOW, tick=False)
def test_a_new_alert_has_no_box_for_a_second_letter(officer, put_alert):
    assert 'name="tell_again"' not in officer.get(reverse("outreach_alerts:add")).content.decode()
    alert = put_alert("Ջրի անջատում")
    assert 'name="tell_again"' in officer.get(reverse("outreach_alerts:edit", args=[alert.pk])).content.decode()


@time_machine.travel(NOW, tick=False)
def test_a_letter_that_waits_says_what_is_true_now_and_only_once(put_alert, send, in_meghri):
    crowd(1)
    alert = put_alert("Ջրի անջատում")
    mailing.tell(Item({"alert": alert.uuid.hex}, "<1>", 1))
    alert.ends_at += timedelta(hours=3)
    alerts.save(alert, tell_again=True)
    assert send() == ["s0@example.am"], "the letter about the change says all of the first one"
