"""From a host to a community, without asking the database on each request."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings

from tenants import generations
from tenants.context import register
from tenants.models import Community, Domain

REGISTER_GENERATION = "register"
# How long an unknown host is remembered as unknown; bounds what a flood of invented hosts costs.
UNKNOWN_SECONDS = 5.0
MAX_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Host:
    """What a host leads to: a community, or another host (301)."""

    community: Community
    redirect_to: str = ""


_known: dict[str, tuple[str, float, Host | None]] = {}


def find(hostname: str) -> Host | None:
    """The community of a host, None for an unknown or unproved one. The answer is kept until the register changes."""
    hostname = hostname.lower().rstrip(".")
    stamp = generations.current(REGISTER_GENERATION)
    remembered = _known.get(hostname)
    if remembered and remembered[0] == stamp and (remembered[2] is not None or time.monotonic() < remembered[1]):
        return remembered[2]
    host = _ask(hostname)
    if len(_known) >= MAX_REMEMBERED:
        _known.clear()
    _known[hostname] = (stamp, time.monotonic() + UNKNOWN_SECONDS, host)
    return host


def _ask(hostname: str) -> Host | None:
    with register():
        domain = Domain.objects.select_related("tenant", "tenant__marz").filter(domain=hostname).first()
        if domain is None or not domain.is_served:
            return None
        community = domain.tenant
        if community.status in (Community.Status.DRAFT, Community.Status.PROVISIONING):
            return None
        if domain.is_primary:
            return Host(community)
        primary = community.domains.filter(is_primary=True).first()
        return Host(community, redirect_to=primary.domain if primary else "")


def forget() -> None:
    """The register changed: all processes ask again."""
    _known.clear()
    generations.bump(REGISTER_GENERATION)


def address(hostname: str) -> str:
    """The full address of a host as visitors type it, without a path: `http://meghri.localhost:8000`."""
    port = settings.PORT
    shown = "" if (settings.SCHEME, port) in {("http", 80), ("https", 443)} else f":{port}"
    return f"{settings.SCHEME}://{hostname}{shown}"
