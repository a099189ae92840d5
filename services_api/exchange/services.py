"""Writing to the outbox, waking the worker, trying again."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from services_api.exchange import selectors
from services_api.exchange.models import Outbox, SentKey
from tenants.context import current_schema, in_register, register

logger = logging.getLogger(__name__)
# After the broker did not answer, requests of this process do not wait for it again for so many seconds.
BROKER_REST_SECONDS = 30.0
# Rows that one transaction of the purge removes.
PURGE_BATCH = 2_000
_broker_rests_until = 0.0


def enqueue(
    kind: str, payload: Mapping[str, Any], dedupe_key: str, *, stream: str = "", not_before: datetime | None = None
) -> None:
    """Write a row for the current tenant in the caller's transaction; a second row with the same key is not written.

    Rows of one `stream` are sent in the order of writing; write them while something of the stream's own is locked
    (the case), so that their order is the order of what happened. Before `not_before` nothing is sent.
    After the commit the worker is woken. When that fails the row is found by the next round of the dispatcher.
    """
    row = Outbox(schema=current_schema(), kind=kind, payload=dict(payload), dedupe_key=dedupe_key, stream=stream)
    if not_before is not None:
        row.next_at = max(not_before, timezone.now())
    _write([row])


def enqueue_many(kind: str, rows: Iterable[tuple[Mapping[str, Any], str]]) -> None:
    """As `enqueue`, for any number of (payload, key) in one statement and with one call to the worker."""
    schema = current_schema()
    _write([Outbox(schema=schema, kind=kind, payload=dict(payload), dedupe_key=key) for payload, key in rows])


def _write(rows: list[Outbox]) -> None:
    if not rows:
        return
    Outbox.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(partial(wake, rows[0].schema), robust=True)


def wake(schema: str) -> bool:
    """Tell the worker that a tenant has something to send. Never fails the caller; False when nobody was reached."""
    global _broker_rests_until
    from services_api.exchange.tasks import relay_outbox

    if time.monotonic() < _broker_rests_until:
        return False
    try:
        # A message that nobody takes within a minute is not needed: the dispatcher has asked again.
        relay_outbox.apply_async(args=[schema], expires=60)
    except (OperationalError, OSError) as error:
        _broker_rests_until = time.monotonic() + BROKER_REST_SECONDS
        logger.warning("The broker is not reached (%s); what waits is sent by the dispatcher's next round.", error)
        return False
    return True


def replay(schema: str | None = None, ids: list[int] | None = None) -> int:
    """Give dead rows a new series of attempts, all or those named. Returns how many."""
    with register(), transaction.atomic():
        dead = Outbox.objects.filter(state=Outbox.State.DEAD)
        if schema:
            dead = dead.filter(schema=schema)
        if ids:
            dead = dead.filter(pk__in=ids)
        schemas = set(dead.values_list("schema", flat=True))
        count = dead.update(state=Outbox.State.PENDING, attempts=0, next_at=timezone.now(), reason="", last_error="")
        for each in schemas:
            transaction.on_commit(partial(wake, each), robust=True)
    return count


def replay_own(ids: list[int]) -> int:
    """Give the named dead rows of the current tenant a new series of attempts. Returns how many.

    A tenant's role may not change rows of the outbox. This is the one way through the wall, and it is narrow: the
    schema is that of the connection, never a parameter; only rows that were given up; nothing but another try.
    """
    if in_register():
        raise RuntimeError("replay_own is for a tenant; operators have replay.")
    return replay(current_schema(), ids) if ids else 0


def purge(schema: str, at: datetime | None = None, batch: int = PURGE_BATCH) -> int:
    """Remove rows of a tenant that were sent, or not needed, longer ago than `settings.OUTBOX_KEEP_DAYS`.

    Their keys stay, so that nothing is sent again. What was given up stays until somebody has looked at it.
    """
    removed = 0
    with register():
        while True:
            with transaction.atomic():
                old = list(selectors.kept_long_enough(at).filter(schema=schema).order_by("id")[:batch])
                SentKey.objects.bulk_create(
                    [SentKey(schema=schema, digest=SentKey.digest_of(each.dedupe_key)) for each in old],
                    ignore_conflicts=True,
                )
                Outbox.objects.filter(pk__in=[each.pk for each in old]).delete()
            removed += len(old)
            if len(old) < batch:
                return removed
