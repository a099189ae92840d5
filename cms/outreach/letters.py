"""The letters themselves, in the language of the subscriber, with the way out in every one (RFC 2369, RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.naming import site_name
from cms.outreach import subscriptions
from cms.outreach.models import Subscriber
from cms.outreach.topics import ALERTS, TOPICS, items_of
from services_api.exchange.public import Item, SendingRefused, handles
from tenants import hosts
from tenants.context import current_community
from tenants.models import Community


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to be sent."""

    to: str
    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def _community() -> Community:
    community = current_community()
    if community is None:
        raise SendingRefused("No community is chosen.")
    return community


def _subscriber(item: Item) -> Subscriber | None:
    """Whom the letter goes to; None when they have unsubscribed or were forgotten since."""
    return Subscriber.objects.filter(uuid=UUID(item.payload["subscriber"])).first()


@handles("outreach.confirm", label=gettext_lazy("Confirmation of a subscription"))
def send_confirmation(item: Item) -> None:
    """Ask back whether the owner of the mailbox wants this; who is subscribed already gets the link to the settings."""
    subscriber = _subscriber(item)
    if subscriber is not None:
        _send(confirmation(subscriber), item)


@handles("outreach.letter", label=gettext_lazy("Letter to a subscriber"))
def send_letter(item: Item) -> None:
    """What is new, to one subscriber."""
    subscriber = _subscriber(item)
    if subscriber is None or subscriber.confirmed_at is None:
        return
    letter = of_items(subscriber, list(item.payload["items"]))
    if letter is not None:
        _send(letter, item)


def _send(letter: Written, item: Item) -> None:
    headers = {"Message-ID": item.identity, "Auto-Submitted": "auto-generated", **letter.headers}
    EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers).send()


def confirmation(subscriber: Subscriber) -> Written:
    """The letter of the double opt-in."""
    community = _community()
    host = hosts.address(community.primary_host())
    with translation.override(subscriber.language):
        is_known = subscriber.confirmed_at is not None
        path = (
            reverse("subscription", args=[subscriptions.manage_token(subscriber)])
            if is_known
            else reverse("subscription_confirm", args=[subscriptions.confirm_token(subscriber)])
        )
        context = {
            "site": site_name(community, subscriber.language),
            "topics": [TOPICS[code].label for code in subscriber.topics if code in TOPICS],
            "is_known": is_known,
            "link": host + path,
        }
        return Written(
            subscriber.email,
            _("%(site)s: your subscription") % context,
            render_to_string("outreach/letters/confirm.txt", context).strip() + "\n",
        )


def of_items(subscriber: Subscriber, keys: list[str]) -> Written | None:
    """An alert, or the letter of the day; None when nothing of it is published any more."""
    community = _community()
    host = hosts.address(community.primary_host())
    with translation.override(subscriber.language):
        items = items_of(subscriber.language, keys)
        if not items:
            return None
        token = subscriptions.manage_token(subscriber)
        unsubscribe = host + reverse("unsubscribe", args=[token])
        site = site_name(community, subscriber.language)
        is_alert = items[0].topic == ALERTS
        context: dict[str, Any] = {
            "site": site,
            "groups": [
                {"label": topic.label, "items": [item for item in items if item.topic == code]}
                for code, topic in TOPICS.items()
                if any(item.topic == code for item in items)
            ],
            "is_alert": is_alert,
            "host": host,
            "manage": host + reverse("subscription", args=[token]),
            "unsubscribe": unsubscribe,
        }
        subject = f"{site}: {items[0].title}" if is_alert or len(items) == 1 else _("%(site)s: what is new") % context
        return Written(
            subscriber.email,
            " ".join(subject.split())[:200],
            render_to_string("outreach/letters/items.txt", context).strip() + "\n",
            {
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "List-Id": f"<{community.slug}.{settings.BASE_DOMAIN}>",
            },
        )
