"""Sending what the outbox holds: each row in one transaction, locked, sent, and marked as sent.

The only moment at which a row can be sent twice is a death between the handler's success and the commit. The item's
`identity` is the same then, so that handlers make the second sending the same one (a file of the same name, a
Message-ID that mail servers know, a key of idempotency).
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from services_api.exchange.models import Outbox, SentKey
from services_api.exchange.reasons import reason_of
from services_api.exchange.registry import Failure, Item, NotNeeded, Postponed, SendingRefused, kind
from tenants.background import UnknownTenant, community_of_schema
from tenants.context import register, tenant

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 12
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=72)
JITTER = 0.2
# One task does not hold a worker for ever; what is left is woken again.
ROWS_PER_RUN = 200
SECONDS_PER_RUN = 60.0
SHORTEST_REST = timedelta(seconds=1)


@dataclass
class Relayed:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    skipped: int = 0
    more: bool = False


def relay(schema: str, limit: int = ROWS_PER_RUN) -> Relayed:
    """Send the due rows of one tenant. Two relays at once share the rows, neither sends what the other holds."""
    done = Relayed()
    with register():
        until = time.monotonic() + SECONDS_PER_RUN
        for _index in range(limit):
            if time.monotonic() > until:
                break
            state = _relay_one(schema)
            if state is None:
                return done
            if state == Outbox.State.SENT:
                done.sent += 1
            elif state == Outbox.State.DEAD:
                done.dead += 1
            elif state == Outbox.State.SKIPPED:
                done.skipped += 1
            else:
                done.failed += 1
        done.more = Outbox.objects.due().filter(schema=schema).exists()
    return done


@transaction.atomic
def _relay_one(schema: str) -> str | None:
    row = Outbox.objects.select_for_update(skip_locked=True).due().filter(schema=schema).first()
    if row is None:
        return None
    row.attempts += 1
    try:
        if SentKey.objects.filter(schema=row.schema, digest=SentKey.digest_of(row.dedupe_key)).exists():
            raise NotNeeded("The same was sent before.")
        handler = kind(row.kind)
        community = community_of_schema(row.schema)
        # The savepoint keeps the lock on the row when the handler's own statements fail.
        with transaction.atomic(), tenant(community):
            answer = handler.send(Item(row.payload, identity(row), row.attempts))
    except NotNeeded as error:
        row.state, row.reason, row.last_error = Outbox.State.SKIPPED, "", str(error)[:1000]
    except (SendingRefused, UnknownTenant) as error:
        _give_up(row, error)
    except Exception as error:
        logger.exception("outbox row %s (%s of %s) was not sent", row.pk, row.kind, row.schema)
        _fail(row, reason_of(error), _describe(error))
    else:
        _conclude(row, answer, handler.forget)
    row.save()
    return row.state


def _conclude(row: Outbox, answer: Failure | Postponed | None, forget: tuple[str, ...]) -> None:
    if isinstance(answer, Postponed):
        row.attempts -= 1
        row.next_at = max(answer.until, timezone.now() + SHORTEST_REST)
    elif isinstance(answer, Failure):
        _fail(row, answer.reason, answer.text)
    else:
        row.state, row.sent_at, row.reason, row.last_error = Outbox.State.SENT, timezone.now(), "", ""
        row.payload = {name: value for name, value in row.payload.items() if name not in forget}


def identity(row: Outbox) -> str:
    """A name of the row for the outside world, in the form of a Message-ID."""
    return f"<outbox-{row.pk}.{row.schema.replace('_', '-')}@{settings.BASE_DOMAIN}>"


def _fail(row: Outbox, reason: str, text: str) -> None:
    """Another attempt later, or none any more."""
    row.reason, row.last_error = reason, text[:1000]
    if row.attempts >= MAX_ATTEMPTS:
        row.state = Outbox.State.DEAD
    else:
        row.next_at = timezone.now() + delay(row.attempts)


def _give_up(row: Outbox, error: Exception) -> None:
    row.state, row.reason, row.last_error = Outbox.State.DEAD, reason_of(error), _describe(error)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:1000]


def delay(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 1 min, 3, 9, 27 ... 72 h, each with jitter."""
    bare = min(FIRST_DELAY * 3 ** min(attempts - 1, 10), LONGEST_DELAY)
    return bare * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads load, hides nothing
