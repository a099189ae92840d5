"""What an applicant does on the pages, done by a program: from the forecast to the rating."""

from __future__ import annotations

import pytest

from services_api.cases.actors import staff
from services_api.cases.models import Case, Channel
from services_api.cases.services import submit, transition
from tenants.context import tenant
from tests.services_api.api.conftest import problem
from tests.services_api.cases.conftest import answers_for, picture, upload
from tests.services_api.cases.procedures import permit, published


@pytest.fixture
def program(meghri, program_of):
    return program_of(meghri)


def consent_apart(community, **changes) -> dict:
    return {code: each for code, each in answers_for(community, **changes).items() if code != "consent"}


def test_an_application_is_begun_kept_resumed_and_sent_once(meghri, program):
    soon = program.get("procedures/application-to-head/forecast/").json()
    assert (
        soon["submitted_at"] < soon["registered_at"] < soon["due_at"] or soon["submitted_at"] == soon["registered_at"]
    )
    weekend = program.get("procedures/application-to-head/forecast/?at=2026-11-28T10:00:00%2B04:00").json()
    assert weekend["registered_at"] == "2026-11-30T09:00:00+04:00"
    problem(program.get("procedures/application-to-head/forecast/?at=1900-01-01T00:00:00Z"), 400)

    asked = {"procedure": "application-to-head", "language": "en", "answers": {"subject": "Light", "colour": "red"}}
    begun = program.post("drafts/", asked, idempotency_key="draft-0001").json()
    assert program.post("drafts/", asked, idempotency_key="draft-0001").json()["token"] == begun["token"]
    assert not begun["is_ready"] and {"colour", "email"} <= {each["field"] for each in begun["errors"]}
    at = f"drafts/{begun['token']}/"
    code = program.post(f"{at}keep/").json()["code"]
    problem(program.post("drafts/resume/", {"code": "2222 2222 2222"}), 404)
    assert program.post("drafts/resume/", {"code": code.lower()}).json()["token"] == begun["token"]
    problem(program.post(f"{at}submit/", {"answers": {"consent": True}}), 422)
    filled = program.call("put", at, {"answers": consent_apart(meghri)}).json()
    assert filled["is_ready"] and filled["errors"] == []
    file = {"field": "attachments", "file": upload("plan.png", picture("PNG"))}
    added = program.client.post(f"/api/v1/{at}attachments/", file)
    assert added.status_code == 201
    problem(program.client.post(f"/api/v1/{at}attachments/", {**file, "field": "subject"}), 422)
    assert [each["name"] for each in program.get(at).json()["attachments"]] == ["plan.png"]
    sent = program.post(f"{at}submit/", {"answers": {"consent": True}})
    again = program.post(f"{at}submit/", {"answers": {"consent": True}})
    assert (sent.status_code, again.status_code) == (201, 200) and sent.json() == again.json()
    problem(program.get(at), 404)
    with tenant(meghri):
        case = Case.objects.get()
        assert case.channel == Channel.API and case.attachments.count() == 1
    other = program.make("drafts/", asked).json()["token"]
    assert program.call("delete", f"drafts/{other}/").status_code == 204
    problem(program.get(f"drafts/{other}/"), 404)


def test_a_question_is_answered_with_a_file_and_the_service_rated(meghri, program, program_of, officer):
    with tenant(meghri):
        made = submit(published(permit()), answers_for(meghri), key="own")
        case = made.case
        for code, data in (
            ("register", {}),
            ("assign", {"assignee": officer.pk}),
            ("ask", {"question": "Ո՞ր փողոցը։"}),
        ):
            case = transition(case.uuid, code, actor=staff(officer), expected_version=case.lock_version, data=data)
    pair = {"number": case.number, "tracking_code": made.code}
    problem(program.post("applications/pass/", {**pair, "tracking_code": "222222222222"}), 404)
    given = program.post("applications/pass/", pair).json()
    assert given["id"] == str(case.uuid)
    own = program_of(meghri)
    own.bearer = given["pass"]
    at = f"applications/{case.uuid}/"
    read = own.get(at)
    assert read.json()["can"] == {
        "answer": True, "write": True, "withdraw": True, "rate": False, "get_decision": False,
    }  # fmt: skip
    assert read.json()["needed"]["text"] == "Ո՞ր փողոցը։" and own.get(at, if_none_match=read["ETag"]).status_code == 304
    problem(program.get(at), 401)
    problem(own.get("applications/00000000-0000-0000-0000-000000000000/"), 404)
    file = program.client.post("/api/v1/attachments/", {"file": upload("plan.png", picture("PNG"))}).json()["id"]
    reply = {"text": "Անդրանիկի։", "attachments": [file]}
    first = own.post(f"{at}answer/", reply, idempotency_key="reply-0001")
    assert first.status_code == 201 and first.json()["files"][0]["name"] == "plan.png"
    assert own.post(f"{at}answer/", reply, idempotency_key="reply-0001").status_code == 200
    problem(own.make(f"{at}answer/", reply), 422, "transition_refused")
    assert own.make(f"{at}messages/", {"text": "Շնորհակալություն։"}).json()["is_from_applicant"]
    assert own.get(f"{at}receipt.pdf").content.startswith(b"%PDF")
    problem(own.get(f"{at}decision.pdf"), 404)
    problem(own.post(f"{at}rating/", {"rating": 5}), 422, "transition_refused")
    with tenant(meghri):
        case.refresh_from_db()
        case = transition(
            case.uuid, "answer", actor=staff(officer), expected_version=case.lock_version, data={"answer": "Այո։"}
        )
    assert own.get(at).json()["answer"]["text"] == "Այո։"
    assert own.get(f"{at}decision.pdf").content.startswith(b"%PDF")
    assert not own.post(f"{at}rating/", {"rating": 4}).json()["can"]["rate"]
    name = own.get(at).json()["files"][0]
    assert own.get(name["url"].split("/api/v1/")[1])["Content-Disposition"].startswith("attachment")


def test_a_withdrawal_ends_it_and_a_pass_opens_one_application_of_one_community(
    meghri, goris, program, program_of, client_for
):
    body = {"procedure": "application-to-head", "answers": answers_for(meghri)}
    sent = program.make("applications/", body).json()
    pair = {"number": sent["number"], "tracking_code": sent["tracking_code"]}
    own = program_of(meghri)
    own.bearer = program.post("applications/pass/", pair).json()["pass"]
    at = f"applications/{sent['id']}/"
    next_door = program_of(goris)
    next_door.bearer = own.bearer
    problem(next_door.get(at), 401)
    problem(own.get("cases/"), 401)
    ended = own.post(f"{at}withdraw/", {"comment": "Այլևս պետք չէ։"}).json()
    assert ended["is_closed"] and not ended["can"]["write"]
    problem(own.post(f"{at}withdraw/", {}), 422)
    problem(own.make(f"{at}messages/", {"text": "?"}), 422)
