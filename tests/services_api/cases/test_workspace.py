"""The officers' screens: what is overdue first, one case on one screen, and nobody else gets in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from services_api.cases.models import Case
from services_api.cases.services import submit
from services_api.parties.public import Party, reads_of
from services_api.procedures.public import published_version
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for, picture, upload

INBOX = "/admin/work/"


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])


@pytest.fixture
def desk(meghri, officer, signed_in):
    return signed_in(meghri, officer)


def application(community, key="a", **changes) -> Case:
    with tenant(community):
        return submit(published_version("application-to-head"), answers_for(community, **changes), key=key).case


def many(community, count: int) -> None:
    """Rows as a year's work leaves them; written directly, for lists only."""
    first = application(community, "many")
    with tenant(community):
        parties = Party.objects.bulk_create(
            [Party(surname=f"Ազգանուն{n}", name="Անուն", email=f"a{n}@example.am") for n in range(count)]
        )
        now = timezone.now()
        Case.objects.bulk_create(
            [
                Case(
                    number=f"Դ-2025/{n}", tracking_digest="0" * 64, version_id=first.version_id, phase="in_progress",
                    state="in_progress", subject=f"Թեմա {n}", applicant=party, submitted_at=now, registered_at=now,
                    due_at=now + timedelta(days=n), answers={},
                )
                for n, party in enumerate(parties)
            ]
        )  # fmt: skip


def test_the_inbox_shows_number_name_state_and_due_date_in_words(desk, meghri):
    case = application(meghri)
    page = desk.get(INBOX)
    text = page.content.decode()
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert case.number in text and "Հակոբյան Կարեն" in text and "Ստացվել է" in text
    assert "due--calm" in text


def test_the_most_urgent_stands_first_and_late_is_said_in_words(desk, meghri):
    later, late = application(meghri, "a"), application(meghri, "b")
    with tenant(meghri):
        past = timezone.now() - timedelta(days=2)
        Case.objects.filter(pk=late.pk).update(due_at=past, registered_at=past, submitted_at=past)
    text = desk.get(INBOX).content.decode()
    assert text.index(late.number) < text.index(later.number)
    assert "due--late" in text
    overdue = desk.get(f"{INBOX}?which=overdue").content.decode()
    assert late.number in overdue and later.number not in overdue


@pytest.mark.parametrize(
    "words",
    ["Հակոբյան", "Դ-20", "լուսավորության կարեն", "091123456", "091 12-34-56", "+374 91 123456", "karen@example",
     "Զորավար", "ԱՆԴՐԱՆԻԿԻ վերականգն"],
)  # fmt: skip
def test_search_finds_by_anything_on_the_case(desk, meghri, words):
    """Name, number, subject, phone as people write it, e-mail, the beginning of any word of the answers."""
    case = application(meghri)
    assert case.number in desk.get(INBOX, {"q": words}).content.decode()
    assert case.number not in desk.get(INBOX, {"q": "xyz"}).content.decode()


def test_the_tracking_code_finds_its_case_on_the_first_day(desk, meghri):
    case = application(meghri)
    with tenant(meghri):
        code = case.submission_key.tracking_code
    for typed in (code, f"{code[:4]} {code[4:8]}-{code[8:]}".lower()):
        assert case.number in desk.get(INBOX, {"q": typed}).content.decode()
    for hostile in ("'", "\\", "a' | 'b", "':*", "(((", "234679ACDEFG", "%%%", "+++++"):
        assert desk.get(INBOX, {"q": hostile}).status_code == 200


