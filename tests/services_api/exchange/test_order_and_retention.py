"""Letters of a case keep their order; what was sent long ago is removed, and not sent again all the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from services_api.exchange import services
from services_api.exchange.models import Outbox
from services_api.exchange.registry import Item, NotNeeded, SendingRefused, handles
from services_api.exchange.relay import relay
from services_api.exchange.selectors import tenants_to_purge, tenants_with_due_work
from tenants.context import register, tenant
from tests.services_api.exchange.conftest import rows


@pytest.fixture
def said():
    """What a handler with a mind of its own has sent; `broken` holds what it cannot send now."""
    sent, broken = [], {}

    @handles("test.say")
    def say(item: Item) -> None:
        word = item.payload["word"]
        if word in broken:
            raise broken[word]
        sent.append(word)

    say.sent, say.broken = sent, broken
    return say


def write(community, *words: str, stream: str = "s") -> None:
    with tenant(community):
        for word in words:
            services.enqueue("test.say", {"word": word}, f"{stream}:{word}", stream=stream)


def all_are_due() -> None:
    with register():
        Outbox.objects.filter(state="pending").update(next_at=timezone.now())


def test_a_later_letter_of_a_case_waits_for_the_earlier_one_and_others_do_not(meghri, said):
    said.broken["first"] = ConnectionRefusedError("down")
    write(meghri, "first", "second", "third")
    write(meghri, "other", stream="t")
    write(meghri, "free", stream="")
    done = relay(meghri.schema_name)
    assert (done.sent, done.failed) == (2, 1) and set(said.sent) == {"other", "free"}
    assert relay(meghri.schema_name).sent == 0
    assert tenants_with_due_work() == [], "what is held back wakes nobody"
    said.broken.clear()
    all_are_due()
    relay(meghri.schema_name)
    assert said.sent[2:] == ["first", "second", "third"]


def test_what_was_given_up_does_not_hold_back_the_rest_and_goes_first_when_it_is_tried_again(meghri, said):
    said.broken["first"] = SendingRefused("nobody there")
    write(meghri, "first", "second")
    assert relay(meghri.schema_name).dead == 1 and said.sent == ["second"]
    said.broken.clear()
    write(meghri, "third")
    services.replay(meghri.schema_name)
    relay(meghri.schema_name)
    assert said.sent == ["second", "first", "third"]


def test_letters_of_a_case_to_one_reader_are_one_stream(meghri, submitted, staff_of):
    from services_api.cases.public import staff, transition

    with tenant(meghri):
        case = submitted.case
        case.refresh_from_db()
        transition(case.uuid, "register", actor=staff(staff_of(meghri, superuser=True)), expected_version=1)
    streams = {row.payload["message"]: row.stream for row in rows(meghri.schema_name)}
    assert streams["received"] == f"mail:{case.uuid}:applicant"


def test_what_is_not_needed_any_more_is_no_failure(meghri, said, submitted):
    said.broken["x"] = NotNeeded("accepted meanwhile")
    write(meghri, "x")
    with tenant(meghri):
        type(submitted.case.applicant).objects.update(email="")
    done = relay(meghri.schema_name)
    assert (done.skipped, done.dead, done.sent) == (2, 0, 0)
    assert {row.state for row in rows(meghri.schema_name)} == {"skipped"}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ConnectionRefusedError("down"), "unreachable"),
        (TimeoutError(), "unreachable"),
        (SendingRefused("gone"), "gone"),
        (KeyError("x"), "fault"),
    ],
)
def test_the_reason_is_kept_with_the_row(meghri, said, error, reason):
    said.broken["x"] = error
    write(meghri, "x")
    relay(meghri.schema_name)
    assert rows(meghri.schema_name)[0].reason == reason


def test_sent_rows_are_removed_after_their_days_and_never_sent_again(meghri, goris, said, settings):
    settings.OUTBOX_KEEP_DAYS = 30
    said.broken["bad"] = SendingRefused("nobody there")
    write(meghri, "old", "bad", "new")
    write(goris, "old")
    relay(meghri.schema_name)
    relay(goris.schema_name)
    with register():
        Outbox.objects.exclude(payload__word="new").update(created_at=timezone.now() - timedelta(days=31))
        Outbox.objects.filter(payload__word="old").update(sent_at=timezone.now() - timedelta(days=31))
    assert set(tenants_to_purge()) == {meghri.schema_name, goris.schema_name}
    assert services.purge(meghri.schema_name, batch=1) == 1
    assert [row.payload["word"] for row in rows(meghri.schema_name)] == ["bad", "new"]
    assert tenants_to_purge() == [goris.schema_name]
    write(meghri, "old")
    assert relay(meghri.schema_name).skipped == 1
    assert said.sent == ["old", "new", "old"], "once in each community"


def test_a_tenant_replays_its_own_dead_rows_only_and_by_no_other_way(meghri, goris, said):
    said.broken["x"] = SendingRefused("nobody there")
    for community in (meghri, goris):
        write(community, "x")
        relay(community.schema_name)
    ours, theirs = rows(meghri.schema_name)[0], rows(goris.schema_name)[0]
    with tenant(meghri):
        assert services.replay_own([theirs.pk]) == 0
        assert services.replay_own([]) == 0
        for statement in (
            f"UPDATE public.exchange_outbox SET state = 'pending' WHERE id = {ours.pk}",
            "SELECT * FROM public.exchange_sentkey",
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        assert services.replay_own([ours.pk, theirs.pk]) == 1
        assert services.replay_own([ours.pk]) == 0, "what waits is not given more attempts"
    assert rows(goris.schema_name)[0].state == "dead"
    with register(), pytest.raises(RuntimeError):
        services.replay_own([theirs.pk])
