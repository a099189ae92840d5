"""Full addresses in what the API answers."""

from __future__ import annotations

from tenants import hosts
from tenants.context import current_community


def address(path: str) -> str:
    """A full address on the current tenant's host."""
    community = current_community()
    return hosts.address(community.primary_host()) + path if community else path
