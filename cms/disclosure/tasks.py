"""Checks in the background; the tenant comes with the message."""

from __future__ import annotations

import logging
from functools import partial

from celery import shared_task
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from cms.disclosure import checking, reminders, rounds
from cms.disclosure.models import Source, Standing, Verdict
from cms.disclosure.outer import look
from tenants.context import current_community, current_schema, in_register

logger = logging.getLogger(__name__)
# Several changes within so many seconds are one check.
DEBOUNCE_SECONDS = 3
# A nightly message that nobody took is not needed any more: the next round names the community again.
NIGHT_EXPIRES = 15 * 60


@shared_task(name="disclosure.check_nightly", ignore_result=True)
def check_nightly() -> None:
    """The current tenant's check of today, unless another message has done it; then the reminder of the week."""
    community = current_community()
    if community is None or community.is_ministry or rounds.checked_on(community, timezone.localdate()):
        return
    checking.check(community)
    reminders.remind(community)


@shared_task(name="disclosure.look_as_visitor", ignore_result=True)
def look_as_visitor() -> None:
    """A visitor's walk through the current tenant's site."""
    community = current_community()
    if community is not None and not community.is_ministry:
        look(community)


@shared_task(name="disclosure.check_after_change", ignore_result=True)
def check_after_change(outside: bool = False) -> None:
    """Look again after a change; as a visitor too when asked, or when a visitor had found something wrong."""
    community = current_community()
    if community is None or community.is_ministry:
        return
    checking.check(community)
    seen_wrong = Standing.objects.filter(community=community, source=Source.OUTER).exclude(verdict=Verdict.PASS)
    if outside or seen_wrong.exists():
        look(community)


def start_nightly() -> None:
    """Hand the nightly check to a worker. Raises OSError when the broker is away."""
    _send(check_nightly, expires=NIGHT_EXPIRES)


def start_visit() -> None:
    """Hand the visitor's walk to a worker. Raises OSError when the broker is away."""
    _send(look_as_visitor, expires=NIGHT_EXPIRES)


def check_soon() -> None:
    """After the commit of the current transaction, once for all changes of the next seconds."""
    community = current_community()
    if in_register() or community is None or community.is_ministry:
        return
    transaction.on_commit(partial(_start_check, current_schema()), robust=True)


def _start_check(schema: str) -> None:
    if not caches["shared"].add(f"duties:soon:{schema}", True, DEBOUNCE_SECONDS):
        return
    try:
        _send(check_after_change, countdown=DEBOUNCE_SECONDS)
    except OSError as error:
        logger.warning("The broker is not reached (%s); the duties are checked at night.", error)


def _send(task: object, **options: object) -> None:
    try:
        task.apply_async(**options)  # type: ignore[attr-defined]
    except OperationalError as error:
        raise OSError(str(error)) from error
