"""Telling a program, and what follows from its answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from services_api.exchange.models import Outbox
from services_api.exchange.registry import Failure, Item, NotNeeded, Postponed, SendingRefused, handles
from services_api.exchange.webhooks import events, signing
from services_api.exchange.webhooks.letters import tell_of_pause
from services_api.exchange.webhooks.models import Delivery, Subscription
from services_api.exchange.webhooks.post import Answer, post

USER_AGENT = "Hamaynk-Webhooks/1.0"
# So many failures in a row, each after a longer rest (together more than half a day), and it is paused.
PAUSE_AFTER = 20
LONGEST_REST = timedelta(hours=1)
KEPT_DELIVERIES = 50
GONE = 410


@handles(events.KIND, label=gettext_lazy("Notice to a program"))
def send(item: Item) -> Failure | Postponed | None:
    """One attempt. Two of them with the same event have the same identifier, by which the program knows it."""
    subscription = Subscription.objects.select_for_update().filter(pk=item.payload["subscription"]).first()
    if subscription is None:
        raise NotNeeded("Nobody listens any more.")
    is_test = item.payload["type"] == events.TEST
    if not subscription.is_active and not is_test:
        raise SendingRefused("The program is paused.")
    now = timezone.now()
    if subscription.rest_until and now < subscription.rest_until and not is_test:
        return Postponed(subscription.rest_until)
    body = events.body_of(item.payload)
    if body is None:
        raise SendingRefused("The case does not exist.")
    event_id = events.event_id(item.payload)
    head = signing.headers(subscription, event_id, now, body)
    answer = post(subscription.url, body, {**head, "Content-Type": events.CONTENT_TYPE, "User-Agent": USER_AGENT})
    _note(subscription, event_id, item.payload["type"], answer, now)
    if is_test:
        return None
    return _conclude(subscription, answer, now)


def _note(subscription: Subscription, event_id: str, kind: str, answer: Answer, now: datetime) -> None:
    Delivery.objects.create(
        subscription=subscription, event_id=event_id, event_type=kind, at=now, status=answer.status,
        text=answer.text, milliseconds=answer.milliseconds,
    )  # fmt: skip
    kept = Delivery.objects.filter(subscription=subscription).order_by("-pk").values_list("pk", flat=True)
    oldest = kept[KEPT_DELIVERIES - 1 : KEPT_DELIVERIES].first()
    if oldest is not None:
        Delivery.objects.filter(subscription=subscription, pk__lt=oldest).delete()


def _conclude(subscription: Subscription, answer: Answer, now: datetime) -> Failure | None:
    if answer.is_accepted:
        if subscription.failures:
            subscription.failures, subscription.rest_until = 0, None
            subscription.save(update_fields=["failures", "rest_until"])
        return None
    subscription.failures += 1
    subscription.rest_until = now + min(timedelta(minutes=2 ** min(subscription.failures - 1, 10)), LONGEST_REST)
    if subscription.failures >= PAUSE_AFTER or answer.status == GONE:
        subscription.state, subscription.paused_at = Subscription.State.PAUSED, now
        tell_of_pause(subscription)
    subscription.save(update_fields=["failures", "rest_until", "state", "paused_at"])
    said = f"{answer.status or 'no answer'} {answer.text}".strip()
    return Failure(said, Outbox.Reason.REFUSED if answer.status else Outbox.Reason.UNREACHABLE)
