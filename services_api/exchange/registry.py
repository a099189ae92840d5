"""Who sends which kind of outbox row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SendingRefused(Exception):
    """Sending can never succeed (no such recipient, the case is gone): no further attempt is made."""


class NotNeeded(Exception):
    """There is nothing to send any more: the invitation was accepted, nobody left an address. No failure."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a handler gets: the row's references and a name that is the same at every attempt."""

    payload: Mapping[str, Any]
    identity: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that failed, as an answer instead of an exception: what the handler has written meanwhile stays.

    `reason` is one of `Outbox.Reason`, `text` what the other side said.
    """

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not now (the other side has a rest, people sleep): looked at again at that moment, and not counted."""

    until: datetime


Handler = Callable[[Item], Failure | Postponed | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A handler with the members of the payload that are forgotten once it was sent."""

    send: Handler
    forget: tuple[str, ...]
    label: StrOrPromise


_kinds: dict[str, Kind] = {}


def handles(kind: str, *, forget: tuple[str, ...] = (), label: StrOrPromise = "") -> Callable[[Handler], Handler]:
    """Decorator: this function sends rows of this kind, in the tenant of the row and with its rights only.

    `label` names the kind on the screen of outgoing items; without one it is called by its code.
    It must bear being called twice for one row: a process may die between sending and the note that it was sent.
    """

    def decorate(function: Handler) -> Handler:
        _kinds[kind] = Kind(function, forget, label or kind)
        return function

    return decorate


def kind(name: str) -> Kind:
    """Raises SendingRefused for a kind nobody handles."""
    if name not in _kinds:
        raise SendingRefused(f"Nobody handles the kind {name!r}.")
    return _kinds[name]


def labels() -> dict[str, StrOrPromise]:
    """What each kind is called, by its code."""
    return {name: each.label for name, each in _kinds.items()}
