"""Celery tasks of the notices."""

from __future__ import annotations

from celery import shared_task
from kombu.exceptions import OperationalError

from services_api.exchange.notices import daily


@shared_task(name="notices.write_daily", ignore_result=True)
def write_daily() -> None:
    """The letters of the day of the current tenant."""
    daily.write_daily()


def start_daily() -> None:
    """Hand them to a worker. Raises OSError when the broker is away."""
    try:
        write_daily.apply_async(expires=600)
    except OperationalError as error:
        raise OSError(str(error)) from error
