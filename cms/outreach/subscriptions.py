"""Subscribing by mail: asked for, confirmed from the mailbox, changed and ended by a link that only its owner has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from cms.outreach.models import Delivery, DigestClock, Subscriber
from cms.outreach.topics import TOPICS, known
from services_api.exchange.public import enqueue
from tenants.signing import BadSignature, dumps, loads, tenant_salt

# Double opt-in: the letter is answered within two days, or the address is forgotten.
CONFIRM_WITHIN = timedelta(hours=48)
# However often somebody presses the button, one letter in so many seconds.
ONE_LETTER_SECONDS = 900
# Deliveries are remembered longer than a digest looks back, and no longer than needed.
DELIVERIES_KEPT = timedelta(days=40)
DIGEST_TIME = time(9)
_CONFIRM, _MANAGE = "outreach.confirm", "outreach.manage"


def ask(email: str, language: str, topics: Sequence[str], settlements: Sequence[str]) -> None:
    """Write down who asks and send the letter that asks back. What is answered to the asker is the same for an unknown
    address, for one that waits and for one that is subscribed: the last one gets the link to its settings."""
    moment = timezone.now()
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().filter(email__iexact=email).first()
        wishes = {"language": language, "topics": known(topics), "settlements": list(settlements)}
        if subscriber is None:
            try:
                with transaction.atomic():
                    subscriber = Subscriber.objects.create(email=email, expires_at=moment + CONFIRM_WITHIN, **wishes)
            except IntegrityError:  # the same address in the same second: the other request writes the letter
                return
        elif subscriber.confirmed_at is None:
            for name, value in wishes.items():
                setattr(subscriber, name, value)
            subscriber.expires_at = moment + CONFIRM_WITHIN
            subscriber.save()
        window = int(moment.timestamp()) // ONE_LETTER_SECONDS
        enqueue("outreach.confirm", {"subscriber": str(subscriber.uuid)}, f"subscribe:{subscriber.uuid}:{window}")


def confirm_token(subscriber: Subscriber) -> str:
    return dumps(str(subscriber.uuid), salt=_CONFIRM)


def manage_token(subscriber: Subscriber) -> str:
    """For the link in every letter. It has no end: one must be able to unsubscribe from an old letter."""
    return signing.Signer(salt=tenant_salt(_MANAGE)).sign(subscriber.uuid.hex)


def waiting(token: str) -> Subscriber | None:
    """Whom a confirmation link belongs to; None when it is too old, not ours, or the address was forgotten."""
    try:
        uuid = loads(token, salt=_CONFIRM, max_age=CONFIRM_WITHIN)
        return Subscriber.objects.filter(uuid=UUID(uuid)).first()
    except (BadSignature, ValueError):
        return None


def owner(token: str) -> Subscriber | None:
    """Whom a settings link belongs to; None when it is not ours or the subscription has ended."""
    try:
        uuid = signing.Signer(salt=tenant_salt(_MANAGE)).unsign(token)
        return Subscriber.objects.active().filter(uuid=UUID(uuid)).first()
    except (BadSignature, ValueError):
        return None


def confirm(subscriber: Subscriber) -> None:
    """The owner of the mailbox says yes."""
    with transaction.atomic():
        if subscriber.confirmed_at is None:
            subscriber.confirmed_at, subscriber.expires_at = timezone.now(), None
            subscriber.save(update_fields=["confirmed_at", "expires_at"])
        DigestClock.objects.get_or_create(pk=1, defaults={"next_at": next_digest(timezone.now())})


def change(subscriber: Subscriber, language: str, topics: Sequence[str], settlements: Sequence[str]) -> None:
    """Other topics, settlements or another language."""
    subscriber.language, subscriber.topics, subscriber.settlements = language, known(topics), list(settlements)
    subscriber.save(update_fields=["language", "topics", "settlements"])


def stop(subscriber: Subscriber) -> None:
    """Forget the address and what was sent to it."""
    subscriber.delete()


def next_digest(after: datetime) -> datetime:
    """The next nine o'clock in Yerevan."""
    local = timezone.localtime(after)
    moment = timezone.make_aware(datetime.combine(local.date(), DIGEST_TIME))
    return moment if moment > after else moment + timedelta(days=1)


def forget_old() -> int:
    """Delete addresses that nobody has confirmed, and deliveries that no digest looks back to. Returns how many."""
    now = timezone.now()
    forgotten = Subscriber.objects.filter(expires_at__lte=now).delete()[0]
    return forgotten + Delivery.objects.filter(at__lt=now - DELIVERIES_KEPT).delete()[0]


def figures() -> dict[str, Any]:
    """How many are subscribed, by topic and language; nobody of the staff sees an address. Six queries."""
    active = Subscriber.objects.active()
    return {
        "total": active.count(),
        "waiting": Subscriber.objects.filter(confirmed_at__isnull=True).count(),
        "topics": [{"label": topic.label, "total": active.with_topic(code).count()} for code, topic in TOPICS.items()],
        "languages": list(active.values("language").annotate(total=Count("pk")).order_by("-total")),
    }
