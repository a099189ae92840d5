"""Who acts on a case, with the words that stay in its history when the account is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from services_api.cases import functions, visibility
from services_api.cases.functions import STAFF_FUNCTIONS
from services_api.cases.models import Case
from services_api.cases.rights import PERMISSION, SEE_ALL

__all__ = ["APPLICANT", "PERMISSION", "SEE_ALL", "STAFF_FUNCTIONS", "SYSTEM", "Actor", "staff"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or something) that acts: `functions` are those of the workflow.

    Of a member of staff they are the most that may be; what is so on a case, `on` says. `instead` are the functions
    had in somebody's place only, `instead_label` the words for it.
    """

    user_id: int | None
    label: str
    functions: frozenset[str] = field(default_factory=frozenset)
    instead: frozenset[str] = frozenset()
    instead_label: str = ""
    user: Any = field(default=None, compare=False, repr=False)

    def on(self, case: Case) -> Actor:
        """The same actor on one case: a member of staff has the functions bound there, none on a case not seen."""
        if self.user is None:
            return self
        found = functions.standing(self.user, case)
        label = f"{self.label}՝ {_place(found)} փոխարեն" if found.absent or found.position else self.label
        sees_as_substitute_only = bool(found.instead) and not found.own
        return replace(
            self,
            label=label if sees_as_substitute_only else self.label,
            functions=found.all,
            instead=found.instead,
            instead_label=label,
            user=None,
        )

    def taking(self, by: Iterable[str]) -> Actor:
        """The actor with the words for a step by these functions: «X՝ Y-ի փոխարեն» when only a substitute may."""
        own = self.functions - self.instead
        return self if own & set(by) or not self.instead & set(by) else replace(self, label=self.instead_label)


SYSTEM = Actor(None, "", frozenset({"system"}))
APPLICANT = Actor(None, "", frozenset({"applicant"}))


def staff(user: Any) -> Actor:
    """A member of staff with the position held today. History is written in Armenian, whatever the reader speaks."""
    own = next((each for each in visibility.seats_today(user) if not each.is_substituted), None)
    name = user.get_full_name() or user.get_username()
    may_work = STAFF_FUNCTIONS if user.has_perm(PERMISSION) else frozenset()
    return Actor(user.pk, f"{name}, {own.title_hy}" if own else name, may_work, user=user)


def _place(found: functions.Standing) -> str:
    """Whose place it is, in the genitive: the person, or the vacant position."""
    if found.absent is None:
        return f"«{found.position}» պաշտոնի"
    return genitive(found.absent.get_full_name() or found.absent.get_username())


def genitive(name: str) -> str:
    """An Armenian personal name in the genitive (սեռական հոլով): Օրինակյանի, Աննայի."""
    return f"{name}յի" if name.endswith(("ա", "ո")) else f"{name}ի"
