"""Celery tasks of cases."""

from __future__ import annotations

from celery import shared_task
from kombu.exceptions import OperationalError

from services_api.cases.services import purge_expired, retention, run_clocks, scanning


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


@shared_task(name="cases.scan_files", ignore_result=True)
def scan_files() -> None:
    """Have the files of the current tenant scanned whose moment has come."""
    scanning.scan_due()


@shared_task(name="cases.scan_backlog", ignore_result=True)
def scan_backlog() -> None:
    """Take up files of the current tenant that came in while there was no scanner."""
    scanning.take_up_unscanned()


def start_scans() -> None:
    """Hand the files of the current tenant to a worker. Raises OSError when the broker is away."""
    try:
        scan_files.apply_async(expires=60)
    except OperationalError as error:
        raise OSError(str(error)) from error


def start_backlog() -> None:
    """Hand what was never scanned to a worker. Raises OSError when the broker is away."""
    try:
        scan_backlog.apply_async(expires=600)
    except OperationalError as error:
        raise OSError(str(error)) from error


@shared_task(name="cases.apply_retention", ignore_result=True)
def apply_retention() -> None:
    """Anonymise cases of the current tenant that are over a confirmed term."""
    retention.apply()


def start_retention() -> None:
    """Hand the terms of keeping of the current tenant to a worker. Raises OSError when the broker is away."""
    try:
        apply_retention.apply_async(expires=3600)
    except OperationalError as error:
        raise OSError(str(error)) from error
