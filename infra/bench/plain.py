"""What stands in for tenancy in the plain variant, and the database it runs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from infra import applications
from infra.bench.machine import Machine

PLAIN = "bench_plain"


class OneCommunityMiddleware:
    """The site's own community is a constant: code that asks for it gets it without any work."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response
        self.community: Any = None

    def __call__(self, request: Any) -> Any:
        if self.community is None:
            self._load()
        request.tenant = self.community
        return self.get_response(request)

    def _load(self) -> None:
        from django.db import connection

        from tenants.models import Community

        self.community = Community.objects.select_related("marz").get(slug=applications.COMMUNITY)
        plain: Any = connection
        plain.tenant, plain.schema_name, plain.operator_depth = self.community, f"t_{applications.COMMUNITY}", 0
        plain.set_tenant = lambda tenant, include_public=True: None


def plain_database(machine: Machine) -> str:
    """The same community with the same content, all tables in `public`."""
    if PLAIN in machine.made:
        return PLAIN
    machine.create_database(PLAIN, machine.prepared())
    machine.manage(PLAIN, "onboard", applications.COMMUNITY)
    schema = f"t_{applications.COMMUNITY}"
    with psycopg.connect(machine.url(PLAIN)) as database:
        database.execute("DROP TABLE public.django_migrations")
        for kind, query in (
            ("TABLE", "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'"),
            ("FUNCTION", "SELECT proname FROM pg_proc WHERE pronamespace = %s::regnamespace"),
        ):
            for (name,) in database.execute(query, [schema]).fetchall():
                database.execute(
                    sql.SQL("ALTER {} {}.{} SET SCHEMA public").format(
                        sql.SQL(kind), sql.Identifier(schema), sql.Identifier(name)
                    )
                )
        database.execute("DROP SCHEMA template_tenant CASCADE")
    with psycopg.connect(machine.url(PLAIN), autocommit=True) as database:
        database.execute("ANALYZE")
    return PLAIN
