"""The letter that says that a program does not answer any more."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services_api.exchange.registry import Item, NotNeeded, handles
from services_api.exchange.services import enqueue
from services_api.exchange.webhooks.models import Subscription
from services_api.exchange.workspace.rights import ADMINISTERS
from tenants import hosts
from tenants.context import current_community

KIND = "webhook.paused"


def administrators() -> list[Any]:
    """Accounts of those who administer the community and have an address."""
    backend = "django.contrib.auth.backends.ModelBackend"
    found = get_user_model().objects.with_perm(ADMINISTERS, backend=backend)
    return list(found.exclude(email="").order_by("pk"))


def tell_of_pause(subscription: Subscription) -> None:
    """A letter to each administrator, once for each pause."""
    assert subscription.paused_at is not None
    mark = int(subscription.paused_at.timestamp())
    for user in administrators():
        payload = {"subscription": subscription.pk, "user": user.pk}
        enqueue(KIND, payload, f"{KIND}:{subscription.pk}:{mark}:{user.pk}")


@handles(KIND, label=gettext_lazy("Letter about a program that does not answer"))
def send(item: Item) -> None:
    """In Armenian, the language of the office."""
    subscription = Subscription.objects.filter(pk=item.payload["subscription"]).first()
    user = get_user_model().objects.filter(pk=item.payload["user"], is_active=True).exclude(email="").first()
    community = current_community()
    if subscription is None or subscription.is_active or user is None or community is None:
        raise NotNeeded("The program works again, or there is nobody to tell.")
    with translation.override(settings.LANGUAGE_CODE):
        link = hosts.address(community.primary_host()) + reverse("webhooks_workspace:detail", args=[subscription.uuid])
        subject = _("The program «%(name)s» does not answer") % {"name": subscription.name}
        body = _(
            "Hello.\n\nNotices about cases to the program «%(name)s» were refused or not answered many times in a "
            "row. They are paused. See the answers, and let it go on when the program works again:\n%(link)s"
        ) % {"name": subscription.name, "link": link}
    EmailMessage(
        subject,
        f"{body}\n",
        to=[user.email],
        headers={"Message-ID": item.identity, "Auto-Submitted": "auto-generated"},
    ).send()
