"""Programs that call the API: anonymous, with a token, with the pass of an application."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from services_api.cases.models import ApiToken
from services_api.cases.services import issue_token
from tenants.context import tenant

API = "/api/v1/"
OFFICERS = "Դիմումների պատասխանատուներ"


@dataclass
class Program:
    """A client of one community with a bearer token; keys of requests are made as needed."""

    client: Any
    bearer: str = ""

    def __post_init__(self) -> None:
        self.keys = count(1)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`path` below the API or a whole address from one of its answers; headers with _ for -."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.bearer:
            given["authorization"] = f"Bearer {self.bearer}"
        address = API + path.split(API)[-1]
        if method == "get":
            return self.client.get(address, headers=given)
        content = json.dumps(body if body is not None else {})
        return getattr(self.client, method)(address, content, content_type="application/json", headers=given)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("get", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("post", path, body, **headers)

    def make(self, path: str, body: Any = None, **headers: str) -> Any:
        """A post with a new Idempotency-Key."""
        return self.post(path, body, idempotency_key=f"program-{next(self.keys):06d}", **headers)


def problem(response: Any, status: int, code: str = "") -> dict[str, Any]:
    """The problem document of a response, proved to be one."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"].startswith("application/problem+json")
    told = response.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(told)
    assert told["status"] == status
    assert not code or told["type"].endswith(f"/{code}"), told
    return told


@pytest.fixture
def officer(meghri, staff_of):
    return staff_of(meghri, groups=[OFFICERS])


@pytest.fixture
def program_of(client_for):
    """A program with a token: `program_of(meghri, user, "cases:read")`; without scopes it has all."""

    def make(community, user=None, *scopes: str) -> Program:
        client = client_for(community, headers={"accept-language": "en"})
        if user is None:
            return Program(client)
        with tenant(community):
            wanted = scopes or ApiToken.Scope.values
            secret = issue_token(user, "program", wanted, timezone.now() + timedelta(days=1))[1]
        return Program(client, secret)

    return make
