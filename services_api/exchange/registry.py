"""Who sends which kind of outbox row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


class SendingRefused(Exception):
    """Sending can never succeed (no such recipient, the case is gone): no further attempt is made."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a handler gets: the row's references and a name that is the same at every attempt."""

    payload: Mapping[str, Any]
    identity: str
    attempt: int


Handler = Callable[[Item], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A handler with the members of the payload that are forgotten once it was sent."""

    send: Handler
    forget: tuple[str, ...]


_kinds: dict[str, Kind] = {}


def handles(kind: str, *, forget: tuple[str, ...] = ()) -> Callable[[Handler], Handler]:
    """Decorator: this function sends rows of this kind, in the tenant of the row and with its rights only.

    It must bear being called twice for one row: a process may die between sending and the note that it was sent.
    """

    def decorate(function: Handler) -> Handler:
        _kinds[kind] = Kind(function, forget)
        return function

    return decorate


def kind(name: str) -> Kind:
    """Raises SendingRefused for a kind nobody handles."""
    if name not in _kinds:
        raise SendingRefused(f"Nobody handles the kind {name!r}.")
    return _kinds[name]
