"""Who is written to and when: alerts at once, the rest once a day; each item at most once to each subscriber.

Rows of the outbox hold references only. A letter is written when it is sent, and not sent to somebody who has
unsubscribed in the meantime.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from cms.outreach.models import Alert, Delivery, DigestClock, Subscriber
from cms.outreach.subscriptions import next_digest
from cms.outreach.topics import ALERTS, Item, new_items
from services_api.exchange.public import Item as Outgoing
from services_api.exchange.public import enqueue, handles

CHUNK = 200
# After a stop of the machine the letters of three days are still news; older ones are not.
LOOKS_BACK = timedelta(days=3)


def announce(alert: Alert) -> None:
    """Write down, with the publication itself, that the subscribers are to be told."""
    enqueue("outreach.alert", {"alert": alert.uuid.hex}, f"alert:{alert.uuid.hex}")


@handles("outreach.alert")
def tell(item: Outgoing) -> None:
    """One row for each subscriber of the place; a second run writes nothing twice."""
    alert = Alert.objects.published().filter(uuid=item.payload["alert"], ends_at__gt=timezone.now()).first()
    if alert is None:
        return
    key = f"{ALERTS}:{alert.uuid.hex}"
    for chunk in _chunks(Subscriber.objects.active().with_topic(ALERTS)):
        for subscriber in chunk:
            if concerns(alert, subscriber):
                _deliver(subscriber, [key], f"{key}:{subscriber.uuid.hex}")


def concerns(alert: Alert, subscriber: Subscriber) -> bool:
    """Whether the alert is for this subscriber: of the whole community, or of a chosen settlement."""
    if alert.is_whole_community or not subscriber.settlements:
        return True
    return bool(set(alert.settlements) & set(subscriber.settlements))


def send_daily(now: datetime | None = None) -> int:
    """The daily letters of the current tenant, if they are due. Returns how many were written down."""
    moment = now or timezone.now()
    with transaction.atomic():
        clock = DigestClock.objects.select_for_update().filter(next_at__lte=moment).first()
        if clock is None:
            return 0
        if not Subscriber.objects.active().exists():
            clock.delete()
            return 0
        clock.next_at = next_digest(moment)
        clock.save()
    since, written = moment - LOOKS_BACK, 0
    news: dict[str, dict[str, list[Item]]] = {}
    for chunk in _chunks(Subscriber.objects.active()):
        for language in {subscriber.language for subscriber in chunk} - news.keys():
            news[language] = new_items(language, since)
        with transaction.atomic():
            written += _write_digests(chunk, news, f"{timezone.localtime(moment):%Y-%m-%d}")
    return written


def _write_digests(chunk: list[Subscriber], news: dict[str, dict[str, list[Item]]], day: str) -> int:
    all_keys = {item.key for topics in news.values() for items in topics.values() for item in items}
    had = set(Delivery.objects.filter(subscriber__in=chunk, item__in=all_keys).values_list("subscriber_id", "item"))
    written = 0
    for subscriber in chunk:
        keys = [
            item.key
            for topic in subscriber.topics
            for item in news[subscriber.language].get(topic, [])
            # What was there before the subscription is no news.
            if subscriber.confirmed_at and item.published_at > subscriber.confirmed_at
            if (subscriber.pk, item.key) not in had
        ]
        if keys:
            _deliver(subscriber, keys, f"digest:{subscriber.uuid.hex}:{day}")
            written += 1
    return written


def _deliver(subscriber: Subscriber, keys: list[str], dedupe_key: str) -> None:
    Delivery.objects.bulk_create([Delivery(subscriber=subscriber, item=key) for key in keys], ignore_conflicts=True)
    enqueue("outreach.letter", {"subscriber": str(subscriber.uuid), "items": keys}, dedupe_key)


def _chunks(rows: object) -> Iterator[list[Subscriber]]:
    iterator = rows.order_by("pk").iterator(chunk_size=CHUNK)  # type: ignore[attr-defined]
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
