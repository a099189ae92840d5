"""A wrong number, a wrong code, and both wrong: one answer, after the same work. Counted, not timed: clocks lie."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services_api.cases import services
from services_api.procedures.public import published_version
from tests.services_api.cases.conftest import answers_for, picture, upload


@pytest.fixture
def sent(in_meghri, meghri):
    return services.submit(published_version("application-to-head"), answers_for(meghri), key="alike-0001")


@pytest.fixture
def work(monkeypatch):
    """Rounds of hashing that were done."""
    done: list[tuple] = []
    real = hashlib.pbkdf2_hmac

    def counted(name, password, salt, rounds, *rest):
        done.append((name, rounds, len(salt)))
        return real(name, password, salt, rounds, *rest)

    monkeypatch.setattr("hashlib.pbkdf2_hmac", counted)
    return done


def test_wrong_pairs_are_answered_alike_by_content_and_by_work(sent, meghri, client_for, work):
    number, code = sent.case.number, sent.code
    pairs = [
        (number, "AAAAAAAAAAAA"),
        ("Դ-2026/9999", code),
        ("Դ-2026/9999", "AAAAAAAAAAAA"),
        ("", ""),
        ("x" * 300, "ա" * 300),
    ]
    seen = []
    for typed_number, typed_code in pairs:
        for ask in (_by_page, _by_program):
            work.clear()
            with CaptureQueriesContext(connection) as queries:
                status, said = ask(client_for(meghri), typed_number, typed_code)
            # A number typed in small letters is looked for in both; how it is typed says nothing of what there is.
            found = [each["sql"] for each in queries if "cases_case" in each["sql"]]
            asked = [re.sub(r"IN \([^)]*\)|'[^']*'|\d+", "?", each) for each in found]
            seen.append((ask.__name__, status, said, tuple(work), tuple(asked)))
    for ask in ("_by_page", "_by_program"):
        answers = {each for each in seen if each[0] == ask}
        if ask == "_by_program":
            # An empty or endless number is no question at all there, and is said so before anything is looked for.
            answers = {each for each in answers if each[1] == 404}
        assert len(answers) == 1, answers
        assert len(next(iter(answers))[3]) == 1, "one derivation, whether there is such a case or not"
    work.clear()
    assert _by_page(client_for(meghri), number, code)[0] == 302 and len(work) == 1, "the right pair costs the same"


def _by_page(client, number: str, code: str) -> tuple[int, str]:
    response = client.post("/case/", {"number": number, "code": code})
    page = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", response.content.decode())
    return response.status_code, page


def _by_program(client, number: str, code: str) -> tuple[int, str]:
    response = client.post(
        "/api/v1/applications/status/", json.dumps({"number": number, "tracking_code": code}),
        content_type="application/json",
    )  # fmt: skip
    return response.status_code, response.content.decode()


def test_the_applicant_reads_who_in_which_position_and_why(sent, meghri, staff_of, signed_in, client_for):
    kept = services.write_from_applicant(sent.case.uuid, "Կից՝ լուսանկարը։", files=[_photo()]).attachments.get()
    officer = signed_in(meghri, staff_of(meghri, superuser=True))
    officer.get(f"/admin/work/cases/{sent.case.uuid}/")
    assert officer.get(f"/admin/work/cases/{sent.case.uuid}/files/{kept.uuid}/").status_code == 200
    resident = client_for(meghri)
    resident.post("/case/", {"number": sent.case.number, "code": sent.code})
    page = resident.get(f"/case/{sent.case.uuid}/").content.decode()
    assert "Անահիտ Օրինակյան" in page
    assert "կցված փաստաթղթի բացում" in page
    assert "կցված փաստաթղթի բացում" in officer.get(f"/admin/work/cases/{sent.case.uuid}/").content.decode()


def _photo():
    from services_api.cases.uploads import clean

    return clean(upload("photo.png", picture("PNG")))
