"""Tasks on a case: at once or in turn, joined by all or any, and the case open to whoever has one."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from services_api.cases import selectors
from services_api.cases.actors import staff
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import Case, Task, TaskState
from services_api.cases.services import Order, cancel, finish, issue, postpone, submit, transition
from services_api.exchange.models import Outbox
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for
from tests.services_api.cases.procedures import permit, published, step


@pytest.fixture
def people(meghri, staff_of):
    """The officer and two colleagues."""
    names = ("officer@example.am", "one@example.am", "two@example.am")
    return [staff_of(meghri, each, groups=["Դիմումների պատասխանատուներ"]) for each in names]


@pytest.fixture
def case(in_meghri, people) -> Case:
    return begun(in_meghri, people[0])


def begun(community, officer, workflow=None, key="t") -> Case:
    made = submit(published(workflow or permit(), code=f"tasks-{key}"), answers_for(community), key=key).case
    take(made, "register", officer)
    return take(made, "assign", officer, assignee=officer.pk)


def take(case: Case, code: str, officer, **data) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    return transition(case.uuid, code, actor=staff(officer), expected_version=fresh.lock_version, data=data)


def give(case: Case, officer, to, **more) -> list[Task]:
    return issue(
        case.uuid, Order(**{"kind": "approve", "to": [f"u{each.pk}" for each in to], **more}), actor=staff(officer)
    )


def test_two_parallel_approvals_hold_the_answer_back_until_both_are_there(case, people):
    officer, one, two = people
    first, second = give(case, officer, [one, two])
    with pytest.raises(TransitionRefused) as refused:
        take(case, "answer", officer, answer="Այո։")
    assert [each.field for each in refused.value.errors] == ["tasks"]
    finish(first.uuid, "done", user=one)
    with pytest.raises(TransitionRefused):
        take(case, "answer", officer, answer="Այո։")
    finish(second.uuid, "done", "Առարկություն չունեմ։", user=two)
    assert take(case, "answer", officer, answer="Այո։").is_decided
    codes = list(case.events.values_list("code", flat=True))
    assert codes.count("tasks") == 1 and codes.count("task_finished") == 2
    assert Outbox.objects.filter(payload__message="task").count() == 2
    assert Outbox.objects.filter(payload__message="task_finished", payload__to=officer.pk).count() == 2


def test_in_turn_the_second_opens_when_the_first_is_done(case, people):
    officer, one, two = people
    first, second = give(case, officer, [one, two], in_turn=True)
    assert (first.state, second.state) == ("open", "planned")
    with pytest.raises((TransitionRefused, Task.DoesNotExist)):
        finish(second.uuid, "done", user=two)
    finish(first.uuid, "done", user=one)
    second.refresh_from_db()
    assert second.state == "open"


def test_any_of_them_is_enough_and_the_rest_is_cancelled(case, people):
    officer, one, two = people
    first, second = give(case, officer, [one, two], join="any")
    finish(second.uuid, "done", user=two)
    first.refresh_from_db()
    assert first.state == TaskState.CANCELLED
    assert take(case, "answer", officer, answer="Այո։").is_decided


def test_a_refusal_needs_reasons_and_blocks_until_the_issuer_takes_the_task_back(case, people):
    officer, one, two = people
    (task,) = give(case, officer, [one])
    with pytest.raises(TransitionRefused) as refused:
        finish(task.uuid, "refused", " ", user=one)
    assert refused.value.errors[0].field == "result"
    finish(task.uuid, "refused", "Հակասում է կարգին։", user=one)
    with pytest.raises(TransitionRefused):
        take(case, "answer", officer, answer="Այո։")
    with pytest.raises(Task.DoesNotExist):
        cancel(task.uuid, user=two)
    cancel(task.uuid, user=officer)
    assert take(case, "answer", officer, answer="Այո։").is_decided


def test_a_task_opens_the_case_while_it_is_open_and_no_longer(case, people):
    officer, one, two = people
    assert not selectors.visible_cases(one).filter(pk=case.pk).exists()
    (task,) = give(case, officer, [one], kind="opinion", text="Ի՞նչ կարծիք ունեք։")
    assert selectors.visible_cases(one).filter(pk=case.pk).exists()
    assert not selectors.visible_cases(two).filter(pk=case.pk).exists()
    with pytest.raises(Task.DoesNotExist):
        finish(task.uuid, "done", "Իմը չէ։", user=two)
    finish(task.uuid, "done", "Համաձայն եմ։", user=one)
    assert not selectors.visible_cases(one).filter(pk=case.pk).exists()


def test_closing_waits_for_tasks_but_a_withdrawal_takes_them_along(in_meghri, case, people):
    officer, one, _two = people
    from services_api.cases.actors import APPLICANT

    answered = take(case, "answer", officer, answer="Այո։")
    give(answered, officer, [one], kind="inform")
    with pytest.raises(TransitionRefused):
        take(case, "close", officer)
    other = begun(in_meghri, officer, key="w")
    (task,) = give(other, officer, [one])
    transition(other.uuid, "withdraw", actor=APPLICANT, expected_version=Case.objects.get(pk=other.pk).lock_version)
    task.refresh_from_db()
    assert task.state == TaskState.CANCELLED
    with pytest.raises(TransitionRefused):
        give(other, officer, [one])


def test_a_step_gives_the_tasks_that_the_workflow_names(in_meghri, people):
    officer = people[0]
    workflow = permit()
    effect = {"code": "issue_tasks", "options": {"kind": "approve", "to": ["executor"], "group": "visa", "days": 3}}
    workflow["transitions"].append(step("visa", ["in_progress"], "in_progress", ["executor"], effects=[effect]))
    case = begun(in_meghri, officer, workflow, key="v")
    take(case, "visa", officer)
    task = case.tasks.get()
    assert (task.group, task.user, task.kind) == ("visa", officer, "approve") and task.due_at is not None


def test_the_issuer_gives_more_time(case, people):
    officer, one, _two = people
    (task,) = give(case, officer, [one])
    later = date(2099, 5, 1)
    assert postpone(task.uuid, later, user=officer).due_at is not None
    with pytest.raises(Task.DoesNotExist):
        postpone(task.uuid, later, user=one)
    with pytest.raises(TransitionRefused):
        postpone(task.uuid, date(2001, 1, 1), user=officer)


def test_tasks_on_the_screen(meghri, people, signed_in):
    officer, one, _two = people
    with tenant(meghri):
        case = begun(meghri, officer, key="s")
    url = reverse("cases_workspace:case", args=[case.uuid])
    desk, colleague = signed_in(meghri, officer), signed_in(meghri, one)
    assert colleague.get(url).status_code == 404
    empty = desk.post(url, {"deed": "issue", "kind": "opinion", "text": "Կարդացեք։"})
    assert empty.status_code == 422 and "Կարդացեք։" in empty.content.decode()
    order = {"deed": "issue", "kind": "opinion", "text": "Կարդացեք։", "to": [f"u{one.pk}"], "due": "2099-01-01"}
    assert desk.post(url, order).status_code == 302
    listed = colleague.get(reverse("cases_workspace:tasks")).content.decode()
    assert case.number in listed and "Կարծիք տալ" in listed
    page = colleague.get(url).content.decode()
    with tenant(meghri):
        task = Task.objects.get(case=case)
    assert str(task.uuid) in page and 'value="refused"' in page
    done = {"deed": "finish", "task": str(task.uuid), "state": "done", "result": "Դեմ չեմ։"}
    assert colleague.post(url, done).status_code == 302
    assert colleague.get(url).status_code == 404
    assert "Դեմ չեմ։" in desk.get(url).content.decode()


def test_my_tasks_ask_no_more_with_more_rows(meghri, people, signed_in, django_assert_max_num_queries):
    officer, one, _two = people
    with tenant(meghri):
        case = begun(meghri, officer, key="q")
        for _number in range(15):
            give(case, officer, [one])
    colleague = signed_in(meghri, one)
    colleague.get(reverse("cases_workspace:tasks"))
    with django_assert_max_num_queries(25):
        assert colleague.get(reverse("cases_workspace:tasks")).status_code == 200
