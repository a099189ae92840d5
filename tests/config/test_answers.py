"""Health, errors and policies: what every host answers, whatever happens."""

from __future__ import annotations

import json

import pytest
from django.conf import settings


@pytest.mark.parametrize("host", ["meghri.localhost", "10.1.2.3", "unknown.example"])
def test_health_answers_on_any_host_and_tells_nothing(db, client, host):
    answer = client.get("/health/live", SERVER_NAME=host)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.get("/health/ready", SERVER_NAME=host).status_code == 200
    assert client.get("/health/secret", SERVER_NAME=host).status_code == 404


def test_not_ready_without_the_database(db, client, monkeypatch):
    from django.db import OperationalError

    from tenants import template

    def no_database(schema):
        raise OperationalError("gone")

    monkeypatch.setattr(template, "schema_exists", no_database)
    assert client.get("/health/ready").status_code == 503


def test_the_proxy_asks_for_certificates_of_known_hosts_only(meghri, client):
    assert client.get("/health/domain?domain=meghri.localhost").status_code == 200
    assert client.get("/health/domain?domain=evil.example").status_code == 404
    assert client.get("/health/domain").status_code == 404


def test_a_broken_api_answers_a_problem_and_a_broken_page_a_page(meghri, client_for, monkeypatch):
    from services_api.api import catalogue

    def broken(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(catalogue.ProcedureList, "get", broken)
    client = client_for(meghri)
    client.raise_request_exception = False
    answer = client.get("/api/v1/procedures/")
    assert answer.status_code == 500 and answer["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert (
        problem["status"] == 500 and problem["instance"] == "/api/v1/procedures/" and "on purpose" not in str(problem)
    )

    monkeypatch.setattr("cms.models.HomePage.serve", broken)
    page = client.get("/")
    assert page.status_code == 500 and b"<h1>" in page.content and b"on purpose" not in page.content


@pytest.mark.parametrize("path", ["/", "/en/", "/case/", "/search/", "/apply/application-to-head/", "/no-such-page/"])
def test_public_pages_have_the_strict_policy(meghri, client_for, path):
    policy = client_for(meghri).get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


def test_the_workplace_asks_no_other_host(meghri, client_for):
    policy = client_for(meghri).get("/admin/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "object-src 'none'" in policy
    assert "http" not in policy and "*" not in policy


def test_demo_logins_exist_only_on_loopback():
    from pydantic import ValidationError

    from config.environment import LOCAL_IDENTIFIER_KEY, LOCAL_SECRET, Environment

    assert Environment(mode="local", listen="127.0.0.1").is_demo
    assert not Environment(mode="local", listen="0.0.0.0").is_demo
    key = "k" * 60
    assert not Environment(mode="production", listen="127.0.0.1", secret_key=key, identifier_keys="i" * 60).is_demo
    for weak in (LOCAL_SECRET, "short"):
        with pytest.raises(ValidationError, match="HAMAYNK_SECRET_KEY"):
            Environment(mode="production", secret_key=weak)
    for weak in ("", LOCAL_IDENTIFIER_KEY, "short", key, f"{'i' * 60},short", f"{'i' * 60},{'i' * 60}"):
        with pytest.raises(ValidationError, match="HAMAYNK_IDENTIFIER_KEYS"):
            Environment(mode="production", secret_key=key, identifier_keys=weak)
    assert settings.MODE == "test"


def test_a_failing_request_leaves_no_personal_data_in_the_log(meghri, client_for, monkeypatch, caplog, capfd):
    """No local variables, no address of the visitor: in neither form of the log."""
    import logging

    from config.logs import JsonFormatter

    def broken(*args, **kwargs):
        whispered = "the resident's secret"
        raise RuntimeError(len(whispered))

    monkeypatch.setattr("cms.models.HomePage.serve", broken)
    caplog.set_level(logging.DEBUG)
    client = client_for(meghri, REMOTE_ADDR="203.0.113.77")
    client.raise_request_exception = False
    client.get("/")
    assert caplog.records, "the failure itself is logged"
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    written = "".join(formatter.format(record) for record in caplog.records for formatter in (JsonFormatter(), plain))
    printed = capfd.readouterr()
    for text in (written, printed.out, printed.err):
        assert "203.0.113.77" not in text
        assert "the resident's secret" not in text.replace('whispered = "the resident\'s secret"', "")
    assert "RuntimeError" in written
