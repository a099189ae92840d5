"""What cases tell to whoever sends letters and messages. Cases do not know who listens (layers: exchange is above).

Listeners are called inside the transaction of the change: what they write is there if and only if the change is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something that somebody should hear of. `sequence` is the event's number in the case: with the case and the
    message it names the announcement once and for all. `code` is the tracking code, and `tell_by_sms` the
    wish of the applicant to get short messages beside the letters; both in the first announcement only."""

    message: str
    case: UUID
    sequence: int
    code: str = ""
    to: int | None = None
    mark: str = ""
    tell_by_sms: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event meant for the course of its case, for programs: no words, no persons.

    `kinds` is one or more of submitted, registered, moved, decided, closed, message.
    """

    kinds: tuple[str, ...]
    case: UUID
    sequence: int
    phase: str
    state: str
    at: datetime


Listener = Callable[[Announcement], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Decorator: call this function for every announcement."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def announce(announcement: Announcement) -> None:
    """Tell every listener, in the caller's transaction. An error of a listener undoes the change."""
    for listener in _listeners:
        listener(announcement)


Observer = Callable[[Happening], None]
_observers: list[Observer] = []


def observe(observer: Observer) -> Observer:
    """Decorator: call this function for everything that happens to the course of a case."""
    if observer not in _observers:
        _observers.append(observer)
    return observer


def happened(happening: Happening) -> None:
    """Tell every observer, in the caller's transaction. An error of an observer undoes the change."""
    for observer in _observers:
        observer(happening)


Forgetter = Callable[[UUID], None]
_forgetters: list[Forgetter] = []


def forgets(forgetter: Forgetter) -> Forgetter:
    """Decorator: call this function when a case is anonymised, to take out what it keeps about the people of it."""
    if forgetter not in _forgetters:
        _forgetters.append(forgetter)
    return forgetter


def forget(case: UUID) -> None:
    """Tell everybody that keeps something about a case, in the caller's transaction."""
    for forgetter in _forgetters:
        forgetter(case)
