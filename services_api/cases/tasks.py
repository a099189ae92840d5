"""Celery tasks of cases."""

from __future__ import annotations

from celery import shared_task
from kombu.exceptions import OperationalError

from services_api.cases.services import purge_expired, run_clocks


@shared_task(name="cases.purge_drafts", ignore_result=True)
def purge_drafts() -> None:
    """Forget unfinished applications of the current tenant after their day."""
    purge_expired()


def start_purge() -> None:
    """Hand the purge of the current tenant to a worker. Raises OSError when the broker is away."""
    try:
        purge_drafts.apply_async(expires=3600)
    except OperationalError as error:
        raise OSError(str(error)) from error


@shared_task(name="cases.run_clocks", ignore_result=True)
def run_due_clocks() -> None:
    """Look at the clocks of the current tenant whose moment has come."""
    run_clocks()


def start_clocks() -> None:
    """Hand the clocks of the current tenant to a worker. Raises OSError when the broker is away."""
    try:
        run_due_clocks.apply_async(expires=300)
    except OperationalError as error:
        raise OSError(str(error)) from error
