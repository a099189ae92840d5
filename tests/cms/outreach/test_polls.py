"""A poll: asked, answered without a name, counted, shown; honest about what it is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.outreach.models import Poll, PollAnswer, PollQuestion
from cms.seeds.roles import EDITORS
from tests.cms.outreach.conftest import NOW

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
YES_NO = [{"id": "1", "hy": "Այո", "en": "Yes", "ru": "Да"}, {"id": "2", "hy": "Ոչ", "en": "No", "ru": "Нет"}]


@pytest.fixture
def put_poll(in_meghri) -> Callable[..., Poll]:
    """A published poll with one question, open from NOW for a week."""

    def put(title: str = "Այգի կամ կայանատեղի", **fields: object) -> Poll:
        values: dict[str, object] = {"opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=7)}
        poll = Poll.objects.create(title_hy=title, **{**values, **fields})
        PollQuestion.objects.create(poll=poll, text_hy="Այգի՞ եք ուզում", options=YES_NO)
        return poll

    return put


def answer(client, poll: Poll, values: dict[str, object], **headers: str):
    page = client.get(f"/polls/{poll.uuid}/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    return client.post(f"/polls/{poll.uuid}/", {"token": token, "website": "", **values}, **{**HERE, **headers})


@time_machine.travel(NOW)
def test_an_answer_is_counted_and_nothing_else_is_kept(put_poll, meghri, client_for):
    poll = put_poll(show_results=Poll.Show.AT_ONCE)
    question = poll.questions.get()
    client = client_for(meghri)
    assert poll.title_hy in client.get("/polls/").content.decode()
    sent = answer(client, poll, {f"q{question.pk}": "1"})
    assert sent.status_code == 303 and not sent.cookies
    page = client.get(sent["Location"]).content.decode()
    assert "Ձեր պատասխանները հաշվվել են" in page and "100 %" in page
    poll.refresh_from_db()
    row = PollAnswer.objects.get()
    assert (row.option, row.count, poll.participants) == ("1", 1, 1)


@time_machine.travel(NOW)
def test_a_page_answers_once_and_a_device_a_few_times(put_poll, meghri, client_for):
    poll = put_poll()
    name = f"q{poll.questions.get().pk}"
    client = client_for(meghri)
    page = client.get(f"/polls/{poll.uuid}/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    form = {"token": token, name: "1"}
    assert client.post(f"/polls/{poll.uuid}/", form, **HERE).status_code == 303
    assert client.post(f"/polls/{poll.uuid}/", form, **HERE).status_code == 403, "the same page again"
    for _ in range(5):
        answer(client, poll, {name: "1"})
    poll.refresh_from_db()
    assert poll.participants == 3
    assert answer(client, poll, {name: "2"}, HTTP_USER_AGENT="another phone of the house").status_code == 303


@time_machine.travel(NOW)
def test_a_form_from_elsewhere_or_without_its_token_is_not_counted(put_poll, meghri, client_for):
    poll = put_poll()
    name = f"q{poll.questions.get().pk}"
    client = client_for(meghri)
    assert answer(client, poll, {name: "1"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.post(f"/polls/{poll.uuid}/", {name: "1", "token": "x"}, **HERE).status_code == 403
    wrong = answer(client, poll, {name: "9"})
    assert wrong.status_code == 422 and "Պատասխանեք այս հարցին" in wrong.content.decode()
    assert not PollAnswer.objects.exists()


def test_results_wait_for_the_end_when_the_officer_says_so(put_poll, meghri, client_for):
    client = client_for(meghri)
    with time_machine.travel(NOW, tick=False) as clock:
        poll = put_poll()
        answer(client, poll, {f"q{poll.questions.get().pk}": "2"})
        assert "100 %" not in client.get(f"/polls/{poll.uuid}/").content.decode()
        clock.move_to(NOW + timedelta(days=8))
        closed = client.get(f"/polls/{poll.uuid}/").content.decode()
        assert "100 %" in closed and "<form" not in closed[closed.index("<main") : closed.index("</main>")]
        assert client.get(f"/polls/{poll.uuid}/")["X-Page-Cache"] == "hit"


@time_machine.travel(NOW)
def test_a_survey_has_several_kinds_of_questions(put_poll, meghri, client_for):
    poll = put_poll("Աղբահանություն", show_results=Poll.Show.AT_ONCE)
    first = poll.questions.get()
    several = PollQuestion.objects.create(poll=poll, kind="several", text_hy="Ե՞րբ", options=YES_NO, sort_order=1)
    scale = PollQuestion.objects.create(poll=poll, kind="scale", text_hy="Գնահատեք", sort_order=2)
    words = PollQuestion.objects.create(poll=poll, kind="text", text_hy="Ինչո՞ւ", is_required=False, sort_order=3)
    sent = answer(
        client_for(meghri),
        poll,
        {f"q{first.pk}": "1", f"q{several.pk}": ["1", "2"], f"q{scale.pk}": "4", f"q{words.pk}": "Զանգեք 091 12 34 56"},
    )
    assert sent.status_code == 303
    assert PollAnswer.objects.get(question=words).text == "Զանգեք […]"
    page = client_for(meghri).get(f"/polls/{poll.uuid}/").content.decode()
    assert "4,0" in page and "Զանգեք" not in page, "own words are read by the staff only"


@time_machine.travel(NOW)
def test_an_untranslated_poll_is_not_shown_under_another_language(put_poll, meghri, client_for):
    poll = put_poll()
    client = client_for(meghri)
    assert poll.title_hy not in client.get("/en/polls/").content.decode()
    assert client.get(f"/en/polls/{poll.uuid}/").status_code == 404
    Poll.objects.filter(pk=poll.pk).update(title_en="Park or parking")
    PollQuestion.objects.filter(poll=poll).update(text_en="Do you want a park?")
    assert "Do you want a park?" in client.get(f"/en/polls/{poll.uuid}/").content.decode()


def test_rules_of_a_poll(put_poll):
    poll = put_poll()
    question = poll.questions.get()
    with pytest.raises(ValidationError):
        PollQuestion(poll=poll, text_hy="Մեկ տարբերակ", options=YES_NO[:1]).clean()
    PollAnswer.objects.create(question=question, option="1", count=1)
    question.options = [*YES_NO, {"id": "3", "hy": "Չգիտեմ", "en": "", "ru": ""}]
    with pytest.raises(ValidationError):
        question.clean()
    question.options = [{**YES_NO[0], "hy": "Այո, իհարկե"}, YES_NO[1]]
    question.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        PollAnswer.objects.create(question=question, option="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.create(title_hy="Հետ", opens_at=NOW, closes_at=NOW)


def test_a_press_officer_makes_a_poll_and_takes_the_answers_along(meghri, as_tenant, staff_of, signed_in):
    as_tenant(meghri)
    officer = signed_in(meghri, staff_of(meghri, groups=[EDITORS]))
    form = {
        "title_hy": "Այգի",
        "opens_at": "2026-11-24 09:00",
        "closes_at": "2026-12-24 09:00",
        "show_results": "after_end",
        "is_published": "on",
        "questions-TOTAL_FORMS": "1",
        "questions-INITIAL_FORMS": "0",
        "questions-MIN_NUM_FORMS": "1",
        "questions-MAX_NUM_FORMS": "10",
        "questions-0-kind": "choice",
        "questions-0-text_hy": "Ուզո՞ւմ եք",
        "questions-0-options": "Այո | Yes | Да\nՈչ | No | Нет",
        "questions-0-is_required": "on",
        "questions-0-ORDER": "1",
    }
    assert officer.get("/admin/outreach/polls/new/").status_code == 200
    sent = officer.post("/admin/outreach/polls/new/", form)
    assert sent.status_code == 302, sent.content.decode()[:2000]
    poll = Poll.objects.get()
    assert poll.questions.get().options == YES_NO
    edit = officer.get(f"/admin/outreach/polls/edit/{poll.pk}/").content.decode()
    assert "Այո | Yes | Да" in edit
    PollAnswer.objects.create(question=poll.questions.get(), option="1", count=3)
    sheet = officer.get(f"/admin/outreach/polls/answers/{poll.pk}/").content.decode()
    assert "Այո,3,100" in sheet
    assert officer.get("/admin/outreach/polls/").status_code == 200


def test_queries_do_not_grow_with_polls(put_poll, meghri, client_for, django_assert_max_num_queries):
    from cms import page_cache

    client = client_for(meghri)
    with time_machine.travel(NOW, tick=False):
        for number in range(12):
            put_poll(f"Հարցում {number}")
            put_poll(f"Փակ {number}", opens_at=NOW - timedelta(days=9), closes_at=NOW - timedelta(days=2))
        page_cache.pages.clear()
        with django_assert_max_num_queries(25):
            client.get("/polls/")
        with django_assert_max_num_queries(25):
            client.get(f"/polls/{Poll.objects.first().uuid}/")
