"""Celery tasks of the exchange."""

from __future__ import annotations

from celery import shared_task
from kombu.exceptions import OperationalError

from services_api.exchange import relay, services
from tenants.context import current_schema


@shared_task(name="exchange.relay_outbox", ignore_result=True)
def relay_outbox(schema: str) -> None:
    """Send the due rows of one tenant; come again when there are more than one run takes."""
    if relay.relay(schema).more:
        services.wake(schema)


@shared_task(name="exchange.purge_outbox", ignore_result=True)
def purge_outbox(schema: str) -> None:
    """Remove what was sent long ago."""
    services.purge(schema)


def start_purge() -> None:
    """Hand the purge of the current tenant to a worker. Raises OSError when the broker is away."""
    try:
        purge_outbox.apply_async(args=[current_schema()], expires=3600)
    except OperationalError as error:
        raise OSError(str(error)) from error
