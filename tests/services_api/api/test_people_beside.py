"""«I apply for my mother, my neighbours with me, and tell me by SMS»: by a program as on the website."""

from __future__ import annotations

import pytest

from services_api.api.document import document
from services_api.cases.models import CoApplicant, Representation
from services_api.exchange.notices.models import SmsWish
from services_api.procedures.public import build, published_version
from tenants.context import tenant
from tests.services_api.api.conftest import problem
from tests.services_api.cases.conftest import answers_for, picture, upload
from tests.services_api.cases.test_together import MOTHER, NEIGHBOURS, letters, link_in
from tests.services_api.procedures.samples import answers_to


@pytest.fixture
def program(meghri, program_of, settings):
    settings.SMS_GATEWAY = "folder"
    return program_of(meghri)


@pytest.fixture
def own_of(meghri, program, program_of):
    """The applicant's program with a pass, for what was answered to the application."""

    def make(sent):
        pair = {"number": sent["number"], "tracking_code": sent["tracking_code"]}
        own = program_of(meghri)
        own.bearer = program.post("applications/pass/", pair).json()["pass"]
        return own

    return make


def petition(meghri) -> dict:
    with tenant(meghri):
        answers = answers_to(build(published_version("petition"), "hy"))
    for hidden in ("principal", "basis", "earlier"):
        answers.pop(hidden, None)
    answers |= {"kind": "collective", "others": NEIGHBOURS, "on_behalf": False}
    return {"procedure": "petition", "answers": answers}


def test_for_somebody_else_with_the_proof_and_the_name_only_for_who_may_read_it(
    meghri, program, own_of, program_of, officer
):
    form = program.get("procedures/application-to-head/form/").json()
    assert form["x-representation"] == {"principal": "principal", "basis": "basis", "proof": "basis_proof"}
    answers = answers_for(meghri, on_behalf=True, principal=MOTHER, basis="proxy")
    wanted = {"procedure": "application-to-head", "answers": answers}
    without = problem(program.make("applications/", wanted), 422, "invalid")
    assert [each["field"] for each in without["errors"]] == ["basis_proof"]
    nobody = {**wanted, "answers": {**answers, "principal": {"surname": "Հակոբյան"}}}
    assert "principal.name" in {each["field"] for each in problem(program.make("applications/", nobody), 422)["errors"]}
    file = program.client.post("/api/v1/attachments/", {"file": upload("proxy.png", picture("PNG"))}).json()["id"]
    proved = {**wanted, "attachments": [{"id": file, "field": "basis_proof"}]}
    answer = program.make("applications/", proved)
    assert answer.status_code == 201
    sent = answer.json()
    with tenant(meghri):
        assert Representation.objects.get().case.number == sent["number"]

    told = own_of(sent).get(f"applications/{sent['id']}/").json()
    mother = {"kind": "person", "name": "Հակոբյան Սիրանուշ", "basis": "proxy", "basis_label": "by power of attorney"}
    assert told["representation"] == mother and told["co_applicants"] == []
    at = f"cases/{sent['id']}/"
    assert program_of(meghri, officer).get(at).json()["representation"] == {**mother, "proof": [file]}
    nameless = program_of(meghri, officer, "cases:read").get(at)
    assert nameless.json()["representation"] == {**mother, "name": None, "proof": None}
    assert "Սիրանուշ" not in nameless.content.decode()
    # Hidden by the answers: not for somebody else, so nobody is written down, as on the website.
    alone = program.make("applications/", {**wanted, "answers": {**answers, "on_behalf": False}}).json()
    assert own_of(alone).get(f"applications/{alone['id']}/").json()["representation"] is None


