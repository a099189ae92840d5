"""Every operation of the OpenAPI document with whatever fits its shapes and with what does not: no server error, no
answer outside the document. Anonymous, with a token, with a session, with the pass of an application.

In the suite with few examples. By hand with many, another every time:

    API_EXAMPLES=200 python -m pytest -n 0 tests/services_api/api/test_every_operation.py
"""

from __future__ import annotations

import logging
import os
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services_api.api.document import document
from services_api.cases import public as cases
from services_api.procedures.public import published_version
from tests.services_api.cases.conftest import answers_for, picture, upload
from tests.services_api.cases.staffed import SHVANIDZOR, build

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
BY_HAND = int(os.environ.get("API_EXAMPLES", "0"))


@pytest.fixture
def world(meghri, staff_of, as_tenant, settings):
    """A municipality with a case, a task, a letter, a file, a draft; nobody is held up by limits."""
    rates = dict.fromkeys(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "1000000/min")
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    as_tenant(meghri)
    house = build(meghri, staff_of)
    case = house.case("every", SHVANIDZOR, assigned_position=house.positions["head"])
    head = house.user("head")
    order = cases.Order(kind="inform", to=[f"p{house.positions['head'].pk}"])
    (task,) = cases.issue(case.uuid, order, actor=cases.staff(head))
    file = cases.store_upload(cases.clean(upload("plan.png", picture("PNG"))))
    cases.Attachment.objects.filter(pk=file.pk).update(case=case, draft=None)
    cases.write_to_applicant(case.uuid, "x", actor=cases.staff(head))
    draft = cases.begin_draft(published_version("application-to-head"), "hy")
    cases.fill_draft(draft, answers_for(meghri), language="hy")
    known = {
        "uuid": str(case.uuid), "task": str(task.uuid), "attachment": str(file.uuid), "token": draft.token,
        "code": "application-to-head",
    }  # fmt: skip
    yield head, case, known
    logging.getLogger("django.request").setLevel(logging.ERROR)


def send(client: Any, case: Any, bearer: str) -> Any:
    """The generated request by Django's client, the answer as schemathesis reads it."""
    made = requests.Request(**case.as_transport_kwargs(base_url="http://meghri.localhost")).prepare()
    headers = {name: value for name, value in made.headers.items() if name.lower() not in ("content-type", "cookie")}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    parts = urlsplit(str(made.url))
    body = made.body.encode() if isinstance(made.body, str) else made.body or b""
    undo = transaction.savepoint()
    answer = client.generic(
        str(made.method), f"{parts.path}?{parts.query}", body, headers=headers,
        content_type=made.headers.get("Content-Type", "application/json"),
    )  # fmt: skip
    content = b"".join(answer)
    if answer.status_code >= 500:
        transaction.savepoint_rollback(undo)
    return schemathesis.Response(
        answer.status_code, {name: [value] for name, value in answer.items()}, content, made, 0.0, True
    )


@pytest.mark.slow
@pytest.mark.parametrize(("who", "examples"), [("token", 6), ("session", 2), ("pass", 2), ("nobody", 2)])
def test_no_operation_errs_or_answers_outside_the_document(
    world, meghri, client_for, signed_in, program_of, who, examples
):
    head, case, known = world
    client, bearer = client_for(meghri), ""
    if who == "token":
        bearer = program_of(meghri, head).bearer
    elif who == "session":
        client = signed_in(meghri, head)
    elif who == "pass":
        bearer = cases.pass_for(case.uuid)
    client.raise_request_exception = False
    schema = schemathesis.openapi.from_dict(document())
    wrong: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        own = {each.name: known[each.name] for each in operation.path_parameters}
        requests_of = [
            operation.as_strategy(generation_mode=mode, path_parameters=each or None)
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
            for each in ((own, {}) if own else ({},))
        ]

        @settings(
            max_examples=BY_HAND or examples, deadline=None, database=None, derandomize=not BY_HAND,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False,
        )  # fmt: skip
        @given(made=st.one_of(requests_of))
        def try_it(made: Any) -> None:
            made.validate_response(send(client, made, bearer), checks=CHECKS)

        try:
            try_it()
        except BaseExceptionGroup as errors:
            wrong.append(f"{operation.label}: {errors.exceptions}")
        except Exception as error:
            wrong.append(f"{operation.label}: {error}")
    assert not wrong, "\n\n".join(wrong)
