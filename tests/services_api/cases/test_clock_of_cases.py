"""The term of a case as it is lived: it stands still, runs on, is extended, reminds, and sometimes acts by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from services_api.cases import clock, terms
from services_api.cases.actors import APPLICANT, staff
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import Case, MessageKind
from services_api.cases.services import run_clocks, submit, transition
from services_api.exchange.models import Outbox
from services_api.workdays.models import CalendarException
from services_api.workdays.public import YEREVAN
from tenants.context import register
from tests.services_api.cases.conftest import answers_for
from tests.services_api.cases.procedures import permit, published, step

MONDAY = datetime(2026, 3, 2, 10, tzinfo=YEREVAN)


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])


@pytest.fixture
def begun(in_meghri, officer):
    """A case in progress since Monday, 2 March 2026, 10:00; its term ends on 1 April."""

    def begin(workflow=None, key="a", **rule) -> Case:
        version = published(workflow or permit(), code=f"walk-{key}", **rule)
        with time_machine.travel(MONDAY, tick=False):
            case = submit(version, answers_for(in_meghri), key=key).case
            take(case, "register", officer)
            return take(case, "assign", officer, assignee=officer.pk)

    return begin


def take(case: Case, code: str, officer, **data) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    actor = APPLICANT if officer is None else staff(officer)
    return transition(case.uuid, code, actor=actor, expected_version=fresh.lock_version, data=data)


def on(day: date, hour: int = 10):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=YEREVAN), tick=False)


def letters(message: str) -> int:
    return Outbox.objects.filter(kind="mail", payload__message=message).count()


def test_the_term_stands_still_while_the_applicant_is_asked(begun, officer):
    case = begun()
    assert case.due_at == datetime(2026, 4, 1, 18, tzinfo=YEREVAN)
    with on(date(2026, 3, 10)):
        case = take(
            case, "ask", officer, question="Ուղարկեք սեփականության վկայականը։", missing="- Վկայական\n\nՀատակագիծ"
        )
    assert (case.phase, case.pauses.count(), letters("asked")) == ("awaiting_applicant", 1, 1)
    question = case.messages.get()
    assert question.missing == ["Վկայական", "Հատակագիծ"]
    assert question.due_at.astimezone(YEREVAN).date() == date(2026, 3, 20)
    with on(date(2026, 3, 15)):
        case = take(case, "reply", None, reply="Ահա։")
    assert case.due_at == datetime(2026, 4, 6, 18, tzinfo=YEREVAN)
    pause = case.pauses.get()
    assert pause.end is not None and pause.ended_by.code == "reply"
    question.refresh_from_db()
    assert question.settled_at is not None
    assert case.messages.get(kind=MessageKind.REPLY).question == question
    assert letters("reply") == 1


def test_an_open_pause_moves_the_end_day_by_day_and_nobody_is_reminded(begun, officer):
    case = begun()
    with on(date(2026, 3, 30)):
        case = take(case, "ask", officer, question="Ինչո՞ւ։", until="2026-05-30")
        assert case.wake_at == timezone.now() + timedelta(days=1)
    with on(date(2026, 4, 9), 11):
        run_clocks()
        case.refresh_from_db()
        assert case.due_at == datetime(2026, 4, 13, 18, tzinfo=YEREVAN)
        assert not case.is_overdue()
    assert letters("reminder") == letters("escalation") == 0


def test_an_answer_that_does_not_come_brings_the_step_that_the_workflow_names(begun, officer):
    case = begun()
    with on(date(2026, 3, 10)):
        take(case, "ask", officer, question="Ուղարկեք վկայականը։", until="2026-03-17")
    with on(date(2026, 3, 17), 23):
        run_clocks()
        case.refresh_from_db()
        assert case.state == "waiting"
    with on(date(2026, 3, 18)):
        run_clocks()
        case.refresh_from_db()
    assert (case.state, case.is_closed) == ("dropped", True)
    assert case.events.last().code == "drop" and case.events.last().actor_id is None
    assert not case.messages.filter(kind=MessageKind.QUESTION, settled_at=None).exists()


def test_an_extension_needs_its_ground_and_the_applicant_is_told(begun, officer):
    case = begun()
    with on(date(2026, 3, 20)):
        with pytest.raises(TransitionRefused) as refused:
            take(case, "extend", officer, days=10)
        assert [each.field for each in refused.value.errors] == ["ground"]
        with pytest.raises(TransitionRefused):
            take(case, "extend", officer, days=31, ground="Պետք է փորձաքննություն։")
        case = take(case, "extend", officer, days=10, ground="Պետք է փորձաքննություն։")
        assert case.due_at == datetime(2026, 4, 13, 18, tzinfo=YEREVAN)  # 11 April is a Saturday
        take(case, "extend", officer, days=1, ground="Եվս մեկ օր։")
        with pytest.raises(TransitionRefused):
            take(case, "extend", officer, days=1, ground="Երրորդ անգամ։")
    assert case.extensions.first().decision.code == "extend"
    assert letters("extended") == 2


def test_an_extension_may_bring_another_rule_of_the_law(begun, officer):
    workflow = permit()
    for each in workflow["transitions"]:
        if each["code"] == "extend":
            each["effects"] = [{"code": "extend_term", "options": {"rule": "long"}}]
    case = begun(workflow)
    version = case.version
    terms.terms_of(version)
    terms._known[version.checksum]["long"] = terms.Term(
        clock.read.as_rule({"unit": "months", "length": 3, "start": "registration"}), (), ()
    )
    with on(date(2026, 3, 20)):
        case = take(case, "extend", officer, ground="Պետք է փորձաքննություն։")
    assert case.due_at == datetime(2026, 6, 2, 18, tzinfo=YEREVAN)


def test_the_officer_is_reminded_at_each_distance_once_and_the_heads_hear_of_a_missed_term(begun, officer):
    case = begun()
    assert case.wake_at == datetime(2026, 3, 25, 9, tzinfo=YEREVAN)
    for day in (date(2026, 3, 25), date(2026, 3, 25), date(2026, 3, 26), date(2026, 3, 29), date(2026, 3, 31)):
        with on(day):
            Case.objects.update(wake_at=timezone.now())
            run_clocks()
    assert letters("reminder") == 3
    with on(date(2026, 4, 1), 19):
        run_clocks()
        run_clocks()
    assert letters("escalation") == 1
    row = Outbox.objects.filter(payload__message="escalation").get()
    assert row.payload["to"] == officer.pk and row.payload["mark"] == "escalate-0-20260401"


def test_silence_grants_where_the_law_says_so(begun, officer):
    workflow = permit()
    workflow["transitions"].append(
        step("silence", ["in_progress"], "answered", ["system"], after={"anchor": "due"}, effects=["notify_applicant"])
    )
    next(each for each in workflow["states"] if each["code"] == "answered")["outcome"] = "granted"
    case = begun(workflow)
    with on(date(2026, 4, 1), 17):
        run_clocks()
        case.refresh_from_db()
        assert case.state == "in_progress"
    with on(date(2026, 4, 1), 18):
        run_clocks()
        case.refresh_from_db()
    assert (case.state, case.outcome, case.is_decided) == ("answered", "granted", True)
    assert letters("answered") == 1


def test_a_step_that_a_dead_process_did_not_take_is_taken_by_the_next_one(begun, officer, monkeypatch):
    from services_api.cases.services import clocks

    case = begun()
    with on(date(2026, 3, 10)):
        take(case, "ask", officer, question="Ուղարկեք վկայականը։", until="2026-03-17")

    def die(*_arguments):
        raise SystemExit

    with on(date(2026, 3, 18)):
        with monkeypatch.context() as broken, pytest.raises(SystemExit):
            broken.setattr(clocks, "_step", die)
            run_clocks()
        case.refresh_from_db()
        assert case.state == "waiting"
    with on(date(2026, 3, 18), 11):
        run_clocks()
        case.refresh_from_db()
    assert case.state == "dropped"


def test_a_moved_day_counts_open_terms_anew(begun, django_capture_on_commit_callbacks):
    case, decided = begun(), begun(key="b")
    Case.objects.filter(pk=decided.pk).update(decided_at=timezone.now(), wake_at=None)
    with on(date(2026, 3, 20)), register(), django_capture_on_commit_callbacks(execute=True):
        CalendarException.objects.create(date=date(2026, 4, 1), kind="off", legal_basis="Կառավարության որոշում")
    for each in (case, decided):
        each.refresh_from_db()
    assert decided.wake_at is None
    with on(date(2026, 3, 20)):
        assert case.wake_at == timezone.now()
        assert run_clocks() == 1
        case.refresh_from_db()
    assert case.due_at == datetime(2026, 4, 2, 18, tzinfo=YEREVAN)


@pytest.mark.slow
def test_more_clocks_than_a_batch_holds_are_counted_anew_each_once(begun, officer):
    """How long ten thousand take is measured by the bench."""
    first = begun()
    number = 250
    rows = []
    for n in range(number):
        copy = Case(
            **{
                each.attname: getattr(first, each.attname)
                for each in Case._meta.concrete_fields
                if each.attname not in ("id", "uuid", "number")
            }
        )
        copy.number = f"Դ-2025/{n}"
        copy.submitted_at = copy.registered_at = MONDAY + timedelta(minutes=n)
        rows.append(copy)
    Case.objects.bulk_create(rows)
    with on(date(2026, 3, 20)):
        Case.objects.update(wake_at=timezone.now())
        assert run_clocks(batch=100) == number + 1
        assert run_clocks(batch=100) == 0
