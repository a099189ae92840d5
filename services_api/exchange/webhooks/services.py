"""Every write about programs that are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from services_api.exchange.webhooks.models import Subscription, new_nonce
from services_api.exchange.webhooks.signing import secret_of

# So long both secrets sign, so that the program can be changed over without a gap.
CHANGE_OVER = timedelta(hours=24)


def subscribe(name: str, url: str, events: list[str], user: Any) -> tuple[Subscription, str]:
    """A new program, and its secret, which is told this once."""
    made = Subscription.objects.create(name=name, url=url, events=events, created_by=user)
    return made, secret_of(made)


@transaction.atomic
def rotate(subscription: Subscription) -> str:
    """Another secret, which is told this once; the one before signs as well for a day."""
    found = _locked(subscription)
    found.old_nonce, found.old_until = found.nonce, timezone.now() + CHANGE_OVER
    found.nonce = new_nonce()
    found.save(update_fields=["nonce", "old_nonce", "old_until"])
    return secret_of(found)


@transaction.atomic
def pause(subscription: Subscription) -> None:
    """Nothing is told any more, until somebody lets it go on."""
    found = _locked(subscription)
    if found.is_active:
        found.state, found.paused_at = Subscription.State.PAUSED, timezone.now()
        found.save(update_fields=["state", "paused_at"])


@transaction.atomic
def resume(subscription: Subscription) -> None:
    """Go on with what happens from now on. What was given up meanwhile is tried again among the outgoing items."""
    found = _locked(subscription)
    found.state, found.paused_at, found.failures, found.rest_until = Subscription.State.ACTIVE, None, 0, None
    found.save(update_fields=["state", "paused_at", "failures", "rest_until"])


def _locked(subscription: Subscription) -> Subscription:
    return Subscription.objects.select_for_update().get(pk=subscription.pk)
