"""What an applicant does on the page of a case, without an account and without script."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from services_api.cases.actors import staff
from services_api.cases.models import Attachment, Case, DraftSubmission, Message, MessageKind
from services_api.cases.services import add_note, submit, transition, write_to_applicant
from services_api.cases.tracking import grouped
from services_api.cases.uploads import clean
from services_api.exchange.models import Outbox
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for, picture, upload
from tests.services_api.cases.procedures import permit, published


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])


@pytest.fixture
def sent(meghri, officer):
    """A case in progress, with its code."""
    with tenant(meghri):
        done = submit(published(permit()), answers_for(meghri), key="own")
        step(done.case, "register", officer)
        step(done.case, "assign", officer, assignee=officer.pk)
        return done


@pytest.fixture
def resident(meghri, client_for, sent):
    """A browser that has given number and code."""
    client = client_for(meghri)
    client.post("/case/", {"number": sent.case.number, "code": grouped(sent.code)})
    return client


def step(case: Case, code: str, officer, **data) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    return transition(case.uuid, code, actor=staff(officer), expected_version=fresh.lock_version, data=data)


def at(case: Case, what: str) -> str:
    return reverse(f"cases:{what}", kwargs={"uuid": case.uuid})


def hidden(page, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, name
    return found[1]


def ask(meghri, case: Case, officer) -> None:
    with tenant(meghri):
        step(case, "ask", officer, question="Ուղարկեք վկայականի պատճենը։", missing="Վկայականի պատճեն")


def test_asked_for_a_document_the_applicant_answers_with_a_wrong_file_first_and_a_good_one_then(
    meghri, sent, resident, officer
):
    case = sent.case
    ask(meghri, case, officer)
    page = resident.get(at(case, "status"))
    text = page.content.decode()
    assert "Վկայականի պատճեն" in text and at(case, "answer") in text and "կասեցված" in text
    form = resident.get(at(case, "answer"))
    assert "Ուղարկեք վկայականի պատճենը։" in form.content.decode()
    posted = {"reply": "Ահա պատճենը։", "key": hidden(form, "key"), "files_kept": ""}
    wrong = resident.post(
        at(case, "answer"),
        {**posted, "files": [upload("virus.exe", b"MZ"), upload("lav.jpg", picture())]},
    )
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert "virus.exe" in said and "lav.jpg" in said and "Ահա պատճենը։" in said
    good = resident.post(at(case, "answer"), {**posted, "files_kept": hidden(wrong, "files_kept")}, follow=True)
    assert good.status_code == 200 and "Ձեր պատասխանն ուղարկվել է" in good.content.decode()
    with tenant(meghri):
        case.refresh_from_db()
        assert case.state == "in_progress"
        reply = Message.objects.get(kind=MessageKind.REPLY)
        assert [each.name for each in reply.attachments.all()] == ["lav.jpg"]
        assert not DraftSubmission.objects.filter(answers__reply_to=str(case.uuid)).exists()
    again = resident.post(at(case, "answer"), posted)
    assert again.status_code == 302 and again["Location"] == at(case, "status")


def test_a_kept_file_can_be_taken_out_again(meghri, sent, resident, officer):
    case = sent.case
    ask(meghri, case, officer)
    form = resident.get(at(case, "answer"))
    posted = {"reply": "", "key": hidden(form, "key"), "files_kept": ""}
    wrong = resident.post(
        at(case, "answer"), {**posted, "reply": "x" * 20_001, "files": [upload("lav.jpg", picture())]}
    )
    kept = hidden(wrong, "files_kept")
    with tenant(meghri):
        identifier = str(Attachment.objects.get(name="lav.jpg").uuid)
    less = resident.post(at(case, "answer"), {**posted, "files_kept": kept, "remove_file": identifier})
    assert "lav.jpg" not in less.content.decode()
    empty = resident.post(at(case, "answer"), {**posted, "files_kept": kept})
    assert empty.status_code == 422 and "Գրեք պատասխան կամ կցեք ֆայլ" in empty.content.decode()


def test_letters_go_both_ways_and_notes_stay_inside(meghri, sent, resident, officer):
    case = sent.case
    with tenant(meghri):
        write_to_applicant(
            case.uuid, "Ե՞րբ կարող ենք գալ։", actor=staff(officer), files=[clean(upload("plan.png", picture("PNG")))]
        )
        add_note(case.uuid, "ԳԱՂՏՆԻ-ԳՐԱՌՈՒՄ", actor=staff(officer))
    page = resident.get(at(case, "status"))
    text = page.content.decode()
    assert "Ե՞րբ կարող ենք գալ։" in text and "plan.png" in text
    assert "ԳԱՂՏՆԻ" not in text
    posted = {"message": "Վաղը։", "key": hidden(page, "key")}
    assert resident.post(at(case, "message"), posted)["Location"].endswith("?done=message")
    resident.post(at(case, "message"), posted)  # a double click
    with tenant(meghri):
        assert Message.objects.filter(kind=MessageKind.FROM_APPLICANT).count() == 1
        assert case.events.filter(code="message_in").count() == 1
    assert "Վաղը։" in resident.get(at(case, "status")).content.decode()
    assert resident.post(at(case, "message"), {"message": " "}).status_code == 422


def test_withdrawing_asks_once_more(meghri, sent, resident):
    case = sent.case
    asked = resident.get(at(case, "withdraw"))
    assert asked.status_code == 200 and "Հե՞տ վերցնել" in asked.content.decode()
    with tenant(meghri):
        case.refresh_from_db()
        assert not case.is_closed
    done = resident.post(at(case, "withdraw"), {"comment": "Այլևս պետք չէ։"}, follow=True)
    assert "Դիմումը հետ է վերցվել" in done.content.decode()
    with tenant(meghri):
        case.refresh_from_db()
        assert case.phase == "withdrawn"
    assert resident.get(at(case, "withdraw")).status_code == 302


def test_the_service_is_rated_once_after_the_answer(meghri, sent, resident, officer):
    case = sent.case
    assert resident.get(at(case, "rating")).status_code == 302
    with tenant(meghri):
        step(case, "answer", officer, answer="Արված է։")
    assert at(case, "rating") in resident.get(at(case, "status")).content.decode()
    assert resident.post(at(case, "rating"), {"rating": "9"}).status_code == 422
    assert resident.post(at(case, "rating"), {"rating": "5", "words": "Արագ էր։"}).status_code == 302
    resident.post(at(case, "rating"), {"rating": "1"})
    with tenant(meghri):
        case.refresh_from_db()
        assert (case.rating, case.rating_text) == (5, "Արագ էր։")
    assert at(case, "rating") not in resident.get(at(case, "status")).content.decode()


@pytest.mark.parametrize("what", ["answer", "message", "withdraw", "rating"])
def test_without_number_and_code_every_case_answers_alike(meghri, client_for, sent, what):
    """Whether there is such a case or not: the way leads to the lookup, by reading and by sending."""
    stranger = client_for(meghri)
    there, nowhere = at(sent.case, what), reverse(f"cases:{what}", kwargs={"uuid": UUID(int=0)})
    for ask in (stranger.get, stranger.post):
        answers = [ask(there), ask(nowhere)]
        assert [(each.status_code, each["Location"]) for each in answers] == [(302, "/case/")] * 2
    with tenant(meghri):
        sent.case.refresh_from_db()
        assert not sent.case.is_closed


def test_letters_are_limited_per_address(meghri, sent, resident, settings):
    from rest_framework.settings import api_settings

    rates = dict(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
    settings.REST_FRAMEWORK = {
        **settings.REST_FRAMEWORK,
        "DEFAULT_THROTTLE_RATES": {**rates, "letter": "1/hour"},
    }
    api_settings.reload()
    try:
        assert resident.post(at(sent.case, "message"), {"message": "Մեկ։"}).status_code == 302
        second = resident.post(at(sent.case, "message"), {"message": "Երկու։"})
        assert second.status_code == 429 and "Երկու։" in second.content.decode() and second["Retry-After"]
    finally:
        api_settings.reload()


def test_a_case_that_went_elsewhere_says_where(meghri, sent, resident, officer):
    with tenant(meghri):
        step(sent.case, "forward_case", officer, body="Ջրային կոմիտե", reason="Օրենքի 30-րդ հոդված")
    text = resident.get(at(sent.case, "status")).content.decode()
    assert "Ջրային կոմիտե" in text and "Ձեզ կպատասխանի այդ մարմինը" in text


def test_duplicates_are_joined_and_a_closed_case_is_opened_again(meghri, sent, resident, officer):
    with tenant(meghri):
        other = submit(sent.case.version and published(permit(), code="twin"), answers_for(meghri), key="twin").case
        step(other, "merge_case", officer, original=sent.case.number)
        other.refresh_from_db()
        assert (other.outcome, other.is_closed) == ("merged", True)
        assert other.relations.get().other == sent.case
        assert sent.case.events.filter(code="joined").count() == 1
        step(sent.case, "answer", officer, answer="Արված է։")
        assert other.decisions.get().text == "Արված է։", "whoever applied about the same gets the same answer"
        assert Outbox.objects.filter(payload__message="answered", payload__case=str(other.uuid)).count() == 1
        closed = step(sent.case, "close", officer)
        again = step(closed, "reopen_case", officer, reason="Նոր հանգամանք")
        assert (again.phase, again.outcome, again.closed_at, again.decided_at) == ("in_progress", "", None, None)
        assert again.pauses.get().reason == "closed"
        with time_machine.travel(date(2027, 12, 1)):
            closed = step(step(sent.case, "answer", officer, answer="Նորից։"), "close", officer)
    assert closed.is_closed


def test_whoever_answers_for_several_is_told_who_reads_it(meghri, sent, officer, signed_in):
    page = reverse("cases_workspace:case", kwargs={"uuid": sent.case.uuid})
    clerk, warning = signed_in(meghri, officer), "դիմումների հեղինակները"
    assert warning not in clerk.get(page).content.decode()
    with tenant(meghri):
        other = submit(published(permit(), code="twin"), answers_for(meghri), key="twin").case
        step(other, "merge_case", officer, original=sent.case.number)
    text = clerk.get(page).content.decode()
    assert re.search(rf"{re.escape(other.number)}\s+{warning}", text)


def test_the_page_of_a_case_asks_no_more_with_more_letters(
    meghri, sent, resident, officer, django_assert_max_num_queries
):
    with tenant(meghri):
        for number in range(12):
            write_to_applicant(sent.case.uuid, f"Նամակ {number}", actor=staff(officer))
    resident.get(at(sent.case, "status"))  # the types of pages are read once per process
    with django_assert_max_num_queries(25):
        assert resident.get(at(sent.case, "status")).status_code == 200


def test_browsers_name_the_origin_of_the_forms_on_the_page_of_a_case(resident, sent):
    """With «no-referrer» a browser sends `Origin: null`, and every form of the page is refused. Only in browsers."""
    for what in ("status", "message"):
        page = resident.get(at(sent.case, what)).content.decode()
        assert '<meta name="referrer" content="same-origin">' in page, what
