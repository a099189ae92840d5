"""Advisory locks of PostgreSQL. They belong to the database, not to a schema, so the schema's name is in the key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from tenants.context import register
from tenants.database import connection


class AlreadyRunning(Exception):
    """Another process holds the lock."""


@contextmanager
def advisory_lock(name: str, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of this name (a schema, usually) for the block; without `wait` raises AlreadyRunning at once."""
    key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
    with register(), connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            if not cursor.fetchone()[0]:
                raise AlreadyRunning(name)
    try:
        yield
    finally:
        # A lost connection has lost its locks too.
        if connection.connection is not None and not connection.connection.closed:
            with register(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