def test_an_empty_inbox_says_so(desk):
    assert "work-empty" in desk.get(INBOX).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_cases(desk, meghri, django_assert_max_num_queries):
    """As an ordinary officer, with one case and with sixty on three pages."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    application(meghri)
    desk.get(INBOX)
    with CaptureQueriesContext(connection) as few:
        desk.get(INBOX)
    many(meghri, 60)
    with CaptureQueriesContext(connection) as lots:
        page = desk.get(INBOX)
    assert "25" in page.content.decode()
    assert len(lots) <= len(few)
    assert len(lots) < 30


def test_a_case_is_worked_on_one_screen_to_the_end(desk, meghri, officer):
    """Register, assign, answer with a file, close: each by the button on the case's page."""
    case = application(meghri)
    url = f"{INBOX}cases/{case.uuid}/"

    def step(code, revision, **data):
        return desk.post(url, {"transition": code, "lock_version": revision, **data})

    assert "Խնդրում եմ վերականգնել" in desk.get(url).content.decode()
    assert step("register", 1).status_code == 302
    missing = step("assign", 2)
    assert missing.status_code == 422 and "aria-invalid" in missing.content.decode()
    assert step("assign", 2, assignee=officer.pk, comment="շտապ").status_code == 302
    refused = step("answer", 3, answer="Պատասխան", files=[upload("virus.exe", b"MZ")])
    assert refused.status_code == 422 and "virus.exe" in refused.content.decode()
    assert "Պատասխան" in refused.content.decode()
    assert step("answer", 3, answer="Պատասխան", files=[upload("akt.png", picture("PNG"))]).status_code == 302
    assert step("close", 4).status_code == 302
    text = desk.get(url).content.decode()
    assert "akt.png" in text and "շտապ" in text
    with tenant(meghri):
        case.refresh_from_db()
        assert case.is_closed
        assert [each.actor_id for each in case.events.all()] == [None, *[officer.pk] * 4]


def test_changed_by_somebody_else_nothing_is_done_and_words_stay(desk, meghri):
    case = application(meghri)
    url = f"{INBOX}cases/{case.uuid}/"
    desk.post(url, {"transition": "register", "lock_version": 1})
    late = desk.post(url, {"transition": "withdraw", "lock_version": 1, "comment": "իմ մեկնաբանությունը"})
    assert late.status_code == 409
    assert "work-alert" in late.content.decode() and 'name="lock_version" value="2"' in late.content.decode()
    with tenant(meghri):
        case.refresh_from_db()
        assert case.state == "registered"


def test_every_reading_is_logged_and_the_applicant_sees_it(desk, meghri, officer):
    case = application(meghri)
    desk.get(f"{INBOX}cases/{case.uuid}/")
    desk.get(f"{INBOX}cases/{case.uuid}/")
    with tenant(meghri):
        (read,) = reads_of(case.reference)
        assert read.actor_id == officer.pk and read.party_id == case.applicant_id
        from services_api.cases.selectors import case_for_resident
        from services_api.cases.views.standing import case_context

        (shown,) = case_context(case_for_resident(case.uuid))["views"]
        assert "Օրինակյան" in shown["text"]


def test_colleagues_without_the_right_and_strangers_find_nothing(meghri, goris, staff_of, signed_in, client_for):
    """A press officer, an officer of another community with the case's id, and somebody not signed in."""
    case = application(meghri)
    url = f"{INBOX}cases/{case.uuid}/"
    press = signed_in(meghri, staff_of(meghri, "press@meghri.example", groups=[]))
    for address in (INBOX, url):
        assert press.get(address).status_code in (302, 403, 404)
        assert case.subject not in press.get(address).content.decode()
        assert client_for(meghri).get(address).status_code == 302
    stranger = signed_in(goris, staff_of(goris, groups=["Դիմումների պատասխանատուներ"]))
    assert stranger.get(url).status_code == 404
    assert stranger.get(INBOX).status_code == 200


def test_files_are_given_to_officers_only(desk, meghri, client_for):
    from tests.services_api.cases.test_applying import sent

    visitor = client_for(meghri, enforce_csrf_checks=True)
    sent(visitor, meghri, attachments=[upload("plan.png", picture("PNG"))])
    with tenant(meghri):
        case = Case.objects.get()
        attachment = case.attachments.get()
    url = f"{INBOX}cases/{case.uuid}/files/{attachment.uuid}/"
    response = desk.get(url)
    assert response.status_code == 200 and response["Content-Disposition"].startswith("attachment")
    assert client_for(meghri).get(url).status_code == 302
