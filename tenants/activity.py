"""When somebody last did something in a community: for the ministry's list, without a write on every request."""

from __future__ import annotations

import time

from django.utils import timezone

from tenants.context import register
from tenants.models import Community

# How exact "last activity" is, per process.
SECONDS_BETWEEN_NOTES = 600.0
_noted: dict[str, float] = {}


def note(community: Community) -> None:
    """Somebody has just written something (a sign-in, a page, an application). Remembered every ten minutes."""
    now = time.monotonic()
    if now - _noted.get(community.schema_name, -SECONDS_BETWEEN_NOTES) < SECONDS_BETWEEN_NOTES:
        return
    _noted[community.schema_name] = now
    with register():
        Community.objects.filter(pk=community.pk).update(last_activity_at=timezone.now())
