"""Screens that higher slices add to the group of the organisation in the menu."""

from __future__ import annotations

from typing import Any

_offered: list[Any] = []


def offer_screen(viewset: Any) -> None:
    """Put a viewset at the end of the group; called when hooks are imported, before the menu is made."""
    if viewset not in _offered:
        _offered.append(viewset)


def offered() -> tuple[Any, ...]:
    return tuple(_offered)
