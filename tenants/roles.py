"""PostgreSQL roles and grants: one role per tenant, one group for what the register shows to tenants.

A model of the register says `tenant_rights = "SELECT"` (or more); without it tenants have nothing. A model of a
tenant says `append_only = True` where rows may be added and read, but never changed or removed.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django_tenants.utils import quote_schema_name as quote

from tenants.context import register
from tenants.models import Community
from tenants.names import role_name

READ_ONLY_TABLES = ("django_migrations",)


def group_role() -> str:
    """The group of all tenants' roles: it holds the rights on the register."""
    return settings.TENANT_ROLE_PREFIX + "tenants"


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _create_role(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if cursor.fetchone():
            return
        try:
            with transaction.atomic():
                cursor.execute(f"CREATE ROLE {quote(name)} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        except ProgrammingError as error:
            # Another process of this server was quicker (roles are shared by all databases of a server).
            if getattr(error.__cause__, "sqlstate", "") != "42710":
                raise


def ensure_group() -> None:
    """The group role and its rights on the register. Run after each migration of the register."""
    with register():
        _create_role(group_role())
        group = quote(group_role())
        _execute(f"GRANT USAGE ON SCHEMA public TO {group}")
        _execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        for config in apps.get_app_configs():
            if config.name not in settings.SHARED_APPS:
                continue
            for model in config.get_models(include_auto_created=True):
                table = quote(model._meta.db_table)
                _execute(f"REVOKE ALL ON {table} FROM {group}")
                rights = getattr(model, "tenant_rights", "")
                if not rights:
                    continue
                _execute(f"GRANT {rights} ON {table} TO {group}")
                if "INSERT" in rights:
                    _execute(f"GRANT USAGE ON SEQUENCE {quote(model._meta.db_table + '_id_seq')} TO {group}")


def ensure_tenant_role(schema: str) -> str:
    """The role of a tenant: a member of the group, settable (not inherited) by the application."""
    name = role_name(schema)
    with register():
        _create_role(name)
        role = quote(name)
        _execute(f"GRANT {quote(group_role())} TO {role} WITH INHERIT TRUE, SET FALSE")
        _execute(f"GRANT {role} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")
    return name


def grant_schema(schema: str) -> None:
    """Give the tenant's role what it needs in its own schema, and nothing else. Idempotent."""
    with register():
        _execute("; ".join(grant_statements(schema)))


def grant_statements(schema: str) -> list[str]:
    """The grants of a tenant's role, for a caller that runs them in its own transaction."""
    role, space = quote(role_name(schema)), quote(schema)
    statements = [
        f"GRANT USAGE ON SCHEMA {space} TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {space} TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {space} TO {role}",
    ]
    statements += [f"REVOKE INSERT, UPDATE, DELETE ON {space}.{quote(table)} FROM {role}" for table in READ_ONLY_TABLES]
    statements += [f"REVOKE UPDATE, DELETE ON {space}.{quote(table)} FROM {role}" for table in append_only_tables()]
    return statements


def missing_roles() -> list[str]:
    """Slugs of connected communities whose role does not exist or cannot be set: the database was restored without
    its roles, or HAMAYNK_TENANT_ROLE_PREFIX was changed."""
    with register(), connection.cursor() as cursor:
        schemas = dict(Community.objects.with_schema().values_list("schema_name", "slug"))
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND pg_has_role(current_user, oid, 'SET')",
            [[role_name(schema) for schema in schemas]],
        )
        usable = {row[0] for row in cursor.fetchall()}
    return sorted(slug for schema, slug in schemas.items() if role_name(schema) not in usable)


def append_only_tables() -> list[str]:
    """Tables of tenants whose rows are never changed."""
    return [
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name in settings.TENANT_APPS
        for model in config.get_models()
        if getattr(model, "append_only", False)
    ]


def drop_tenant_role(schema: str) -> None:
    """Remove the role when nothing of this server depends on it any more; else leave it, it can do nothing."""
    name = role_name(schema)
    with register(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        if not cursor.fetchone():
            return
        try:
            with transaction.atomic():
                cursor.execute(f"REVOKE ALL ON SCHEMA public FROM {quote(name)}")
                cursor.execute(f"DROP ROLE {quote(name)}")
        except Exception as error:
            # 2BP01: another database of the same server still uses a tenant of this name.
            if getattr(error.__cause__, "sqlstate", "") != "2BP01":
                raise
