"""Lists of cases narrowed by their columns, for programs; what may be seen was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from services_api.cases import assignment, visibility
from services_api.cases.models import Case
from services_api.cases.models.case import overdue_at


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Each part may be left out; moments are aware, `until` ones are left out themselves.

    `assignee`: me (also by a position of mine), nobody, or a token of `assignment` (p12, q3, u5).
    """

    phase: str = ""
    settlement: str | None = None
    channel: str = ""
    outcome: str = ""
    assignee: str = ""
    overdue: bool | None = None
    submitted_from: datetime | None = None
    submitted_until: datetime | None = None
    due_from: datetime | None = None
    due_until: datetime | None = None


def narrowed(found: QuerySet[Case], by: Narrowing, user: Any, at: datetime | None = None) -> QuerySet[Case]:
    """The cases among `found` that have these columns."""
    equal = {
        "phase": by.phase or None, "settlement": by.settlement, "channel": by.channel or None,
        "outcome": by.outcome or None, "submitted_at__gte": by.submitted_from, "submitted_at__lt": by.submitted_until,
        "due_at__gte": by.due_from, "due_at__lt": by.due_until,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in equal.items() if value is not None})
    if by.overdue is not None:
        # Without a term a case is not overdue; said here, so that the opposite holds for it, too.
        overdue = overdue_at(at or timezone.now()) & Q(due_at__isnull=False)
        found = found.filter(overdue if by.overdue else ~overdue)
    return found.filter(_assigned(by.assignee, user)) if by.assignee else found


def _assigned(assignee: str, user: Any) -> Q:
    if assignee == "nobody":
        return visibility.NOBODYS
    if assignee == "me":
        positions = {each.position_id for each in visibility.seats_today(user)}
        return Q(assignee_id=user.pk) | Q(assigned_position_id__in=positions)
    matched = assignment.TOKEN.fullmatch(assignee)
    if matched is None:
        return Q(pk__in=[])
    column = {"p": "assigned_position_id", "q": "assigned_queue_id"}.get(matched[1], "assignee_id")
    return Q(**{column: int(matched[2])})
