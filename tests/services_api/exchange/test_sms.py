"""Short messages: to those who asked for them, not at night, and nobody gets the same one twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies

from services_api.cases.public import AnswersInvalid, staff
from services_api.cases.services import submit, write_to_applicant
from services_api.exchange import quiet, services
from services_api.exchange.models import Outbox
from services_api.exchange.registry import Item, handles
from services_api.exchange.relay import relay
from services_api.exchange.sms import gateways
from services_api.parties.public import Party, armenian_mobile
from services_api.procedures.public import published_version
from services_api.workdays.public import local
from tenants.context import register, tenant
from tests.services_api.cases.conftest import answers_for
from tests.services_api.exchange.conftest import rows

NOON, NIGHT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC), datetime(2026, 11, 25, 19, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sms_folder(settings, tmp_path):
    settings.SMS_FOLDER = tmp_path / "sms"
    settings.SMS_GATEWAY = "folder"


def apply(community, key="a", language="hy", **changes):
    with tenant(community):
        answers = answers_for(community, **changes)
        return submit(published_version("application-to-head"), answers, key=key, language=language, tell_by_sms=True)


def sent(community):
    with tenant(community):
        return gateways.messages()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("+37491123456", "+37491123456"), ("091 12-34-56", "+37491123456"), ("+374 10 123456", ""),
        ("+7 916 1234567", ""), ("", ""), (None, ""), ("091", ""), ("=cmd()", ""),
    ],
)  # fmt: skip
def test_only_armenian_mobile_numbers_are_written_to(given, expected):
    assert armenian_mobile(given) == expected


@pytest.mark.parametrize(
    ("at", "morning"),
    [("2026-11-25T21:59", None), ("2026-11-25T22:00", "2026-11-26T08:00"), ("2026-11-26T03:00", "2026-11-26T08:00"),
     ("2026-11-26T07:59", "2026-11-26T08:00"), ("2026-11-26T08:00", None), ("2026-12-31T23:00", "2027-01-01T08:00")],
)  # fmt: skip
def test_the_night_is_from_ten_to_eight_in_yerevan(at, morning):
    from services_api.workdays.public import YEREVAN

    end = quiet.end_of_rest(datetime.fromisoformat(at).replace(tzinfo=YEREVAN))
    assert (local(end).strftime("%Y-%m-%dT%H:%M") if end else None) == morning


@pytest.mark.parametrize(("language", "words"), [("hy", "ստացվել է"), ("en", "is received"), ("ru", "получено")])
def test_who_asked_for_it_gets_number_and_code_in_their_language(meghri, language, words):
    with time_machine.travel(NOON):
        done = apply(meghri, language=language)
        relay(meghri.schema_name)
    (message,) = sent(meghri)
    assert message.to == "+37491123456" and words in message.text
    assert done.case.number in message.text and len(message.text) < 140
    (row,) = [row for row in rows(meghri.schema_name) if row.kind == "sms"]
    assert "code" not in row.payload


def test_who_did_not_ask_or_has_no_mobile_gets_none(meghri):
    with tenant(meghri):
        submit(published_version("application-to-head"), answers_for(meghri), key="a")
    with pytest.raises(AnswersInvalid, match="tell_by_sms"):
        apply(meghri, key="b", phone="+37410123456")
    with override_settings(SMS_GATEWAY="off"), pytest.raises(AnswersInvalid, match="tell_by_sms"):
        apply(meghri, key="c")
    done = apply(meghri, key="d")
    with tenant(meghri):
        Party.objects.filter(pk=done.case.applicant_id).update(phone="+37410123456")
    relay(meghri.schema_name)
    assert sent(meghri) == []
    assert [row.state for row in rows(meghri.schema_name) if row.kind == "sms"] == ["skipped"]


def test_at_night_only_what_was_asked_for_just_now_is_told_the_rest_in_the_morning(meghri, staff_of):
    user = staff_of(meghri, superuser=True)
    with time_machine.travel(NIGHT):
        done = apply(meghri)
        with tenant(meghri):
            write_to_applicant(done.case.uuid, "Նամակ", actor=staff(user))
        relay(meghri.schema_name)
        assert len(sent(meghri)) == 1, "the confirmation, at once"
        (row,) = [row for row in rows(meghri.schema_name) if row.kind == "sms" and row.state == "pending"]
        assert (local(row.next_at).hour, row.attempts) == (8, 0)
    with time_machine.travel(NIGHT + timedelta(hours=9)):
        relay(meghri.schema_name)
    assert len(sent(meghri)) == 2


def test_reminders_by_mail_wait_for_the_morning_where_the_setting_says_so(meghri, staff_of, settings):
    from services_api.cases.models import Case
    from services_api.exchange import mail

    settings.QUIET_MAIL = True
    officer = staff_of(meghri)
    with time_machine.travel(NIGHT):
        with tenant(meghri):
            done = submit(published_version("application-to-head"), answers_for(meghri), key="a")
            Case.objects.update(assignee=officer)
            payload = {"case": str(done.case.uuid), "event": 1, "message": "reminder"}
            services.enqueue("mail", payload, "x")
        relay(meghri.schema_name)
        with tenant(meghri):
            assert len(mail.letters()) == 1, "the confirmation"
    with time_machine.travel(NIGHT + timedelta(hours=9)):
        relay(meghri.schema_name)
    with tenant(meghri):
        assert len(mail.letters()) == 2


def test_the_review_asks_and_the_answer_is_kept(meghri, client_for):
    from services_api.exchange.notices.models import SmsWish
    from tests.services_api.cases.test_applying import post, to_review

    client = client_for(meghri)
    review = to_review(client, meghri)
    page = client.get(review).content.decode()
    assert 'name="tell_by_sms"' in page and "+37491123456" in page
    post(client, review, {"consent": "on", "tell_by_sms": "1"})
    with tenant(meghri):
        assert SmsWish.objects.count() == 1
    with override_settings(SMS_GATEWAY="off"):
        other = client_for(meghri)
        assert 'name="tell_by_sms"' not in other.get(to_review(other, meghri)).content.decode()


def test_the_demonstration_shows_the_messages(meghri, client_for):
    with time_machine.travel(NOON):
        apply(meghri)
        relay(meghri.schema_name)
    with override_settings(DEMO=True):
        assert "+37491123456" in client_for(meghri).get("/outbox/").content.decode()


class Killed(BaseException):
    """The process dies here."""


FATES = strategies.lists(
    strategies.sampled_from(["works", "fails before", "fails after", "dies before", "dies after", "rests"]), max_size=14
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fates=FATES, order=strategies.lists(strategies.integers(0, 2), min_size=3, max_size=8))
def test_whatever_fails_or_dies_everybody_gets_everything_once_and_in_order(meghri, fates, order):
    """Failures and deaths before and after the sending, rests, repeated writing; three readers."""
    from services_api.exchange.registry import Postponed

    received: dict[str, tuple[int, int]] = {}
    arrived: list[tuple[int, int]] = []
    waiting = list(fates)

    @handles("test.fate")
    def send(item: Item):
        fate = waiting.pop(0) if waiting else "works"
        what = (item.payload["reader"], item.payload["number"])
        if fate == "rests":
            return Postponed(timezone.now())
        if fate.endswith("before"):
            raise Killed if fate.startswith("dies") else OSError("before")
        if item.identity not in received:
            received[item.identity] = what
            arrived.append(what)
        if fate.endswith("after"):
            raise Killed if fate.startswith("dies") else OSError("after")
        return None

    with register():
        Outbox.objects.filter(kind="test.fate").delete()
    expected = list(enumerate(order))
    with tenant(meghri):
        for number, reader in [*expected, *expected]:
            payload = {"reader": reader, "number": number}
            services.enqueue("test.fate", payload, f"fate:{number}", stream=f"fate:{reader}")
    for _run in range(60):
        with register():
            Outbox.objects.filter(kind="test.fate", state="pending").update(next_at=timezone.now())
        try:
            relay(meghri.schema_name)
        except Killed:
            continue
        if not any(row.state == "pending" for row in rows(meghri.schema_name) if row.kind == "test.fate"):
            break
    assert sorted(arrived) == sorted((reader, number) for number, reader in expected)
    for reader in set(order):
        mine = [number for who, number in arrived if who == reader]
        assert mine == sorted(mine)
