"""Django's connection under the type of our backend, so that type checkers know of tenants and roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from django.db import connection as django_connection
from django.db.models import Model
from django_tenants.utils import quote_schema_name as quote

if TYPE_CHECKING:
    from tenants.backend.base import DatabaseWrapper

connection = cast("DatabaseWrapper", django_connection)


@contextmanager
def commits_flushed_later() -> Iterator[None]:
    """Commits of the block do not wait for the disk, one by one.

    Nothing can get out of order: the next ordinary commit flushes all before it. A crash in between loses the last
    moments of the block as a whole, so it is only for work that is recorded by such an ordinary commit at its end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET synchronous_commit")


def texts_with(models: Iterable[type[Model]], words: Iterable[str]) -> list[tuple[str, int, str]]:
    """Where a text of the current tenant holds one of the words: (table, primary key, column), in one statement.

    Reads every row of the tables' own columns: for a handful of rows, such as the starter pages.
    """
    values = [f"%{word}%" for word in words]
    selects: list[str] = []
    given: list[Any] = []
    for model in models:
        table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
        selects.append(
            f"SELECT %s, t.{key}, e.key FROM {table} t, jsonb_each_text(to_jsonb(t)) e "  # noqa: S608
            f"WHERE t::text LIKE ANY(%s) AND e.value LIKE ANY(%s)"
        )
        given += [model._meta.db_table, values, values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), given)
        return list(cursor.fetchall())
