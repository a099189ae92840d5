"""Lists of the inbox that somebody has kept, or that a colleague of the unit has shared."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from services_api.cases import visibility
from services_api.cases.models import SavedList
from services_api.org.public import OrgUnit, Position


def lists_of(user: Any) -> list[SavedList]:
    """Kept lists, those of this person and those shared in the units of their positions today; then, when there is
    one, the row without a name that holds the chosen columns. One query for whoever holds a position."""
    held = _held(user)
    seen = Q(user_id=user.pk)
    if held:
        seen |= Q(unit__in=Position.objects.filter(pk__in=held).values("unit"))
    return list(SavedList.objects.filter(seen).select_related("unit", "user").order_by("name", "id"))


def units_of(user: Any) -> list[OrgUnit]:
    """Units of the positions that somebody holds today: a list can be shared with them."""
    held = _held(user)
    return list(OrgUnit.objects.filter(positions__in=held).distinct()) if held else []


def _held(user: Any) -> list[int]:
    """Keys of the positions that somebody holds today, those of absent colleagues left out."""
    return [each.position_id for each in visibility.seats_today(user) if not each.is_substituted]
