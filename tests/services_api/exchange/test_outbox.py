"""What leaves the house: written with the change, sent once, sent later when something is down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu.exceptions import OperationalError

from services_api.exchange import mail, services
from services_api.exchange.models import Outbox
from services_api.exchange.registry import Item, SendingRefused, handles
from services_api.exchange.relay import MAX_ATTEMPTS, delay, relay
from services_api.exchange.selectors import tenants_with_due_work
from tenants.context import current_schema, register, tenant
from tests.services_api.cases.conftest import answers_for
from tests.services_api.exchange.conftest import rows


def letters(community):
    with tenant(community):
        return mail.letters()


def test_the_letter_is_sent_once_in_the_applicants_language_with_number_and_code(meghri, submitted):
    from services_api.cases.tracking import grouped

    assert relay(meghri.schema_name).sent == 1
    (letter,) = letters(meghri)
    assert letter.to == "karen@example.am"
    assert submitted.case.number in letter.subject
    assert grouped(submitted.code) in letter.body and "/ru/case/?number=" in letter.body
    assert f"Муниципалитет общины {meghri.name('ru')}" in letter.body
    assert relay(meghri.schema_name).sent == 0
    assert len(letters(meghri)) == 1


def test_the_code_does_not_stay_in_the_outbox(meghri, submitted):
    assert rows(meghri.schema_name)[0].payload["code"] == submitted.code
    relay(meghri.schema_name)
    (row,) = rows(meghri.schema_name)
    assert (row.state, "code" in row.payload) == ("sent", False)
    assert "karen" not in str(row.payload)


def test_killed_between_sending_and_the_note_the_letter_is_the_same_file(meghri, submitted, monkeypatch):
    """The process dies after the mail went out and before the commit: the second sending replaces the first."""

    class Killed(BaseException):
        pass

    def die(self, *args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "save", die)
        with pytest.raises(Killed):
            relay(meghri.schema_name)
    assert len(letters(meghri)) == 1 and rows(meghri.schema_name)[0].state == "pending"
    assert relay(meghri.schema_name).sent == 1
    assert len(letters(meghri)) == 1


def test_what_fails_is_tried_later_and_given_up_at_last_and_can_be_replayed(meghri):
    calls = []

    @handles("test.fails")
    def fails(item: Item) -> None:
        calls.append(item.identity)
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM there_is_no_such_table")

    with tenant(meghri):
        services.enqueue("test.fails", {}, "x")
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with register():
            Outbox.objects.update(next_at=timezone.now())
        done = relay(meghri.schema_name)
        (row,) = rows(meghri.schema_name)
        assert row.attempts == attempt and "there_is_no_such_table" in row.last_error
    assert (done.dead, row.state) == (1, "dead")
    assert len(set(calls)) == 1
    assert relay(meghri.schema_name) == type(done)()
    assert services.replay(meghri.schema_name) == 1
    assert rows(meghri.schema_name)[0].state == "pending"


def test_what_can_never_be_sent_is_given_up_at_once(meghri):
    @handles("test.refused")
    def refused(item: Item) -> None:
        raise SendingRefused("nobody there")

    with tenant(meghri):
        services.enqueue("test.refused", {}, "x")
        services.enqueue("test.unknown", {}, "y")
    assert relay(meghri.schema_name).dead == 2


def test_waiting_grows_from_a_minute_to_three_days():
    assert timedelta(seconds=48) <= delay(1) <= timedelta(seconds=72)
    assert delay(30) <= timedelta(hours=72 * 1.2)
    assert delay(3) > delay(1)


def test_the_broker_is_down_and_nothing_is_lost(meghri, submitted, monkeypatch, django_capture_on_commit_callbacks):
    """The submission is confirmed all the same; the dispatcher's question finds the row."""
    from services_api.cases.services import submit
    from services_api.exchange.tasks import relay_outbox
    from services_api.procedures.public import published_version

    def down(*args, **kwargs):
        raise OperationalError("no broker")

    monkeypatch.setattr(relay_outbox, "apply_async", down)
    with tenant(meghri), django_capture_on_commit_callbacks(execute=True):
        again = submit(published_version("application-to-head"), answers_for(meghri), key="b")
    assert again.case.number
    assert not services.wake(meghri.schema_name)
    assert tenants_with_due_work() == [meghri.schema_name]
    assert relay(meghri.schema_name).sent == 2


