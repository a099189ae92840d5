"""How far the visitor's walk through a community's site has come, for the dashboard. Forgotten after two minutes."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches

SECONDS = 120


@dataclass(frozen=True, slots=True)
class Progress:
    """Pages seen, and how many are looked for; 0 of 0 while the walk waits for a worker."""

    seen: int
    wanted: int


def tell(schema: str, seen: int, wanted: int) -> None:
    """The walk waits (0, 0) or has come so far."""
    caches["shared"].set(_key(schema), (seen, wanted), SECONDS)


def over(schema: str) -> None:
    """The walk has ended."""
    caches["shared"].delete(_key(schema))


def current(schema: str) -> Progress | None:
    """None when no walk is under way."""
    known = caches["shared"].get(_key(schema))
    return Progress(*known) if known else None


def _key(schema: str) -> str:
    return f"duties:walk:{schema}"
