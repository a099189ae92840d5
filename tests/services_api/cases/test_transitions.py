"""One way on: register, assign, answer or refuse, close; and what stands in the way."""

from __future__ import annotations

import pytest

from services_api.cases.actors import APPLICANT, staff
from services_api.cases.errors import Conflict, TransitionRefused
from services_api.cases.events import broken_link
from services_api.cases.models import Case, Outcome
from services_api.cases.services import submit, transition
from services_api.cases.uploads import clean
from services_api.exchange.models import Outbox
from tests.services_api.cases.conftest import answers_for, picture, upload


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])


@pytest.fixture
def case(head_version, in_meghri) -> Case:
    return submit(head_version, answers_for(in_meghri), key="a").case


def _take(case: Case, code: str, officer, files=(), **data) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    return transition(
        case.uuid, code, actor=staff(officer), expected_version=fresh.lock_version, data=data, files=files
    )


def test_register_assign_answer_close(case, officer):
    """The whole way; each step writes one event, the chain stays whole, the resident gets letters."""
    _take(case, "register", officer)
    _take(case, "assign", officer, assignee=officer.pk)
    answered = _take(
        case, "answer", officer, answer="Լույսը վերականգնված է։", files=[clean(upload("akt.jpg", picture()))]
    )
    assert answered.decided_at is not None and not answered.is_overdue()
    closed = _take(case, "close", officer)
    assert (closed.phase, closed.is_closed, closed.assignee_id) == ("closed", True, officer.pk)
    assert [each.code for each in case.events.all()] == ["submit", "register", "assign", "answer", "close"]
    assert broken_link(closed) is None
    decision = closed.decisions.get()
    assert decision.text.startswith("Լույսը") and decision.attachments.get().name == "akt.jpg"
    letters = Outbox.objects.filter(kind="mail").values_list("payload__message", flat=True)
    assert sorted(letters) == ["answered", "progress", "received"]


def test_a_refusal_needs_reasons(case, officer):
    _take(case, "register", officer)
    _take(case, "assign", officer, assignee=officer.pk)
    with pytest.raises(TransitionRefused) as refused:
        _take(case, "refuse", officer, reason="   ")
    assert [each.field for each in refused.value.errors] == ["reason"]
    case.refresh_from_db()
    assert case.state == "in_progress"
    refused_case = _take(case, "refuse", officer, reason="Օրենքի 5-րդ հոդված")
    assert (refused_case.outcome, refused_case.decisions.get().reasons) == (Outcome.REFUSED, "Օրենքի 5-րդ հոդված")


def test_somebody_was_quicker(case, officer):
    """The server rechecks what the screen showed: nothing is done and it says what changed."""
    _take(case, "register", officer)
    with pytest.raises(Conflict) as conflict:
        transition(case.uuid, "register", actor=staff(officer), expected_version=case.lock_version)
    assert conflict.value.current_version == 2
    assert [each["state"] for each in conflict.value.changes] == ["registered"]
    assert case.events.count() == 2


@pytest.mark.parametrize("code", ["answer", "close", "no_such_step"])
def test_steps_of_other_states_are_refused(case, officer, code):
    with pytest.raises(TransitionRefused):
        _take(case, code, officer, answer="x")


def test_the_applicant_may_withdraw_and_nothing_else(case, officer):
    with pytest.raises(TransitionRefused):
        transition(case.uuid, "register", actor=APPLICANT, expected_version=1)
    withdrawn = transition(case.uuid, "withdraw", actor=APPLICANT, expected_version=1)
    assert withdrawn.is_closed and not withdrawn.is_overdue()


def test_a_colleague_without_the_right_takes_no_step(case, meghri, staff_of):
    with pytest.raises(TransitionRefused):
        _take(case, "register", staff_of(meghri))


def test_a_case_goes_only_to_officers(case, officer, meghri, staff_of):
    _take(case, "register", officer)
    for wrong in (staff_of(meghri).pk, 999_999, "x"):
        with pytest.raises(TransitionRefused) as refused:
            _take(case, "assign", officer, assignee=wrong)
        assert refused.value.errors[0].field == "assignee"


def test_a_changed_event_is_found(case, officer):
    """Somebody with the database's own rights rewrites history: the chain says where."""
    from django.db import connection

    from tenants.context import operator

    _take(case, "register", officer)
    with operator(connection.schema_name), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseevent SET comment = 'never happened' WHERE sequence = 1")
    broken = broken_link(case)
    assert broken is not None and broken.sequence == 1


def test_the_tenants_own_role_cannot_change_events(case):
    from django.db import ProgrammingError, connection, transaction

    for statement in ("UPDATE cases_caseevent SET comment = 'x'", "DELETE FROM cases_caseevent"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
