"""API v1: the same use cases by a program, with problems that name the field."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openapi_spec_validator import validate

from services_api.cases.models import ApiToken, Case
from services_api.cases.services import issue_token, revoke_token
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for, picture, upload

API = "/api/v1/"


@pytest.fixture
def program(meghri, client_for):
    return client_for(meghri, headers={"accept-language": "en"})


def body(community, **changes) -> dict:
    return {"procedure": "application-to-head", "language": "en", "answers": answers_for(community), **changes}


def submit(client, content, key="application-0001"):
    return client.post(
        f"{API}applications/", json.dumps(content), content_type="application/json", headers={"idempotency-key": key}
    )


def problem(response, status: int) -> dict:
    """The problem document of a response, proved to be one."""
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith("application/problem+json")
    told = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert told["status"] == status
    return told


def test_the_catalogue_and_a_form_as_json_schema(program, meghri):
    codes = [each["code"] for each in program.get(f"{API}procedures/").json()["results"]]
    assert codes[:2] == ["application-to-head", "information-request"] and len(codes) >= 25
    assert program.get(f"{API}procedures/application-to-head/").json()["card"]
    form = program.get(f"{API}procedures/application-to-head/form/").json()
    assert form["$schema"].endswith("2020-12/schema")
    assert {"applicant", "email", "body", "consent"} <= set(form["required"])
    problem(program.get(f"{API}procedures/no-such/form/"), 404)


def test_submitting_with_a_file_and_following(program, meghri):
    uploaded = program.post(f"{API}attachments/", {"file": upload("plan.png", picture("PNG"))})
    assert uploaded.status_code == 201
    attachment = {"id": uploaded.json()["id"], "field": "attachments"}
    made = submit(program, body(meghri, attachments=[attachment]))
    assert made.status_code == 201
    with tenant(meghri):
        assert Case.objects.get().attachments.get().name == "plan.png"
    pair = {"number": made.json()["number"], "tracking_code": made.json()["tracking_code"]}
    status = program.post(f"{API}applications/status/", json.dumps(pair), content_type="application/json")
    assert status.status_code == 200 and status.json()["standing"] == "Received"
    assert "no-store" in status["Cache-Control"]
    wrong = {**pair, "tracking_code": "2222 2222 2222"}
    first = problem(program.post(f"{API}applications/status/", json.dumps(wrong), content_type="application/json"), 404)
    wrong = {**pair, "number": "Դ-2026/999"}
    assert first == problem(
        program.post(f"{API}applications/status/", json.dumps(wrong), content_type="application/json"), 404
    )


def test_the_same_key_gives_the_same_case(program, meghri):
    first, second = submit(program, body(meghri)), submit(program, body(meghri))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json() and second["Idempotency-Replayed"] == "true"
    with tenant(meghri):
        assert Case.objects.count() == 1
    other = body(meghri, answers=answers_for(meghri, subject="Another subject"))
    told = problem(submit(program, other), 422)
    assert told["type"].endswith("/idempotency_key_reused")


@pytest.mark.parametrize("key", ["", "short", "with blank inside", "կոդկոդկոդ".encode().decode("latin-1")])
def test_without_a_usable_key_nothing_is_taken(program, meghri, key):
    assert problem(submit(program, body(meghri), key), 400)["type"].endswith("/idempotency_key_missing")


@pytest.mark.parametrize(("language", "word"), [("en", "address"), ("ru", "адрес"), ("hy", "հասցե")])
def test_wrong_answers_are_named_in_the_readers_language(meghri, client_for, language, word):
    client = client_for(meghri, headers={"accept-language": language})
    wrong = answers_for(meghri, email="karen", unknown="x")
    told = problem(submit(client, body(meghri, language="hy", answers=wrong)), 422)
    named = {each["field"]: each["detail"] for each in told["errors"]}
    assert set(named) == {"email", "unknown"}
    assert word in named["email"].lower()


def test_broken_requests_are_problems_too(program, meghri):
    key = {"idempotency-key": "application-0001"}
    problem(program.post(f"{API}applications/", b"{", content_type="application/json", headers=key), 400)
    problem(program.put(f"{API}procedures/"), 405)
    assert "nothing" in problem(program.get(f"{API}no/such/address/"), 404)["detail"]
    problem(program.get(f"{API}drafts/a%0Ab/"), 404)
    problem(program.post(f"{API}applications/", b"<x/>", content_type="text/xml", headers=key), 415)
    told = problem(submit(program, {"answers": {}}), 400)
    assert [each["field"] for each in told["errors"]] == ["procedure"]
    told = problem(submit(program, body(meghri, attachments=[{"id": str(uuid4()), "field": "attachments"}])), 400)
    assert told["errors"][0]["field"] == "attachments[0].id"
    problem(submit(program, body(meghri, procedure="no-such")), 404)


@pytest.mark.parametrize(
    ("name", "content"), [("virus.pdf", b"MZ" + b"\x00" * 99), ("empty.pdf", b""), ("a.exe", b"MZ")]
)
def test_refused_files_name_the_file(program, name, content):
    told = problem(program.post(f"{API}attachments/", {"file": upload(name, content)}), 422)
    assert name in told["detail"]


def test_a_file_cannot_be_put_into_two_cases(program, meghri):
    uploaded = program.post(f"{API}attachments/", {"file": upload("plan.png", picture("PNG"))}).json()
    content = body(meghri, attachments=[{"id": uploaded["id"], "field": "attachments"}])
    assert submit(program, content, "application-0001").status_code == 201
    problem(submit(program, content, "application-0002"), 422)
    with tenant(meghri):
        assert Case.objects.count() == 1


def test_too_many_requests_say_when_to_come_back(program, meghri, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"submit": "1/hour"}}
    submit(program, body(meghri))
    response = submit(program, body(meghri))
    problem(response, 429)
    assert int(response["Retry-After"]) > 0


class TestStaff:
    """Officers by session and programs by token."""

    @pytest.fixture
    def officer(self, meghri, staff_of):
        return staff_of(meghri, groups=["Դիմումների պատասխանատուներ"])

    @pytest.fixture
    def case(self, program, meghri) -> str:
        return submit(program, body(meghri)).json()["id"]

    @pytest.fixture
    def token(self, meghri, officer):
        with tenant(meghri):
            return issue_token(officer, "archive", ApiToken.Scope.values, timezone.now() + timedelta(days=1))[1]

    def call(self, client, method, path, token="", **data):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if data:
            return getattr(client, method)(
                f"{API}{path}", json.dumps(data), content_type="application/json", headers=headers
            )
        return getattr(client, method)(f"{API}{path}", headers=headers)

    def test_list_read_and_take_a_step_by_token(self, program, case, token, officer):
        listed = self.call(program, "get", "cases/", token).json()
        assert [each["id"] for each in listed["results"]] == [case] and listed["next"] is None
        read = self.call(program, "get", f"cases/{case}/", token).json()
        possible = [each["code"] for each in read["transitions"]]
        assert read["answers"]["subject"] and possible == ["register", "withdraw", "forward_case", "merge_case"]
        step = {"transition": "register", "lock_version": read["lock_version"]}
        done = self.call(program, "post", f"cases/{case}/transitions/", token, **step)
        assert done.status_code == 200 and done.json()["state"] == "registered"
        late = problem(self.call(program, "post", f"cases/{case}/transitions/", token, **step), 409)
        assert late["lock_version"] == 2 and late["changes"][0]["state"] == "registered"
        told = problem(
            self.call(program, "post", f"cases/{case}/transitions/", token, transition="assign", lock_version=2), 422
        )
        assert told["errors"][0]["field"] == "assignee"
        done = self.call(
            program, "post", f"cases/{case}/transitions/", token, transition="assign", lock_version=2,
            data={"assignee": officer.pk},
        )  # fmt: skip
        uploaded = program.post(f"{API}attachments/", {"file": upload("akt.png", picture("PNG"))}).json()
        answered = self.call(
            program, "post", f"cases/{case}/transitions/", token, transition="answer", lock_version=3,
            data={"answer": "Done"}, attachments=[uploaded["id"]],
        ).json()  # fmt: skip
        (file,) = [each for each in answered["attachments"] if each["kind"] == "answer"]
        path = file["url"].split("/api/v1/")[1]
        assert self.call(program, "get", path, token)["Content-Disposition"].startswith("attachment")

    def test_the_list_goes_on_by_cursor(self, program, case, token, meghri):
        submit(program, body(meghri), "application-0002")
        first = self.call(program, "get", "cases/?page_size=1", token).json()
        second = self.call(program, "get", first["next"].split("/api/v1/")[1], token).json()
        assert {first["results"][0]["id"], second["results"][0]["id"]} >= {case}
        assert first["results"] != second["results"]

    def test_nobody_else_gets_in(self, program, case, token, meghri, goris, client_for, staff_of, signed_in):
        problem(self.call(program, "get", "cases/"), 401)
        problem(self.call(program, "get", "cases/", "hmk_wrong"), 401)
        problem(self.call(client_for(goris), "get", "cases/", token), 401)
        problem(self.call(signed_in(meghri, staff_of(meghri)), "get", "cases/"), 403)
        stranger = signed_in(goris, staff_of(goris, groups=["Դիմումների պատասխանատուներ"]))
        problem(self.call(stranger, "get", f"cases/{case}/"), 404)

    def test_a_token_ends_and_does_what_its_scope_says(self, program, case, meghri, officer):
        with tenant(meghri):
            reading, read_secret = issue_token(officer, "r", [ApiToken.Scope.READ], timezone.now() + timedelta(days=1))
            assert read_secret not in str(ApiToken.objects.values())
        step = {"transition": "register", "lock_version": 1}
        problem(self.call(program, "post", f"cases/{case}/transitions/", read_secret, **step), 403)
        assert self.call(program, "get", "cases/", read_secret).status_code == 200
        with tenant(meghri):
            revoke_token(reading)
        problem(self.call(program, "get", "cases/", read_secret), 401)

    def test_a_session_needs_the_csrf_token(self, case, meghri, officer, client_for):
        client = client_for(meghri, enforce_csrf_checks=True)
        with tenant(meghri):
            client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        assert self.call(client, "get", "cases/").status_code == 200
        step = {"transition": "register", "lock_version": 1}
        problem(self.call(client, "post", f"cases/{case}/transitions/", **step), 403)


def test_the_openapi_document_is_valid(program):
    response = program.get(f"{API}schema")
    document = response.json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert f"{API}applications/" in document["paths"]
    operations = [each for path in document["paths"].values() for each in path.values() if "operationId" in each]
    assert len({each["operationId"] for each in operations}) == len(operations) >= 30


def test_the_operator_makes_and_withdraws_tokens(meghri, staff_of, program, capsys):
    """The secret is printed once; after the withdrawal it opens nothing."""
    officer = staff_of(meghri, "ani@meghri.example", groups=["Դիմումների պատասխանատուներ"])
    call_command("api_token", "issue", "meghri", officer.email, "archive", "--scope", "cases:read")
    secret = capsys.readouterr().out.strip()
    headers = {"authorization": f"Bearer {secret}"}
    assert program.get(f"{API}cases/", headers=headers).status_code == 200
    capsys.readouterr()
    call_command("api_token", "list", "meghri")
    listed = capsys.readouterr().out
    assert "archive" in listed and secret not in listed
    call_command("api_token", "revoke", "meghri", listed.split()[0])
    problem(program.get(f"{API}cases/", headers=headers), 401)
    for wrong in (["nowhere", officer.email], ["meghri", "nobody@meghri.example"]):
        with pytest.raises(CommandError):
            call_command("api_token", "issue", *wrong, "x", "--scope", "cases:read")