def test_together_and_each_confirms_by_their_letter_never_by_the_program(
    meghri, program, own_of, program_of, officer, client_for
):
    form = program.get("procedures/petition/form/").json()
    assert form["x-co-applicants"]["field"] == "others" and form["x-co-applicants"]["days"] == 14
    wrong = petition(meghri)
    wrong["answers"]["others"] = [
        NEIGHBOURS[0],
        {**NEIGHBOURS[1], "author": {"surname": "Իվանով"}, "author_email": "x"},
    ]
    told = {each["field"] for each in problem(program.make("applications/", wrong), 422, "invalid")["errors"]}
    assert told == {"others[1].author.name", "others[1].author_email"}
    draft = {"procedure": "petition", "answers": {"kind": "collective", "others": wrong["answers"]["others"]}}
    begun = program.make("drafts/", draft).json()
    assert told <= {each["field"] for each in begun["errors"]}

    sent = program.make("applications/", petition(meghri)).json()
    with tenant(meghri):
        asked = letters(meghri)
    links = [link_in(asked[each]) for each in ("anna@example.am", "ivan@example.am")]
    own, at = own_of(sent), f"applications/{sent['id']}/"
    before = own.get(at)
    assert [(each["name"], each["state"], each["answered_at"]) for each in before.json()["co_applicants"]] == [
        ("Պետրոսյան Աննա", "invited", None), ("Իվանով Իվան", "invited", None)
    ]  # fmt: skip
    tokens = [each.rstrip("/").rpartition("/")[2] for each in links]
    by_officer = program_of(meghri, officer)
    for answered in (before, by_officer.get(f"cases/{sent['id']}/")):
        assert not any(each in answered.content.decode() for each in tokens), "no program gets the link"
    assert not [path for path in document()["paths"] if "together" in path or "applicants" in path]
    for path in ("together", "co-applicants"):
        problem(own.make(f"{at}{path}/", {"agrees": "yes"}), 404)

    client_for(meghri).post(links[0], {"agrees": "yes"})
    client_for(meghri).post(links[1], {"agrees": "no"})
    after = own.get(at, if_none_match=before["ETag"])
    assert after.status_code == 200, "what is remembered by its tag is not good any more"
    assert [each["state"] for each in after.json()["co_applicants"]] == ["confirmed", "declined"]
    assert after.json()["co_applicants"][0]["answered_at"]
    told = by_officer.get(f"cases/{sent['id']}/?fields=co_applicants").json()["co_applicants"]
    assert [each["state_label"] for each in told] == ["has confirmed", "has declined"]
    nameless = program_of(meghri, officer, "cases:read").get(f"cases/{sent['id']}/")
    assert [each["name"] for each in nameless.json()["co_applicants"]] == [None, None]
    assert "Պետրոսյան" not in nameless.content.decode()


def test_the_time_to_confirm_is_over_in_words_that_a_program_reads(meghri, program, own_of):
    sent = program.make("applications/", petition(meghri)).json()
    with tenant(meghri):
        CoApplicant.objects.update(expires_at="2026-01-01T00:00:00+04:00")
    told = own_of(sent).get(f"applications/{sent['id']}/").json()["co_applicants"]
    assert {each["state"] for each in told} == {"expired"}


def test_short_messages_are_told_of_when_somebody_can_get_them(meghri, program, settings):
    path = "procedures/application-to-head/form/"
    assert program.get(path).json()["x-short-messages"] == "phone"
    wanted = {"procedure": "application-to-head", "answers": answers_for(meghri), "tell_by_sms": True}
    assert program.post("applications/", wanted, idempotency_key="short-0001").status_code == 201
    with tenant(meghri):
        assert SmsWish.objects.count() == 1
    assert program.post("applications/", wanted, idempotency_key="short-0001").status_code == 200
    other = {**wanted, "tell_by_sms": False}
    problem(program.post("applications/", other, idempotency_key="short-0001"), 422, "idempotency_key_reused")
    at_home = {**wanted, "answers": answers_for(meghri, phone="+37410123456")}
    told = problem(program.make("applications/", at_home), 422, "invalid")
    assert [each["field"] for each in told["errors"]] == ["tell_by_sms"] and "mobile" in told["errors"][0]["detail"]
    assert problem(program.make("applications/", {**wanted, "tell_by_sms": "often"}), 400)["errors"][0]["field"] == (
        "tell_by_sms"
    )

    apart = {code: each for code, each in answers_for(meghri).items() if code != "consent"}
    draft = program.make("drafts/", {"procedure": "application-to-head", "answers": apart}).json()
    last = {"answers": {"consent": True}, "tell_by_sms": True}
    settings.SMS_GATEWAY = "off"
    none = problem(program.post(f"drafts/{draft['token']}/submit/", last), 422)
    assert none["errors"] == [
        {"field": "tell_by_sms", "detail": "No short messages are sent here. Apply without them."}
    ]  # fmt: skip
    assert program.get(path).json()["x-short-messages"] is None
    settings.SMS_GATEWAY = "folder"
    assert program.post(f"drafts/{draft['token']}/submit/", last).status_code == 201
    with tenant(meghri):
        assert SmsWish.objects.count() == 2
