"""Sessions in the tenant's schema, encoded with a salt of the tenant: a row copied to another tenant does not open."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

from tenants.signing import tenant_salt


class SessionStore(DatabaseSessionStore):
    """Django's session table; `key_salt` is asked at the moment of use."""

    @property
    def key_salt(self) -> str:  # type: ignore[override]
        return tenant_salt("tenants.sessions")

    @classmethod
    def get_model_class(cls):  # type: ignore[no-untyped-def]
        from django.contrib.sessions.models import Session

        return Session
