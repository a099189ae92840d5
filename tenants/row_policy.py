"""Row level security of tables in the register: a tenant's role sees and writes rows of its own only.

The one place that says in SQL what `tenants.names.role_name` says in Python; a test compares both.
"""

from __future__ import annotations

from django.conf import settings
from django_tenants.utils import quote_schema_name as quote


def own_rows(table: str) -> str:
    """SQL that shows a role the rows of its own tenant only, for a migration. The column `schema` names the tenant.

    The owner of the table (the application's own role, under which the ministry and the relay work) is not bound by
    the policy.
    """
    return _policy(table, _is_own("schema"))


def rows_of_own_community(table: str) -> str:
    """The same for tables with a column `community_id`: the community is looked up once for a statement.

    The subquery does not depend on the row, so that an index on `community_id` serves the policy.
    """
    own = f"(SELECT id FROM public.tenants_community WHERE {_is_own('schema_name')})"  # noqa: S608 - our own setting
    return _policy(table, f"community_id = {own}")


def _is_own(schema: str) -> str:
    role = "'" + settings.TENANT_ROLE_PREFIX.replace("'", "''") + f"' || {schema}"
    return (
        f"current_user = CASE WHEN octet_length({role}) <= 63 THEN {role} "
        f"ELSE left({role}, 50) || '_' || left(encode(sha256(convert_to({role}, 'UTF8')), 'hex'), 12) END"
    )


def _policy(table: str, own: str) -> str:
    return (
        f"ALTER TABLE {quote(table)} ENABLE ROW LEVEL SECURITY; "
        f"CREATE POLICY own_rows ON {quote(table)} USING ({own}) WITH CHECK ({own})"
    )


def no_own_rows(table: str) -> str:
    """SQL that takes the policy away again."""
    return f"DROP POLICY own_rows ON {quote(table)}; ALTER TABLE {quote(table)} DISABLE ROW LEVEL SECURITY"


__all__ = ["no_own_rows", "own_rows", "rows_of_own_community"]
