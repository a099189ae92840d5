"""The officer's page of a case: asking, writing, noting, extending, joining, all on one screen."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse

from services_api.cases.actors import staff
from services_api.cases.models import Case, Message
from services_api.cases.services import submit, transition
from services_api.workdays.public import YEREVAN
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for, picture, upload
from tests.services_api.cases.procedures import permit, published, step
from tests.services_api.cases.staffed import build


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])


@pytest.fixture
def desk(meghri, officer, signed_in):
    return signed_in(meghri, officer)


@pytest.fixture
def case(meghri, officer) -> Case:
    workflow = permit()
    workflow["transitions"].append(
        step("silence", ["in_progress"], "answered", ["system"], after={"anchor": "due"}, effects=["notify_applicant"])
    )
    next(each for each in workflow["states"] if each["code"] == "answered")["outcome"] = "granted"
    with tenant(meghri):
        made = submit(published(workflow), answers_for(meghri), key="screen").case
        for code, data in (("register", {}), ("assign", {"assignee": officer.pk})):
            made = transition(made.uuid, code, actor=staff(officer), expected_version=made.lock_version, data=data)
        return made


def url(case: Case) -> str:
    return reverse("cases_workspace:case", args=[case.uuid])


def test_an_officer_asks_with_a_day_and_sees_the_answer(meghri, desk, case):
    page = desk.get(url(case)).content.decode()
    assert 'name="question"' in page and 'name="until"' in page
    missing = desk.post(url(case), {"transition": "ask", "lock_version": case.lock_version, "until": "2001-01-01"})
    said = missing.content.decode()
    assert (
        missing.status_code == 422 and "Գրեք, թե ինչ պետք է ներկայացնի" in said and "Ընտրեք այսօրվանից հետո օր" in said
    )
    done = desk.post(
        url(case), {"transition": "ask", "lock_version": case.lock_version, "question": "Ո՞ր փողոցը։"}, follow=True
    )
    text = done.content.decode()
    assert "Ո՞ր փողոցը։" in text and "դեռ պատասխան չկա" in text and "Ժամկետը կասեցված է" in text


def test_before_silence_grants_the_screen_counts_in_red(desk, case):
    with time_machine.travel(datetime.now(YEREVAN), tick=False):
        text = desk.get(url(case)).content.decode()
    assert "work-silence is-serious" in text and "կհամարվի բավարարված" in text


def test_a_letter_with_a_file_is_written_once_and_a_hostile_file_is_refused(meghri, desk, case):
    key = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    letter = {"deed": "letter", "message": "Բարև Ձեզ։", "key": key}
    refused = desk.post(url(case), {**letter, "files": upload("a.pdf", b"MZ not a pdf")})
    assert refused.status_code == 422 and "Բարև Ձեզ։" in refused.content.decode()
    for _click in range(2):
        assert desk.post(url(case), {**letter, "files": upload("a.jpg", picture())}).status_code == 302
    with tenant(meghri):
        assert Message.objects.filter(case=case).count() == 1
    assert desk.post(url(case), {"deed": "letter", "message": ""}).status_code == 422


def test_notes_and_related_cases(meghri, desk, case):
    assert desk.post(url(case), {"deed": "note", "note": "Զանգել եմ։"}).status_code == 302
    with tenant(meghri):
        other = submit(published(permit(), code="other"), answers_for(meghri), key="other").case
    assert desk.post(url(case), {"deed": "relate", "number": "Դ-1999/1"}).status_code == 422
    assert desk.post(url(case), {"deed": "relate", "number": other.number, "kind": "continues"}).status_code == 302
    text = desk.get(url(case)).content.decode()
    assert "Զանգել եմ։" in text and other.number in text
    assert case.number in desk.get(url(other)).content.decode()


def test_the_screen_stays_within_its_queries(meghri, desk, case, officer, django_assert_max_num_queries):
    from services_api.cases.services import write_to_applicant

    with tenant(meghri):
        for number in range(10):
            write_to_applicant(case.uuid, f"Նամակ {number}", actor=staff(officer))
    desk.get(url(case))
    with django_assert_max_num_queries(30):
        desk.get(url(case))


@pytest.mark.parametrize("name", ["head", "registry", "chief", "specialist"])
def test_whoever_opens_it_asks_no_more_than_thirty_times(
    meghri, name, staff_of, signed_in, django_assert_max_num_queries
):
    """The first look, which is written down, at a case that a colleague of the department has."""
    with tenant(meghri):
        house = build(meghri, staff_of)
        cases = [
            house.case(each, assigned_position=house.positions["specialist"], assigned_queue=house.queues["department"])
            for each in ("a", "b")
        ]
    desk = signed_in(meghri, house.people[name])
    desk.get(url(cases[0]))
    with django_assert_max_num_queries(30):
        assert desk.get(url(cases[1])).status_code == 200
