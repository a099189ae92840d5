"""Signatures that are worth nothing in another tenant: the schema's name is a part of every salt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing

from tenants.context import current_schema

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired


def tenant_salt(salt: str) -> str:
    """The salt for the current tenant."""
    return f"{current_schema()}:{salt}"


class TenantTimestampSigner(signing.TimestampSigner):
    """Django's signer of cookies, with the tenant in the salt at the moment of use."""

    def __init__(self, *, key: Any = None, sep: str = ":", salt: str | None = None, **options: Any) -> None:
        super().__init__(key=key, sep=sep, salt=tenant_salt(salt or type(self).__name__), **options)


def dumps(value: Any, *, salt: str) -> str:
    """A signed, readable token of a JSON value for the current tenant."""
    return signing.dumps(value, salt=tenant_salt(salt), compress=True)


def loads(token: str, *, salt: str, max_age: timedelta | int | None = None) -> Any:
    """The value of a token made by `dumps` in the same tenant.

    Raises BadSignature for a changed or foreign token, SignatureExpired after `max_age` (seconds or timedelta).
    """
    return signing.loads(token, salt=tenant_salt(salt), max_age=max_age)
