"""Who is written to and when: alerts at once, the rest once a day; each item at most once to each subscriber.

Rows of the outbox hold references only. A letter is written when it is sent, and not sent to somebody who has
unsubscribed in the meantime.

To publish costs one row, however many are subscribed. The relay turns that row into letters a chunk at a time: each
chunk is one transaction with the row that goes on after it, so that a stop in the middle loses nothing and writes to
nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cms.outreach.models import Alert, Delivery, DigestClock, Subscriber
from cms.outreach.subscriptions import next_digest
from cms.outreach.topics import ALERTS, Item, alert_key, new_items
from services_api.exchange.public import Item as Outgoing
from services_api.exchange.public import enqueue, enqueue_many, handles

CHUNK = 500
# After a stop of the machine the letters of three days are still news; older ones are not.
LOOKS_BACK = timedelta(days=3)


def announce(alert: Alert) -> None:
    """Write down, with the publication itself, that the subscribers are to be told; a change has an edition of its
    own."""
    edition = "" if alert.edition == 1 else f":{alert.edition}"
    enqueue("outreach.alert", {"alert": alert.uuid.hex, "edition": alert.edition}, f"alert:{alert.uuid.hex}{edition}")


@handles("outreach.alert", label=gettext_lazy("Alert to the subscribers"))
def tell(item: Outgoing) -> None:
    """A letter for each subscriber of a chunk whom the alert concerns; a second run writes nothing twice."""
    edition, after = item.payload.get("edition", 1), item.payload.get("after", 0)
    alert = Alert.objects.published().filter(uuid=item.payload["alert"], ends_at__gt=timezone.now()).first()
    if alert is None or alert.edition != edition:
        return
    key = alert_key(alert)
    chunk = list(Subscriber.objects.active().with_topic(ALERTS).filter(pk__gt=after).order_by("pk")[:CHUNK])
    told = _told_before(alert, chunk)
    concerned = [each for each in chunk if concerns(alert, each) or each.pk in told]
    _deliver((subscriber, [key], f"{key}:{subscriber.uuid.hex}") for subscriber in concerned)
    if len(chunk) == CHUNK:
        last = chunk[-1].pk
        enqueue("outreach.alert", {**item.payload, "after": last}, f"alert:{alert.uuid.hex}:{edition}:{last}")


def _told_before(alert: Alert, chunk: list[Subscriber]) -> set[int]:
    """Keys of those who have had a letter of an earlier edition: they learn that it is not about them any more."""
    if alert.edition == 1:
        return set()
    earlier = Delivery.objects.filter(subscriber__in=chunk, item__startswith=f"{ALERTS}:{alert.uuid.hex}")
    return set(earlier.values_list("subscriber_id", flat=True))


def concerns(alert: Alert, subscriber: Subscriber) -> bool:
    """Whether the alert is for this subscriber: of the whole community, or of a chosen settlement."""
    if alert.is_whole_community or not subscriber.settlements:
        return True
    return bool(set(alert.settlements) & set(subscriber.settlements))


def send_daily(now: datetime | None = None) -> bool:
    """Begin the daily letters of the current tenant, if they are due and somebody is subscribed."""
    moment = now or timezone.now()
    with transaction.atomic():
        clock = DigestClock.objects.select_for_update().filter(next_at__lte=moment).first()
        if clock is None:
            return False
        if not Subscriber.objects.active().exists():
            clock.delete()
            return False
        clock.next_at = next_digest(moment)
        clock.save()
        # Together with the clock: letters that are begun are finished, also after a stop.
        enqueue("outreach.digest", {"at": moment.isoformat()}, f"digest:{_day(moment)}")
    return True


@handles("outreach.digest", label=gettext_lazy("Daily letters to the subscribers"))
def write_digests(item: Outgoing) -> None:
    """The daily letters of a chunk of subscribers; a second run writes nothing twice."""
    moment, after = datetime.fromisoformat(item.payload["at"]), item.payload.get("after", 0)
    chunk = list(Subscriber.objects.active().filter(pk__gt=after).order_by("pk")[:CHUNK])
    languages = {subscriber.language for subscriber in chunk}
    news = {language: new_items(language, moment - LOOKS_BACK) for language in languages}
    _write_digests(chunk, news, _day(moment))
    if len(chunk) == CHUNK:
        last = chunk[-1].pk
        enqueue("outreach.digest", {**item.payload, "after": last}, f"digest:{_day(moment)}:{last}")


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}"


def _write_digests(chunk: list[Subscriber], news: dict[str, dict[str, list[Item]]], day: str) -> None:
    all_keys = {item.key for topics in news.values() for items in topics.values() for item in items}
    had = set(Delivery.objects.filter(subscriber__in=chunk, item__in=all_keys).values_list("subscriber_id", "item"))
    letters = []
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
            letters.append((subscriber, keys, f"digest:{subscriber.uuid.hex}:{day}"))
    _deliver(letters)


def _deliver(letters: Iterable[tuple[Subscriber, list[str], str]]) -> None:
    """Write down letters, as (to whom, items, key against doubles): two statements, however many there are."""
    rows = list(letters)
    deliveries = [Delivery(subscriber=subscriber, item=key) for subscriber, keys, _key in rows for key in keys]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    enqueue_many(
        "outreach.letter",
        [({"subscriber": str(subscriber.uuid), "items": keys}, key) for subscriber, keys, key in rows],
    )
