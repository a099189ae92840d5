"""Take a wall away and the isolation tests notice: otherwise they would prove nothing."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import default_key_func

from tests.isolation.walls import (
    cache_entry_crosses,
    cookie_signature_crosses,
    raw_sql_crosses,
    session_row_crosses,
    token_crosses,
)


@pytest.mark.parametrize("alias", sorted(settings.CACHES))
def test_without_key_function_the_cache_crosses(meghri, goris, monkeypatch, alias):
    monkeypatch.setattr(caches[alias], "key_func", default_key_func)
    assert cache_entry_crosses(meghri, goris, alias)


def test_without_set_role_raw_sql_crosses(meghri, goris, monkeypatch):
    from tenants.backend.base import DatabaseWrapper

    monkeypatch.setattr(DatabaseWrapper, "role_in_force", lambda self: None)
    assert raw_sql_crosses(meghri, goris.schema_name)


def test_without_the_salt_tokens_cross(meghri, goris, monkeypatch):
    monkeypatch.setattr("tenants.signing.tenant_salt", lambda salt: salt)
    assert token_crosses(meghri, goris)
    assert cookie_signature_crosses(meghri, goris)


def test_without_the_salt_a_copied_session_signs_in(meghri, goris, staff_of, signed_in, monkeypatch):
    monkeypatch.setattr("tenants.sessions.tenant_salt", lambda salt: salt)
    monkeypatch.setattr("accounts.models.tenant_salt", lambda salt: salt)
    assert session_row_crosses(meghri, goris, staff_of, signed_in)
