"""Which communities a command works in."""

from __future__ import annotations

from django.core.management.base import CommandError

from tenants.context import register
from tenants.models import Community


def wanted(slug: str | None) -> list[Community]:
    """The active community of this short name; all active ones without a name. Raises CommandError for none."""
    with register():
        found = [each for each in Community.objects.live() if slug in (None, each.slug)]
    if not found:
        raise CommandError(f"There is no active community called {slug}.")
    return found
