"""The receipt and the decision as PDF: for whoever has number and code, tagged, with our fonts inside."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services_api.cases.actors import staff
from services_api.cases.models import Case
from services_api.cases.paper.render import qr, render
from services_api.cases.services import submit, transition
from services_api.cases.tracking import grouped
from services_api.procedures.public import published_version
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for


@pytest.fixture
def sent(meghri):
    with tenant(meghri):
        return submit(published_version("application-to-head"), answers_for(meghri), key="paper")


@pytest.fixture
def resident(meghri, client_for, sent):
    client = client_for(meghri)
    client.post("/case/", {"number": sent.case.number, "code": grouped(sent.code)})
    return client


def at(case: Case, what: str) -> str:
    return reverse(f"cases:{what}", kwargs={"uuid": case.uuid})


@pytest.mark.parametrize("language", ["", "/en", "/ru"])
def test_the_receipt_is_a_tagged_pdf_with_embedded_fonts(resident, sent, language):
    answer = resident.get(language + at(sent.case, "receipt"))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content and b"NotoSansArmenian" in answer.content
    assert at(sent.case, "receipt") in resident.get(at(sent.case, "status")).content.decode()


def test_the_decision_comes_when_there_is_one(meghri, resident, sent, staff_of):
    assert resident.get(at(sent.case, "decision")).status_code == 404
    officer = staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])
    with tenant(meghri):
        case = sent.case
        for code, data in (
            ("register", {}),
            ("assign", {"assignee": officer.pk}),
            ("answer", {"answer": "Այո։\n\nՈչ։"}),
        ):
            case = transition(
                case.uuid, code, actor=staff(officer), expected_version=case.lock_version, data=data
            )  # fmt: skip
    answer = resident.get(at(sent.case, "decision"))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("what", ["receipt", "decision"])
def test_without_number_and_code_there_is_no_paper(meghri, client_for, sent, what):
    from uuid import UUID

    stranger = client_for(meghri)
    for url in (at(sent.case, what), reverse(f"cases:{what}", kwargs={"uuid": UUID(int=0)})):
        assert stranger.get(url)["Location"] == "/case/"


def test_what_people_write_is_never_markup():
    """Typst's own signs in a subject stand in the paper as they are."""
    hostile = '#panic("x") $ \\ * _ @ref <label> #import "page.typ"'
    facts = [{"label": hostile, "value": hostile}]
    data = {
        "lang": "hy", "title": hostile, "community": hostile, "foot": hostile, "url": hostile, "where": hostile,
        "qr": qr("https://example.am"), "qr_alt": "QR", "facts": facts, "next_title": hostile, "next": [hostile],
        "note": hostile,
    }  # fmt: skip
    assert render("receipt", data).startswith(b"%PDF-")
