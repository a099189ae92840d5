"""Which functions of a workflow somebody has on a case: by the bindings, otherwise by what every community has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from services_api.cases.models import Case, FunctionBinding
from services_api.cases.rights import PERMISSION
from services_api.cases.visibility import reached, seats_today
from services_api.org.public import Seat, chief_position_is_filled
from services_api.workdays.public import local

STAFF_FUNCTIONS = frozenset(FunctionBinding.Function.values)
HEAD = FunctionBinding.Function.HEAD


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may do on a case: in their own right, and beyond it in somebody's place."""

    own: frozenset[str]
    instead: frozenset[str]
    absent: Any = None
    position: str = ""

    @property
    def all(self) -> frozenset[str]:
        return self.own | self.instead


NOTHING = Standing(frozenset(), frozenset())


def standing(user: Any, case: Case) -> Standing:
    """Functions on a case; none for whoever does not see it."""
    ways = reached(user, case)
    if not ways or not user.has_perm(PERMISSION):
        return NOTHING
    bound = bindings_for(case.version.procedure.code, case.settlement)
    procedure = case.version.procedure
    seats = [each for each in seats_today(user) if each.covers_work(procedure.code, procedure.family)]
    by_itself = any(not way.is_substituted for way in ways)
    own = {each for each in STAFF_FUNCTIONS if by_itself and _has(each, bound, _own(seats))}
    instead = {each for each in STAFF_FUNCTIONS - own if _has(each, bound, seats)}
    substituted = [way.seat for way in ways if way.seat is not None and way.is_substituted]
    # Seen in one's own right, but a function comes from a seat that does not reach the case: that seat is named.
    substituted += [each for each in seats if each.is_substituted]
    first = substituted[0] if substituted else None
    return Standing(
        frozenset(own),
        frozenset(instead),
        first.absent if first else None,
        first.title_hy if first else "",
    )


def bindings_for(procedure: str, settlement: str) -> dict[str, list[FunctionBinding]]:
    """The most particular bindings of each bound function; one query."""
    fitting = Q(procedure__isnull=True) | Q(procedure__code=procedure)
    best: dict[str, tuple[int, list[FunctionBinding]]] = {}
    for each in FunctionBinding.objects.filter(fitting, settlement__in={"", settlement}).order_by("id"):
        rank = 2 * (each.procedure_id is not None) + bool(each.settlement)
        known = best.get(each.function)
        if known is None or rank > known[0]:
            best[each.function] = (rank, [each])
        elif rank == known[0]:
            known[1].append(each)
    return {function: bindings for function, (_rank, bindings) in best.items()}


def _own(seats: Iterable[Seat]) -> list[Seat]:
    return [each for each in seats if not each.is_substituted]


def _has(function: str, bound: dict[str, list[FunctionBinding]], seats: Iterable[Seat]) -> bool:
    bindings = bound.get(function)
    if bindings:
        return any(
            each.position_id == seat.position_id or (each.queue_id is not None and each.queue_id in seat.queues)
            for each in bindings
            for seat in seats
        )
    if function == HEAD and chief_position_is_filled(local(timezone.now()).date()):
        return any(seat.is_chief for seat in seats)
    return True