def test_after_the_commit_the_worker_is_woken_for_the_tenant(meghri, monkeypatch, django_capture_on_commit_callbacks):
    from services_api.exchange.tasks import relay_outbox

    woken = []
    monkeypatch.setattr(relay_outbox, "apply_async", lambda args, **options: woken.append(args))
    with tenant(meghri), django_capture_on_commit_callbacks(execute=True):
        services.enqueue("mail", {}, "x")
        assert woken == []
    assert woken == [[meghri.schema_name]]


def test_who_has_due_work_is_one_query(meghri, goris):
    for community in (meghri, goris):
        with tenant(community):
            services.enqueue("mail", {}, "x")
    with register():
        Outbox.objects.filter(schema=goris.schema_name).update(next_at=timezone.now() + timedelta(hours=1))
    with CaptureQueriesContext(connection) as asked:
        assert tenants_with_due_work() == [meghri.schema_name]
    assert len([each for each in asked.captured_queries if not each["sql"].startswith("SET ")]) == 1


def test_a_second_row_with_the_same_key_is_not_written(meghri, goris):
    for community in (meghri, meghri, goris):
        with tenant(community):
            services.enqueue("mail", {}, "same")
    assert len(rows(meghri.schema_name)) == len(rows(goris.schema_name)) == 1


def test_a_tenant_sees_and_writes_its_own_rows_only(meghri, goris):
    """Row level security, with raw SQL under the tenant's role; the positive control is its own row."""
    for community in (meghri, goris):
        with tenant(community):
            services.enqueue("mail", {}, "x")
    with tenant(meghri):
        assert [row.schema for row in Outbox.objects.all()] == [meghri.schema_name]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM public.exchange_outbox")
            assert cursor.fetchone() == (1,)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Outbox.objects.create(schema=goris.schema_name, kind="mail", dedupe_key="y")
        for statement in ("UPDATE exchange_outbox SET state = 'sent'", "DELETE FROM exchange_outbox"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_the_policy_knows_long_names(meghri):
    """A role over 63 bytes is cut with a digest; the policy cuts alike."""
    from tenants.names import role_name

    schema = "t_" + "a" * 60
    with register(), connection.cursor() as cursor:
        cursor.execute("SELECT qual FROM pg_policies WHERE policyname = 'own_rows' AND tablename = 'exchange_outbox'")
        expression = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT {expression.replace('CURRENT_USER', '%s')} FROM (SELECT %s::varchar AS schema) AS row",
            [role_name(schema), schema],
        )
        assert cursor.fetchone() == (True,)


def test_handlers_run_with_the_rights_of_the_rows_tenant(meghri):
    seen = []

    @handles("test.looks")
    def looks(item: Item) -> None:
        seen.append(current_schema())

    with tenant(meghri):
        services.enqueue("test.looks", {}, "x")
    relay(meghri.schema_name)
    assert seen == [meghri.schema_name] and current_schema() == "public"


def test_an_applicant_without_address_gets_no_letter_and_no_error(meghri, submitted):
    with tenant(meghri):
        type(submitted.case.applicant).objects.update(email="")
    assert relay(meghri.schema_name).skipped == 1
    assert letters(meghri) == []


@pytest.mark.parametrize("message", ["received", "progress", "answered", "refused", "assigned"])
@pytest.mark.parametrize("language", ["hy", "en", "ru"])
def test_each_letter_can_be_written_in_each_language(meghri, submitted, staff_of, message, language):
    from services_api.exchange.letters import write

    officer = staff_of(meghri)
    with tenant(meghri):
        type(submitted.case).objects.update(language=language, assignee=officer)
        letter = write({"message": message, "case": str(submitted.case.uuid), "event": 1, "code": "ABCDEFGH2222"})
    assert letter is not None and submitted.case.number in letter.subject
    assert "{{" not in letter.body and "\n\n\n" not in letter.body


def test_the_mailbox_is_there_in_the_demo_only(meghri, submitted, client_for):
    relay(meghri.schema_name)
    client = client_for(meghri)
    with override_settings(DEMO=False):
        assert client.get("/outbox/").status_code == 404
    with override_settings(DEMO=True):
        page = client.get("/outbox/").content.decode()
        assert "karen@example.am" in page
        (letter,) = letters(meghri)
        assert submitted.case.number in client.get(f"/outbox/{letter.name}").content.decode()
        assert client.get("/outbox/..%2Fx.eml").status_code == 404


def test_the_command_tells_and_replays(meghri, capsys):
    with tenant(meghri):
        services.enqueue("test.unknown", {}, "x")
    call_command("outbox", "relay")
    call_command("outbox", "status")
    assert "dead" in capsys.readouterr().out
    call_command("outbox", "replay", "--all")
    assert "1 rows" in capsys.readouterr().out
