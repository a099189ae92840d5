"""A client that is written from the document: it applies, follows, and an officer answers, without a line by hand."""

from __future__ import annotations

import importlib.util
import typing
from urllib.parse import urlsplit

import pytest

from services_api.api.document import document
from services_api.cases.models import ApiToken
from services_api.parties.models import AccessLog
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for, picture

GENERATOR = "docs/integrators/generate_client.py"


def module_from(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def api(tmp_path, request):
    """The generated module."""
    generator = module_from(request.config.rootpath / GENERATOR, "generate_client")
    target = tmp_path / "hamaynk_client.py"
    target.write_text(generator.written(document()), "utf-8")
    return module_from(target, "hamaynk_client")


@pytest.fixture
def client_as(api, meghri, client_for):
    """A generated client whose requests go to the product without a network."""

    def make(token: str = ""):
        django = client_for(meghri)

        def send(method, url, headers, body):
            kind = headers.pop("Content-Type", "application/json")
            parts = urlsplit(url)
            answer = django.generic(
                method, f"{parts.path}?{parts.query}", body or b"", content_type=kind, headers=headers
            )  # fmt: skip
            return answer.status_code, dict(answer.items()), b"".join(answer)

        return api.Client("https://meghri.example", token, "en", send)

    return make


def test_it_applies_follows_and_an_officer_answers(api, client_as, meghri, officer, program_of):
    for shape in vars(api).values():
        if isinstance(shape, type) and typing.is_typeddict(shape):
            typing.get_type_hints(shape, vars(api))
    resident = client_as()
    codes = [each["code"] for each in resident.procedures(page_size=100)["results"]]
    assert "application-to-head" in codes
    file = resident.upload_attachment("plan.png", picture("PNG"))
    body = {
        "procedure": "application-to-head", "language": "en", "answers": answers_for(meghri),
        "attachments": [{"id": file["id"], "field": "attachments"}],
    }  # fmt: skip
    with pytest.raises(api.Refused) as refused:
        resident.submit_application({**body, "answers": {}}, idempotency_key="client-0001")
    assert refused.value.code == "invalid" and refused.value.body["errors"]
    sent = resident.submit_application(body, idempotency_key="client-0002")
    pair = {"number": sent["number"], "tracking_code": sent["tracking_code"]}
    assert resident.application_status(pair)["standing"] == "Received"

    staff = client_as(program_of(meghri, officer, *ApiToken.Scope.values).bearer)
    (line,) = staff.cases(which="unassigned", q=sent["number"])["results"]
    case = staff.case(line["id"])
    assert case["answers"]["subject"] == body["answers"]["subject"]
    case = staff.transition(line["id"], {"transition": "register", "lock_version": case["lock_version"]})
    assigned = {"transition": "assign", "lock_version": case["lock_version"], "data": {"assignee": officer.pk}}
    case = staff.transition(line["id"], assigned)
    with pytest.raises(api.Refused) as late:
        staff.transition(line["id"], assigned)
    assert late.value.code == "conflict" and late.value.body["lock_version"] == case["lock_version"]
    staff.write_message(line["id"], {"text": "Բարև Ձեզ։"}, idempotency_key="client-0003")
    answered = {"transition": "answer", "lock_version": case["lock_version"], "data": {"answer": "Կվերականգնվի։"}}
    assert staff.transition(line["id"], answered)["phase"] == "decided"

    own = client_as(resident.application_pass(pair)["pass"])
    seen = own.own_application(sent["id"])
    assert seen["answer"]["text"] == "Կվերականգնվի։" and seen["messages"][0]["text"] == "Բարև Ձեզ։"
    assert seen["views"], "the applicant sees that the officer's program has read the data"
    assert own.decision(sent["id"]).startswith(b"%PDF")
    own.rate(sent["id"], {"rating": 5})
    with tenant(meghri):
        assert AccessLog.objects.count() >= 1
