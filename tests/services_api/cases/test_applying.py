"""A resident applies without JavaScript: form, review, confirmation, and nothing is lost on the way."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from services_api.cases.models import Attachment, Case, DraftSubmission
from services_api.cases.services import purge_expired
from tenants.context import tenant
from tests.services_api.cases.conftest import picture, upload

FORM = "/apply/application-to-head/"


@pytest.fixture
def visitor(meghri, client_for):
    return client_for(meghri, enforce_csrf_checks=True)


def posted(community, **changes) -> dict:
    """What a browser sends when the form is filled in."""
    return {
        "applicant-surname": "Հակոբյան",
        "applicant-name": "Կարեն",
        "settlement": community.settlements.first().name_hy,
        "address": "Զորավար Անդրանիկի 2",
        "email": "karen@example.am",
        "phone": "091 123456",
        "subject": "Փողոցի լուսավորության մասին",
        "body": "Խնդրում եմ վերականգնել մեր փողոցի լուսավորությունը։",
        **changes,
    }


def post(client, url, data):
    """As a browser does: with the CSRF token of the page."""
    if "csrftoken" not in client.cookies:
        client.get(url)
    return client.post(url, {**data, "csrfmiddlewaretoken": client.cookies["csrftoken"].value})


def to_review(client, community, **changes) -> str:
    response = post(client, FORM, posted(community, **changes))
    assert response.status_code == 302, re.findall(r"error-summary.*?</div>", response.content.decode(), re.S)
    return response.url


def sent(client, community, **changes) -> str:
    review = to_review(client, community, **changes)
    response = post(client, review, {"consent": "on"})
    assert response.status_code == 302
    return response.url


def cases(community) -> list[Case]:
    with tenant(community):
        return list(Case.objects.select_related("applicant"))


def test_looking_at_the_form_keeps_nothing(visitor, meghri):
    page = visitor.get(FORM)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    with tenant(meghri):
        assert not DraftSubmission.objects.exists()


def test_the_whole_way_with_two_files(visitor, meghri):
    """Form -> review with everything read through -> consent -> number and code, which open the status page."""
    files = [upload("դիմում.jpg", picture()), upload("plan.png", picture("PNG"))]
    review = to_review(visitor, meghri, attachments=files)
    page = visitor.get(review).content.decode()
    assert "Կարեն" in page and "դիմում.jpg" in page and "plan.png" in page
    assert cases(meghri) == []

    without_consent = post(visitor, review, {})
    assert without_consent.status_code == 422 and cases(meghri) == []

    done = post(visitor, review, {"consent": "on"}).url
    confirmation = visitor.get(done)
    (case,) = cases(meghri)
    text = confirmation.content.decode()
    code = re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", text).group()
    assert case.number in text and "no-store" in confirmation["Cache-Control"]

    other = visitor.__class__(SERVER_NAME=visitor.defaults["SERVER_NAME"])
    assert other.get(f"/case/{case.uuid}/").url == "/case/"
    found = other.post("/case/", {"number": f" {case.number} ".lower(), "code": code.lower()})
    assert found.url == f"/case/{case.uuid}/"
    status = other.get(found.url)
    assert status.status_code == 200 and case.number in status.content.decode()
    with tenant(meghri):
        attachment = Attachment.objects.filter(case=case).first()
    downloaded = other.get(f"/case/{case.uuid}/files/{attachment.uuid}/")
    assert downloaded["Content-Disposition"].startswith("attachment")
    assert (
        visitor.__class__(SERVER_NAME=visitor.defaults["SERVER_NAME"])
        .get(f"/case/{case.uuid}/files/{attachment.uuid}/")
        .status_code
        == 404
    )


def test_double_click_back_button_and_two_tabs_make_one_case(visitor, meghri):
    review = to_review(visitor, meghri)
    first = post(visitor, review, {"consent": "on"})
    second = post(visitor, review, {"consent": "on"})
    assert first.url == second.url
    assert visitor.get(review).url == first.url
    assert visitor.get(review.replace("review/", "")).url == first.url
    assert len(cases(meghri)) == 1


def test_on_an_error_words_and_files_stay(visitor, meghri):
    """A wrong e-mail and a good file: the page names the field, keeps the text and the file."""
    response = post(visitor, FORM, posted(meghri, email="karen", attachments=[upload("plan.png", picture("PNG"))]))
    page = response.content.decode()
    assert response.status_code == 422
    assert "error-summary" in page and 'href="#f-email"' in page
    assert "Զորավար Անդրանիկի 2" in page and "plan.png" in page
    action = re.search(r'action="(/apply/[^"]+/)"', page).group(1)
    review = post(visitor, action, posted(meghri)).url
    assert "plan.png" in visitor.get(review).content.decode()


def test_a_refused_file_is_named_and_the_good_one_stays(visitor, meghri):
    files = [upload("plan.png", picture("PNG")), upload("cut.jpg", picture()[:150])]
    response = post(visitor, FORM, posted(meghri, attachments=files))
    page = response.content.decode()
    assert response.status_code == 422 and "cut.jpg" in page
    with tenant(meghri):
        assert [each.name for each in Attachment.objects.all()] == ["plan.png"]


def test_a_file_can_be_taken_out_again(visitor, meghri):
    page = post(visitor, FORM, posted(meghri, email="karen", attachments=[upload("plan.png", picture("PNG"))]))
    action = re.search(r'action="(/apply/[^"]+/)"', page.content.decode()).group(1)
    with tenant(meghri):
        kept = Attachment.objects.get()
        assert kept.file.storage.exists(kept.file.name)
    assert post(visitor, action, posted(meghri, subject="Նոր թեմա", remove_file=str(kept.uuid))).url == action
    page = visitor.get(action).content.decode()
    assert "plan.png" not in page and "Նոր թեմա" in page
    with tenant(meghri):
        assert not Attachment.objects.exists()
        assert not kept.file.storage.exists(kept.file.name)


def test_a_forgotten_draft_begins_anew_with_what_is_posted(visitor, meghri):
    review = to_review(visitor, meghri)
    with tenant(meghri):
        DraftSubmission.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert visitor.get(review).url == FORM
    again = post(visitor, review.replace("review/", ""), posted(meghri))
    assert again.status_code == 302 and again.url != review


def test_drafts_go_after_a_day_and_files_of_cases_stay(visitor, meghri):
    sent(visitor, meghri, attachments=[upload("plan.png", picture("PNG"))])
    to_review(visitor, meghri, attachments=[upload("left.png", picture("PNG"))])
    with tenant(meghri):
        left = Attachment.objects.get(name="left.png")
        assert purge_expired(timezone.now() + timedelta(hours=25)) == 2
        assert [each.name for each in Attachment.objects.all()] == ["plan.png"]
        assert not left.file.storage.exists(left.file.name)


def test_english_and_russian_pages(visitor, meghri):
    for prefix in ("/en", "/ru"):
        page = visitor.get(f"{prefix}{FORM}").content.decode()
        assert f'lang="{prefix[1:]}"' in page
        assert f'action="{prefix}{FORM}"' in page


def test_unknown_procedures_and_foreign_drafts_are_not_found(visitor, meghri, goris, client_for):
    assert visitor.get("/apply/no-such-thing/").status_code == 404
    review = to_review(visitor, meghri)
    assert client_for(goris).get(review).url == FORM


def test_without_the_csrf_token_nothing_is_taken(visitor, meghri):
    assert visitor.post(FORM, posted(meghri)).status_code == 403


def test_a_posting_that_is_too_large_is_refused_unread(visitor, meghri):
    response = visitor.post(FORM, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**9))
    assert response.status_code == 413


@pytest.mark.parametrize("wrong", ["number", "code"])
def test_a_wrong_pair_gets_one_answer_whichever_is_wrong(visitor, meghri, wrong):
    done = sent(visitor, meghri)
    code = re.search(r"[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}", visitor.get(done).content.decode()).group()
    (case,) = cases(meghri)
    pair = {"number": case.number, "code": code, wrong: {"number": "Դ-2026/999", "code": "2222 2222 2222"}[wrong]}
    response = post(visitor, "/case/", pair)
    assert response.status_code == 422
    assert "case" not in response.cookies
    assert case.subject not in response.content.decode()


def test_wrong_pairs_ask_the_database_as_much_as_each_other(meghri, client_for, django_assert_num_queries, visitor):
    """Neither the number of statements nor the work on the code tells whether a number exists."""
    from services_api.cases.selectors import by_number_and_code

    sent(visitor, meghri)
    (case,) = cases(meghri)
    with tenant(meghri):
        Case.objects.exists()
        for number in (case.number, "Դ-2026/999"):
            with django_assert_num_queries(1):
                assert by_number_and_code(number, "2222 2222 2222") is None


def test_guessing_is_slowed_down(visitor, meghri, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"status": "3/hour"}}
    statuses = [post(visitor, "/case/", {"number": "Դ-2026/1", "code": "2222"}).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 429, 429]


def test_a_cookie_of_one_community_opens_nothing_in_another(visitor, meghri, goris, client_for):
    visitor.get(sent(visitor, meghri))
    (case,) = cases(meghri)
    stranger = client_for(goris)
    stranger.cookies["cases"] = visitor.cookies["cases"].value
    assert stranger.get(f"/case/{case.uuid}/").url == "/case/"
