"""Who acts on a case, with the words that stay in its history when the account is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from services_api.org.public import officer
from services_api.workdays.public import local

PERMISSION = "cases.work_on_cases"
# Until functions are bound to positions per procedure, whoever may work on cases may take every step of the staff.
STAFF_FUNCTIONS = frozenset({"receiver", "executor", "signatory", "head"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or something) that acts: `functions` are those of the workflow."""

    user_id: int | None
    label: str
    functions: frozenset[str] = field(default_factory=frozenset)


SYSTEM = Actor(None, "", frozenset({"system"}))
APPLICANT = Actor(None, "", frozenset({"applicant"}))


def staff(user: Any) -> Actor:
    """A member of staff with the position held today. History is written in Armenian, whatever the reader speaks."""
    with override("hy"):
        found = officer(user.pk, local(timezone.now()).date(), "hy")
    name = user.get_full_name() or user.get_username()
    functions = STAFF_FUNCTIONS if user.has_perm(PERMISSION) else frozenset()
    return Actor(user.pk, f"{name}, {found.title}" if found else name, functions)
