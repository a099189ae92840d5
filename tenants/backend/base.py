"""The search path and the tenant's role are set together, in one statement.

With the role set, PostgreSQL itself refuses a read of another tenant's schema, raw SQL included (decision 2).
The application's login role is never a superuser; it holds NOINHERIT-like membership (`GRANT ... WITH INHERIT FALSE,
SET TRUE`), so that outside `SET ROLE` it has nothing of the tenant's rights, and inside nothing of its own.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError
from django_tenants.postgresql_backend import base as tenants_base
from django_tenants.utils import get_public_schema_name, quote_schema_name

from tenants.backend.schema import SchemaEditor
from tenants.names import TEMPLATE_SCHEMA, role_name


class DatabaseWrapper(tenants_base.DatabaseWrapper):
    """Adds `SET ROLE` to every change of schema.

    `operator_depth > 0` means that the kernel itself works (provisioning, upgrade, backup): then the role stays
    the application's own, which owns the tables. See `tenants.context.operator`.
    """

    SchemaEditorClass = SchemaEditor
    operator_depth: int = 0
    # What the session has been told and still holds; None: unknown (a rollback takes a SET back, a close ends all).
    in_force: tuple[tuple[str, ...], str | None] | None = None
    _setting_search_path: bool

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Choose the tenant for the next statements; nothing is sent before the next cursor.

        The parent clears the cache of content types here, which costs several queries a request. Their ids are
        equal in all tenants (they come from the template; `tenant verify` proves it), so the cache may stay.
        """
        self.tenant = tenant
        self.schema_name = tenant.schema_name
        self.include_public_schema = include_public
        self.set_settings_schema(self.schema_name)

    def role_in_force(self) -> str | None:
        """Name of the role that statements run under, None for the application's own."""
        if self.operator_depth or self.schema_name in (get_public_schema_name(), TEMPLATE_SCHEMA):
            return None
        return role_name(self.schema_name)

    def close(self) -> None:
        self.in_force = None
        super().close()

    def rollback(self) -> None:
        self.in_force = None
        super().rollback()

    def savepoint_rollback(self, sid: str) -> None:
        try:
            super().savepoint_rollback(sid)
        finally:
            self.in_force = None

    def _handle_search_path(self, cursor: Any = None) -> None:
        """Tell the session path and role, unless it holds them already: a second request of a tenant costs nothing."""
        if self._setting_search_path:
            return
        if not self.schema_name:
            raise ImproperlyConfigured("No schema is chosen for this connection.")
        wanted = (tuple(self._get_cursor_search_paths()), self.role_in_force())
        if self.in_force == wanted:
            return
        path = ",".join(quote_schema_name(schema) for schema in wanted[0])
        role = quote_schema_name(wanted[1]) if wanted[1] else "NONE"
        self._setting_search_path = True
        used = self.connection.cursor() if cursor is None else cursor
        self.in_force = None
        try:
            used.execute(f"SET search_path = {path}; SET ROLE {role}")
        except (DatabaseError, psycopg.Error) as error:
            cause = error if isinstance(error, psycopg.Error) else error.__cause__
            # A lost transaction will be rolled back, and then all is told again.
            if not isinstance(cause, psycopg.errors.InFailedSqlTransaction):
                raise
        else:
            self.in_force = wanted
        finally:
            self._setting_search_path = False
            if cursor is None:
                used.close()
