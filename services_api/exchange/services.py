"""Writing to the outbox, waking the worker, trying again."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from services_api.exchange.models import Outbox
from tenants.context import current_schema, register

logger = logging.getLogger(__name__)
# After the broker did not answer, requests of this process do not wait for it again for so many seconds.
BROKER_REST_SECONDS = 30.0
_broker_rests_until = 0.0


def enqueue(kind: str, payload: Mapping[str, Any], dedupe_key: str) -> None:
    """Write a row for the current tenant in the caller's transaction; a second row with the same key is not written.

    After the commit the worker is woken. When that fails the row is found by the next round of the dispatcher.
    """
    enqueue_many(kind, [(payload, dedupe_key)])


def enqueue_many(kind: str, rows: Iterable[tuple[Mapping[str, Any], str]]) -> None:
    """As `enqueue`, for any number of (payload, key) in one statement and with one call to the worker."""
    schema = current_schema()
    made = [Outbox(schema=schema, kind=kind, payload=dict(payload), dedupe_key=key) for payload, key in rows]
    if not made:
        return
    Outbox.objects.bulk_create(made, ignore_conflicts=True)
    transaction.on_commit(partial(wake, schema), robust=True)


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
        count = dead.update(state=Outbox.State.PENDING, attempts=0, next_at=timezone.now(), last_error="")
        for each in schemas:
            transaction.on_commit(partial(wake, each), robust=True)
    return count
