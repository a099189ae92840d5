"""Django's connection under the type of our backend, so that type checkers know of tenants and roles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from django.db import connection as django_connection

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
