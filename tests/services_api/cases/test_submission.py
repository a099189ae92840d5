"""A confirmed submission is there once, with number, term and letters."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from services_api.cases import tracking
from services_api.cases.errors import AnswersInvalid, KeyReused
from services_api.cases.events import broken_link
from services_api.cases.models import Case, CaseEvent, NumberCounter, SubmissionKey
from services_api.cases.services import purge_expired, submit
from services_api.exchange.models import Outbox
from services_api.workdays.public import YEREVAN
from tenants.append_only import NotChangeable
from tests.services_api.cases.conftest import answers_for

# A Monday in office hours, and the Friday evening of the mock's story.
MONDAY = datetime(2026, 11, 16, 11, 30, tzinfo=YEREVAN)
FRIDAY_EVENING = datetime(2026, 11, 13, 20, 40, tzinfo=YEREVAN)


def test_submitting_twice_gives_one_case(head_version, in_meghri):
    """The resident pressed the button twice; both times she reads the same number and code."""
    first = submit(head_version, answers_for(in_meghri), key="a")
    second = submit(head_version, answers_for(in_meghri), key="a")
    assert (first.created, second.created) == (True, False)
    assert second.case.pk == first.case.pk
    assert second.code == first.code
    assert Case.objects.count() == 1
    assert Outbox.objects.filter(schema=in_meghri.schema_name, kind="mail").count() == 1


def test_the_same_key_with_other_answers_is_refused(head_version, in_meghri):
    submit(head_version, answers_for(in_meghri), key="a")
    with pytest.raises(KeyReused):
        submit(head_version, answers_for(in_meghri, subject="Այլ թեմա"), key="a")
    assert Case.objects.count() == 1


def test_number_case_and_letters_come_together_or_not_at_all(head_version, in_meghri):
    with pytest.raises(RuntimeError), transaction.atomic():
        submit(head_version, answers_for(in_meghri), key="a")
        raise RuntimeError("the machine stops here")
    assert not Case.objects.exists()
    assert not Outbox.objects.filter(schema=in_meghri.schema_name, kind="mail").exists()
    assert not NumberCounter.objects.exists()
    assert submit(head_version, answers_for(in_meghri), key="a", at=MONDAY).case.number == "Դ-2026/1"


def test_numbers_follow_each_other(head_version, in_meghri):
    numbers = [submit(head_version, answers_for(in_meghri), key=str(n), at=MONDAY).case.number for n in range(3)]
    assert numbers == ["Դ-2026/1", "Դ-2026/2", "Դ-2026/3"]


def test_out_of_hours_it_is_registered_on_the_next_working_day(head_version, in_meghri):
    """Sent on Friday evening: registered on Monday at nine, thirty days from there, rolled to a working day."""
    case = submit(head_version, answers_for(in_meghri), key="a", at=FRIDAY_EVENING).case
    assert case.registered_at == datetime(2026, 11, 16, 9, 0, tzinfo=YEREVAN)
    assert case.due_at == datetime(2026, 12, 16, 18, 0, tzinfo=YEREVAN)
    first = case.events.get()
    assert "16" in first.text("hy") and first.text("hy") != first.text("en")


def test_in_office_hours_it_is_registered_at_once(head_version, in_meghri):
    assert submit(head_version, answers_for(in_meghri), key="a", at=MONDAY).case.registered_at == MONDAY


def test_wrong_answers_name_the_question_and_make_nothing(head_version, in_meghri):
    with pytest.raises(AnswersInvalid) as refused:
        submit(head_version, answers_for(in_meghri, email="ոչ հասցե", consent=False), key="a")
    assert {each.field for each in refused.value.errors} == {"email", "consent"}
    assert not Case.objects.exists()
    assert not SubmissionKey.objects.exists()


def test_the_code_is_kept_as_a_digest_and_opens_the_case(head_version, in_meghri):
    done = submit(head_version, answers_for(in_meghri), key="a")
    assert done.code not in str(Case.objects.values().get())
    assert tracking.matches(done.case.uuid, done.case.tracking_digest, tracking.grouped(done.code).lower())
    assert not tracking.matches(done.case.uuid, done.case.tracking_digest, tracking.new_code())


def test_after_a_day_the_code_is_forgotten_and_a_repeated_sending_gives_the_number_only(head_version, in_meghri):
    done = submit(head_version, answers_for(in_meghri), key="a")
    purge_expired(done.case.submitted_at + timedelta(hours=25))
    again = submit(head_version, answers_for(in_meghri), key="a")
    assert (again.case.number, again.code) == (done.case.number, "")


def test_events_are_chained_and_cannot_be_changed(head_version, in_meghri):
    case = submit(head_version, answers_for(in_meghri), key="a").case
    event = case.events.get()
    assert broken_link(case) is None
    everything = CaseEvent.objects.all()
    for change in (event.save, event.delete, lambda: everything.update(comment="x"), everything.delete):
        with pytest.raises(NotChangeable):
            change()


def test_a_case_is_never_deleted(head_version, in_meghri):
    case = submit(head_version, answers_for(in_meghri), key="a").case
    with pytest.raises(Exception, match="closed, not deleted"):
        case.delete()
