"""The letter that reminds those who answer for the site: once a week at most, and only when something is missing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from cms.disclosure import standings
from cms.disclosure.models import Score, Verdict
from cms.naming import site_name
from cms.seeds.roles import ADMINISTRATORS, CHIEF_EDITORS
from services_api.exchange.public import Item, SendingRefused, enqueue, handles
from tenants import hosts
from tenants.context import current_community
from tenants.models import Community

KIND = "duty-reminder"
EVERY_DAYS = 7
MAX_NAMED = 12


@transaction.atomic
def remind(community: Community, today: date | None = None) -> bool:
    """Write the reminder into the outbox when a duty is not kept and none went out for a week. Runs in the tenant."""
    day = today or timezone.localdate()
    scores = Score.objects.filter(community=community)
    if scores.filter(reminded=True, day__gt=day - timedelta(days=EVERY_DAYS)).exists():
        return False
    if not any(row.verdict == Verdict.FAIL for row in standings.of(community, day)) or not recipients():
        return False
    if not scores.filter(day=day).update(reminded=True):
        return False
    enqueue(KIND, {"day": day.isoformat()}, f"{KIND}:{day.isoformat()}")
    return True


def recipients() -> list[Any]:
    """Chief editors and administrators of the current tenant who have an address."""
    users = get_user_model().objects.filter(is_active=True).exclude(email="")
    return list(
        users.filter(Q(groups__name__in=[CHIEF_EDITORS, ADMINISTRATORS]))
        .select_related("wagtail_userprofile")
        .distinct()
        .order_by("pk")
    )


@handles(KIND, label=gettext_lazy("Reminder of publication duties"))
def send(item: Item) -> None:
    """A letter to each of them, in the language that they use in the workplace. Nothing when all is kept by now."""
    community = current_community()
    if community is None:
        raise SendingRefused("No community is chosen.")
    failing = [row for row in standings.of(community) if row.verdict == Verdict.FAIL]
    if not failing:
        return
    for user in recipients():
        with translation.override(_language(user)):
            context = {
                "name": site_name(community, translation.get_language() or settings.LANGUAGE_CODE),
                "score": standings.score(community),
                "rows": failing[:MAX_NAMED],
                "more": max(0, len(failing) - MAX_NAMED),
                "link": hosts.address(community.primary_host()) + reverse("disclosure_dashboard"),
            }
            subject = render_to_string("disclosure/letters/reminder.subject.txt", context)
            body = render_to_string("disclosure/letters/reminder.txt", context)
        EmailMessage(
            " ".join(subject.split()),
            body.strip() + "\n",
            to=[user.email],
            headers={
                # The same at every attempt, another one for each reader.
                "Message-ID": item.identity.replace("<", f"<{user.pk}.", 1),
                "Auto-Submitted": "auto-generated",
            },
        ).send()


def _language(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    chosen = (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
