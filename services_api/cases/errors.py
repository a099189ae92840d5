"""What the services of cases refuse, with enough said to show it to the person and to a program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong; `field` is a field's name, `message` is in the reader's language."""

    field: str
    message: str


class AnswersInvalid(Exception):
    """Answers that the form of the procedure does not accept."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = list(errors)
        super().__init__("; ".join(f"{each.field}: {each.message}" for each in self.errors))


class UploadRefused(Exception):
    """A file that is not accepted; the message names the file and the reason."""

    def __init__(self, code: str, name: str, message: str) -> None:
        super().__init__(message)
        self.code, self.name = code, name


class KeyReused(Exception):
    """A key of a submission came back with other content."""

    def __str__(self) -> str:
        return _("This key was already used to submit something else. Use a new key for a new application.")


class NotOpen(Exception):
    """The procedure cannot be applied for (no version is in force)."""


class Conflict(Exception):
    """Somebody changed the case after the actor had read it."""

    def __init__(self, current_version: int, changes: list[dict[str, Any]]) -> None:
        self.current_version, self.changes = current_version, changes
        super().__init__(current_version)

    def __str__(self) -> str:
        return _("Somebody changed this case after you opened it. Look at the changes and decide again.")


class TransitionRefused(Exception):
    """The step is not allowed in this state, to this actor, or lacks something it requires."""

    def __init__(self, message: str, errors: Iterable[FieldError] = ()) -> None:
        super().__init__(message)
        self.errors = list(errors)
