"""What a missing wall would let through, each as a question with a yes or no answer."""

from __future__ import annotations

from django.core.cache import caches
from django.core.signing import BadSignature, get_cookie_signer
from django.db import ProgrammingError, connection, transaction

from tenants import signing
from tenants.context import operator, tenant
from tenants.models import Community


def raw_sql_crosses(visitor: Community, schema: str) -> bool:
    """Can the visitor read the users of another schema by SQL?"""
    with tenant(visitor):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{schema}".accounts_user')
        except ProgrammingError:
            return False
    return True


def cache_entry_crosses(owner: Community, visitor: Community, alias: str) -> bool:
    """Is what the owner cached found by the visitor?"""
    with tenant(owner):
        caches[alias].set("isolation", owner.slug)
    with tenant(visitor):
        return caches[alias].get("isolation") == owner.slug


def token_crosses(owner: Community, visitor: Community) -> bool:
    """Is a token that the owner signed good at the visitor's?"""
    with tenant(owner):
        token = signing.dumps("of the owner", salt="isolation")
    with tenant(visitor):
        try:
            signing.loads(token, salt="isolation")
        except BadSignature:
            return False
    return True


def cookie_signature_crosses(owner: Community, visitor: Community) -> bool:
    """Is a cookie that the owner signed good at the visitor's?"""
    with tenant(owner):
        value = get_cookie_signer(salt="isolation").sign("1")
    with tenant(visitor):
        try:
            get_cookie_signer(salt="isolation").unsign(value)
        except BadSignature:
            return False
    return True


def session_row_crosses(owner: Community, visitor: Community, staff_of, signed_in) -> bool:
    """Does a session that somebody copied from table to table sign a person in?

    The visitor has a user with the same id and the same password hash, as a clone with users would have.
    """
    user = staff_of(owner, "same@example.am", superuser=True)
    client = signed_in(owner, user)
    with operator(visitor.schema_name), connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO django_session SELECT * FROM "{owner.schema_name}".django_session')
        cursor.execute("DELETE FROM auth_group_permissions WHERE false")
        cursor.execute(
            f'INSERT INTO accounts_user OVERRIDING SYSTEM VALUE SELECT * FROM "{owner.schema_name}".accounts_user '
            f"WHERE id = {int(user.pk)} ON CONFLICT (id) DO UPDATE SET password = excluded.password, "
            "is_superuser = true, is_staff = true, is_active = true"
        )
    client.defaults["SERVER_NAME"] = f"{visitor.slug}.localhost"
    return client.get("/admin/").status_code == 200
