"""Celery tasks of the exchange."""

from __future__ import annotations

from celery import shared_task

from services_api.exchange import relay, services


@shared_task(name="exchange.relay_outbox", ignore_result=True)
def relay_outbox(schema: str) -> None:
    """Send the due rows of one tenant; come again when there are more than one run takes."""
    if relay.relay(schema).more:
        services.wake(schema)
