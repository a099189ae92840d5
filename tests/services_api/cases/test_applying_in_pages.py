"""A form in several pages, with rows and a condition, filled in without JavaScript; finished later by link or code."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from services_api.cases.models import Case, DraftSubmission
from services_api.cases.services import purge_expired
from services_api.procedures.public import Procedure, draft_version, publish
from tenants.context import tenant
from tests.services_api.cases.conftest import picture, upload
from tests.services_api.cases.test_applying import post

START = "/apply/fence/"


def asked(kind: str, label: str, **rules: Any) -> dict[str, Any]:
    return {"x-kind": kind, "x-label": {"hy": label}, **rules}


def form() -> dict[str, Any]:
    yes_no = asked("yes_no", "Կա՞ համասեփականատեր", type="boolean")
    return {
        "type": "object",
        "additionalProperties": False,
        "x-title": {"hy": "Ցանկապատ"},
        "x-groups": [
            {"code": "who", "legend": {"hy": "Դիմողը"}, "fields": ["applicant", "email", "shared"]},
            {
                "code": "owners",
                "legend": {"hy": "Համասեփականատերեր"},
                "fields": ["owners"],
                "x-show-if": {"field": "shared", "equals": True},
            },
            {"code": "fence", "legend": {"hy": "Ցանկապատը"}, "fields": ["length", "high", "why", "plan"]},
        ],
        "x-pages": "groups",
        "properties": {
            "applicant": asked("person", "Դիմողը", type="object"),
            "email": asked("email", "Էլ. հասցե", type="string", format="email"),
            "shared": yes_no,
            "owners": asked(
                "group", "Համասեփականատերեր", type="array", maxItems=5,
                **{"x-item": {"hy": "Համասեփականատեր"}, "x-columns": ["owner"]},
                items={
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"owner": asked("person", "Անունը", type="object")},
                    "required": ["owner"],
                },
            ),
            "length": asked("number", "Երկարությունը", type="number", minimum=1, **{"x-unit": "m"}),
            "high": {**yes_no, "x-label": {"hy": "Երկու մետրից բա՞րձր է"}},
            "why": asked(
                "text", "Ինչու", type="string", maxLength=200, **{"x-show-if": {"field": "high", "equals": True}}
            ),
            "plan": asked("file", "Հատակագիծ", type="array", **{"x-max-bytes": 5_000_000, "x-accept": ["png"]}),
            "consent": asked("consent", "Համաձայն եմ", type="boolean"),
        },
        "required": ["applicant", "email", "shared", "owners", "length", "high", "why", "consent"],
    }  # fmt: skip


WHO = {"applicant-surname": "Հակոբյան", "applicant-name": "Կարեն", "email": "karen@example.am"}
FENCE = {"length": "12,5", "high": "no"}


@pytest.fixture
def community(meghri):
    with tenant(meghri):
        like = Procedure.objects.get(code="application-to-head").versions.get()
        procedure = Procedure.objects.create(code="fence", family="permit", name_hy="Ցանկապատ", summary_hy="Ցանկապատ")
        publish(draft_version(procedure, valid_from=date(2026, 1, 1), form=form(), workflow=like.workflow,
                              clock=like.clock, texts=like.texts))  # fmt: skip
    return meghri


@pytest.fixture
def visitor(community, client_for):
    return client_for(community, enforce_csrf_checks=True)


def shown(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def answered(client, page: str, **changes: str) -> str:
    response = post(client, page, changes)
    assert response.status_code == 302, re.findall(r"error-summary.*?</div>", response.content.decode(), re.S)
    return response.url


def test_one_thing_after_the_other_with_steps_and_ways_back(visitor, community):
    assert "Քայլ 1 / 3" in shown(visitor, START)
    owners = answered(visitor, START, **WHO, shared="yes")
    page = shown(visitor, owners)
    assert owners.endswith("/page/owners/") and "Քայլ 2 / 4" in page
    assert re.search(r'href="[^"]+/page/who/"[^>]*>Հետ', page)
    assert "Հակոբյան" in shown(visitor, owners.replace("owners", "who"))


def test_the_way_follows_the_answers_and_comes_to_one_case(visitor, community):
    fence = answered(visitor, START, **WHO, shared="no")
    assert fence.endswith("/page/fence/")
    response = post(visitor, fence, {**FENCE, "plan": upload("plan.png", picture("PNG"))})
    review = response.url
    page = shown(visitor, review)
    assert "plan.png" in page and "12,5" in page and "Քայլ 3 / 3" in page
    done = answered(visitor, review, consent="on")
    assert "Հակոբյան" not in done
    with tenant(community):
        case = Case.objects.get()
        assert case.answers["length"] == 12.5 and "owners" not in case.answers and "why" not in case.answers
        assert [each.name for each in case.attachments.all()] == ["plan.png"]


def test_rows_are_added_and_removed_by_buttons(visitor, community):
    owners = answered(visitor, START, **WHO, shared="yes")
    page = shown(visitor, owners)
    assert page.count("<legend>Համասեփականատեր ") == 1
    first = {"owners-count": "1", "owners-0-owner-surname": "Սարգսյան", "owners-0-owner-name": "Անի"}
    more = answered(visitor, owners, **first, add_row="owners")
    assert more.endswith("?more=owners#f-owners-1")
    page = shown(visitor, more.partition("#")[0])
    assert page.count("<legend>Համասեփականատեր ") == 2 and "Սարգսյան" in page
    two = {**first, "owners-count": "2", "owners-1-owner-surname": "Բաբայան", "owners-1-owner-name": "Նարե"}
    one_less = answered(visitor, owners, **two, remove_row="owners-0")
    page = shown(visitor, one_less.partition("#")[0])
    assert "Սարգսյան" not in page and "Բաբայան" in page
    wrong = post(visitor, owners, {"owners-count": "1", "owners-0-owner-surname": "Բաբայան"})
    assert wrong.status_code == 422 and 'href="#f-owners-0-owner-name"' in wrong.content.decode()


def test_without_script_a_question_opens_on_the_same_page(visitor, community):
    fence = answered(visitor, START, **WHO, shared="no")
    page = shown(visitor, fence)
    assert 'name="not_asked" value="why"' in page
    asked_more = post(visitor, fence, {"length": "3", "high": "yes", "why": "", "not_asked": "why"})
    text = asked_more.content.decode()
    assert asked_more.status_code == 200 and "when--new" in text and "error-summary" not in text
    assert post(visitor, fence, {"length": "3", "high": "yes", "why": ""}).status_code == 422
    assert answered(visitor, fence, length="3", high="yes", why="Քամին").endswith("/review/")


def test_a_changed_answer_leads_back_to_the_review_or_to_what_it_opens(visitor, community):
    fence = answered(visitor, START, **WHO, shared="no")
    review = answered(visitor, fence, **FENCE)
    change = re.search(r'href="([^"]+/page/who/\?from=review)"', shown(visitor, review)).group(1)
    assert f'action="{change}"' in shown(visitor, change)
    assert answered(visitor, change, **{**WHO, "email": "new@example.am"}, shared="no") == review
    owners = answered(visitor, change, **WHO, shared="yes")
    assert owners.endswith("/page/owners/")
    assert visitor.get(review).status_code == 302  # a page is open: it cannot be sent yet


def test_what_was_said_to_a_hidden_page_is_not_sent(visitor, community):
    owners = answered(visitor, START, **WHO, shared="yes")
    fence = answered(visitor, owners, **{"owners-count": "1", "owners-0-owner-surname": "Սարգսյան",
                                         "owners-0-owner-name": "Անի"})  # fmt: skip
    review = answered(visitor, fence, **FENCE)
    assert "Սարգսյան" in shown(visitor, review)
    answered(visitor, fence.replace("fence/", "who/").replace("/apply/who/", "/apply/fence/"), **WHO, shared="no")
    assert "Սարգսյան" not in shown(visitor, review)
    answered(visitor, review, consent="on")
    with tenant(community):
        assert "owners" not in Case.objects.get().answers


def test_finishing_later_by_link_and_by_code(visitor, community, client_for):
    """Half a page is kept as it is, for a month; the code opens it on another device, a wrong one nothing."""
    kept = post(visitor, START, {**WHO, "email": "karen", "save_later": "1"})
    page = kept.content.decode()
    assert kept.status_code == 200 and "no-store" in kept["Cache-Control"]
    code = re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", page).group()
    link = re.search(r'href="http://[^/"]+(/apply/fence/[^"]+/)"', page).group(1)
    other = client_for(community, enforce_csrf_checks=True)
    again = post(other, "/resume/", {"code": code.lower()})
    assert again.url == link
    where = other.get(link).url
    assert "karen" in shown(other, where) and where.endswith("/page/who/")
    with tenant(community):
        assert (DraftSubmission.objects.get().expires_at - timezone.now()).days >= 29
        assert purge_expired() == 0
    wrong = post(other, "/resume/", {"code": "2222 2222 2222"})
    assert wrong.status_code == 422 and link not in wrong.content.decode()


def test_a_code_of_one_community_opens_nothing_in_another(visitor, community, goris, client_for):
    page = post(visitor, START, {**WHO, "save_later": "1"}).content.decode()
    code = re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", page).group()
    assert post(client_for(goris, enforce_csrf_checks=True), "/resume/", {"code": code}).status_code == 422


def test_guessing_codes_is_slowed_down(visitor, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"status": "2/hour"}}
    assert [post(visitor, "/resume/", {"code": "2222"}).status_code for _ in range(3)] == [422, 422, 429]


def test_saving_costs_the_same_however_many_questions(visitor, community, django_assert_max_num_queries):
    """95 questions and rows are one draft: the number of statements does not follow the number of questions."""
    long = form()
    for number in range(85):
        long["properties"][f"more_{number}"] = asked("text", f"Հարց {number}", type="string", maxLength=50)
        long["x-groups"][2]["fields"].append(f"more_{number}")
    with tenant(community):
        last = Procedure.objects.get(code="fence").versions.get()
        publish(draft_version(last.procedure, valid_from=date(2026, 2, 1), form=long, workflow=last.workflow,
                              clock=last.clock, texts=last.texts))  # fmt: skip
    assert len(long["properties"]) >= 94
    fence = answered(visitor, START, **WHO, shared="no")
    posted = {**FENCE, **{f"more_{number}": "պատասխան" for number in range(85)}}
    with django_assert_max_num_queries(12):
        answered(visitor, fence, **posted)
