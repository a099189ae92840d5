"""One letter a day to those who want it so: what is new since the one before and still unread."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services_api.exchange.letters import NAMES
from services_api.exchange.notices.models import Notice, Wish
from services_api.exchange.notices.services import KEPT, next_morning
from services_api.exchange.registry import Item, NotNeeded, handles
from services_api.exchange.services import enqueue
from tenants import hosts
from tenants.context import current_community

KIND = "notices.daily"
MOST_NAMED = 50


def write_daily(at: datetime | None = None) -> int:
    """Rows of the outbox for everybody of the current tenant whose letter is due; returns how many. Old notices go."""
    now, written = at or timezone.now(), 0
    with transaction.atomic():
        for wish in Wish.objects.select_for_update(skip_locked=True).filter(next_at__lte=now).order_by("pk"):
            due = wish.next_at
            assert due is not None
            enqueue(KIND, {"user": wish.user_id, "until": now.isoformat()}, f"{KIND}:{wish.user_id}:{due:%Y%m%d%H%M}")
            wish.next_at = next_morning(now)
            wish.save(update_fields=["next_at"])
            written += 1
        Notice.objects.filter(at__lt=now - KEPT).delete()
    return written


@handles(KIND, label=gettext_lazy("Letter of the day to an officer"))
def send(item: Item) -> None:
    """In Armenian, the language of the office; nothing when all is read."""
    until = datetime.fromisoformat(item.payload["until"])
    wish = Wish.objects.select_related("user").filter(user=item.payload["user"], mail=Wish.Mail.DAILY).first()
    community = current_community()
    if wish is None or not wish.user.is_active or not wish.user.email or community is None:
        raise NotNeeded("Nobody wants a letter of the day any more.")
    found = list(
        Notice.objects.filter(user=wish.user, read_at__isnull=True, at__lte=until)
        .select_related("case")
        .only("kind", "at", "case__number", "case__subject")[: MOST_NAMED + 1]
    )
    if not found:
        raise NotNeeded("Everything is read.")
    host = hosts.address(community.primary_host())
    with translation.override(settings.LANGUAGE_CODE):
        lines = [{"what": NAMES.get(each.kind, each.kind), "case": each.case, "at": each.at} for each in found]
        context = {
            "lines": lines[:MOST_NAMED],
            "more": len(found) > MOST_NAMED,
            "link": host + reverse("notices_workspace:index"),
        }
        subject = _("Notices of the day: %(count)s") % {"count": len(lines)}
        body = render_to_string("notices/daily.txt", context)
    EmailMessage(
        subject,
        body.strip() + "\n",
        to=[wish.user.email],
        headers={"Message-ID": item.identity, "Auto-Submitted": "auto-generated"},
    ).send()
