"""Nights, changes and letters: each community once, nothing lost by an interruption, one letter a week at most."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms.disclosure import reminders, rounds, standings, table, tasks
from cms.disclosure.checking import check
from cms.disclosure.models import CheckResult, Score, Source, Standing, Verdict
from cms.seeds.roles import ADMINISTRATORS, CHIEF_EDITORS, EDITORS
from services_api.exchange.models import Outbox
from services_api.exchange.public import relay
from tenants.context import register, tenant

NIGHT = "2026-11-25 05:00 +0400"


@pytest.fixture(autouse=True)
def mailbox(settings, tmp_path, db):
    with register():
        Outbox.objects.all().delete()
    settings.EMAIL_BACKEND = "services_api.exchange.mail.FolderEmailBackend"
    settings.MAIL_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def chief(meghri, staff_of):
    staff_of(meghri, groups=[EDITORS])
    return staff_of(meghri, "chief@meghri.example", groups=[CHIEF_EDITORS])


def letters(community) -> list:
    from services_api.exchange import mail

    relay(community.schema_name)
    with tenant(community):
        return mail.letters()


@time_machine.travel(NIGHT)
def test_a_night_names_each_community_until_it_has_been_checked(meghri, goris):
    with register():
        assert set(rounds.due_inside()) == {meghri.schema_name, goris.schema_name}
    with tenant(meghri):
        tasks.check_nightly()
    with register():
        assert rounds.due_inside() == [goris.schema_name], "an interrupted night goes on where it stopped"


def test_communities_do_not_all_come_at_once():
    moment = timezone.make_aware(timezone.datetime(2026, 11, 25, 3))
    minutes = {rounds._start(f"c_{number}", moment) for number in range(60)}
    assert len(minutes) > 30
    assert max(minutes) - min(minutes) < timedelta(minutes=rounds.SPREAD_MINUTES)


@time_machine.travel("2026-11-25 00:30 +0400")
def test_before_the_night_begins_nobody_is_checked(meghri):
    with register():
        assert rounds.due_inside() == [] == rounds.due_outside()


@time_machine.travel(NIGHT)
def test_a_visitor_comes_once_a_week(meghri, goris):
    with register():
        assert set(rounds.due_outside()) == {meghri.schema_name, goris.schema_name}
    with tenant(meghri):
        check(meghri)
        duty = Standing.objects.first().duty
        CheckResult.objects.create(
            community=meghri, duty=duty, day=date(2026, 11, 19), since=date(2026, 11, 19), source=Source.OUTER,
            verdict="pass", message="reached",
        )  # fmt: skip
    with register():
        assert rounds.due_outside() == [goris.schema_name]
        with time_machine.travel("2026-11-26 05:00 +0400"):
            assert meghri.schema_name in rounds.due_outside()


def test_a_second_message_of_the_same_night_does_nothing(meghri, monkeypatch):
    with tenant(meghri):
        tasks.check_nightly()
        monkeypatch.setattr("cms.disclosure.checking.check", lambda community: pytest.fail("checked twice"))
        tasks.check_nightly()


def test_publishing_has_the_duties_checked_once_for_many_changes(
    meghri, publish, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(tasks.check_after_change, "apply_async", lambda **options: sent.append(options))
    with tenant(meghri), django_capture_on_commit_callbacks(execute=True):
        publish("vacancies")
        publish("accessibility")
    assert sent == [{"countdown": tasks.DEBOUNCE_SECONDS}]


def test_after_a_change_the_visitor_looks_again_where_it_had_found_something_wrong(meghri, monkeypatch):
    walks = []
    monkeypatch.setattr("cms.disclosure.tasks.look", walks.append)
    with tenant(meghri):
        tasks.check_after_change()
        assert walks == []
        Standing.objects.filter(duty__code="services").update(source=Source.OUTER, verdict=Verdict.FAIL)
        monkeypatch.setattr("cms.disclosure.checking.check", lambda community: None)
        tasks.check_after_change()
    assert walks == [meghri]


@time_machine.travel(NIGHT, tick=False)
def test_the_reminder_goes_to_those_who_answer_for_the_site_once_a_week(meghri, chief):
    with tenant(meghri):
        check(meghri)
        assert reminders.remind(meghri) is True
        assert reminders.remind(meghri) is False
    (letter,) = [each for each in letters(meghri) if each.to == chief.email]
    assert "օրենքի" in letter.subject
    assert "Համայնքի ղեկավարի և ավագանու անդամների տվյալները" in letter.body
    assert "/admin/duties/" in letter.body
    for days, expected in ((1, False), (6, False), (7, True)):
        with tenant(meghri), time_machine.travel(timezone.now() + timedelta(days=days)):
            check(meghri)
            assert reminders.remind(meghri) is expected, days


@time_machine.travel(NIGHT)
def test_nobody_is_reminded_while_all_is_kept(meghri, chief):
    with tenant(meghri):
        check(meghri)
        Standing.objects.update(verdict=Verdict.PASS, message="there", params={})
        assert reminders.remind(meghri) is False
    assert letters(meghri) == []


@time_machine.travel(NIGHT)
@pytest.mark.parametrize(("language", "words"), [("ru", "исполнено"), ("en", "requirements of the law")])
def test_the_letter_is_in_the_language_of_its_reader(meghri, staff_of, language, words):
    from wagtail.users.models import UserProfile

    user = staff_of(meghri, "admin2@meghri.example", groups=[ADMINISTRATORS])
    with tenant(meghri):
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        check(meghri)
        reminders.remind(meghri)
    (letter,) = [each for each in letters(meghri) if each.to == user.email]
    assert words in letter.subject and words in letter.body


def test_the_command_checks_one_and_then_the_rest(meghri, goris, capsys):
    call_command("duties", "check", "--community", "meghri")
    assert "meghri" in capsys.readouterr().out
    call_command("duties", "check", "--all")
    out = capsys.readouterr().out
    assert "goris" in out and "meghri" not in out and "done: 1 of 1" in out
    call_command("duties", "check", "--all", "--again")
    assert "done: 2 of 2" in capsys.readouterr().out
    with register():
        assert Score.objects.count() == 2
    with pytest.raises(CommandError):
        call_command("duties", "check", "--community", "nowhere")


def test_the_catalogue_is_printed_as_a_table(capsys):
    call_command("duties", "table")
    assert capsys.readouterr().out == table.markdown()


def test_a_total_rounds_down_so_that_100_means_all():
    assert standings.Total(199, 200).share == 99
    assert standings.Total(0, 0).share == 100
