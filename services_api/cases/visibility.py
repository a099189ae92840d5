"""THE rule of who sees a case (ADR 0024); lists, counts, exports, files, API and the engine all ask here.

A seat reaches a case that is its own, in its queues, of what it leads or of nobody, AND in its jurisdiction, AND within
its clearance. An open task opens its case to whoever it is given to, wherever the case comes from. The rule is one
condition on columns of `Case`; everything it compares with is known before the query.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from services_api.cases.models import Case, CaseQuerySet, Task, TaskState
from services_api.cases.rights import ORDINARY_CLEARANCE, PERMISSION, SEE_ALL
from services_api.org.public import Seat, seats_of
from services_api.procedures.public import version_ids
from services_api.workdays.public import local

MOST_TASKS = 1_000
NOBODYS = Q(assigned_position__isnull=True, assigned_queue__isnull=True, assignee__isnull=True)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a case: in one's own right, or in somebody's place (`seat`)."""

    condition: Q
    seat: Seat | None = None

    @property
    def is_substituted(self) -> bool:
        return self.seat is not None and self.seat.is_substituted


def seats_today(user: Any) -> tuple[Seat, ...]:
    """Seats of somebody today (Asia/Yerevan)."""
    return seats_of(user, local(timezone.now()).date())


def condition(user: Any) -> Q | None:
    """Which cases somebody sees; None: not one."""
    ways = ways_of(user)
    return reduce(operator.or_, (way.condition for way in ways)) if ways else None


def ways_of(user: Any) -> list[Way]:
    """Every way in which somebody reaches cases; none without the permission to work on them."""
    if not user.is_active or not user.has_perm(PERMISSION):
        return []
    seats = seats_today(user)
    asked = _tasks(user, seats)
    own = [each for each in seats if not each.is_substituted]
    clearance = max((each.clearance for each in own), default=int(ORDINARY_CLEARANCE))
    ways = []
    if user.has_perm(SEE_ALL):
        ways.append(Way(Q(confidentiality__lte=clearance)))
    else:
        # What was given to the account itself; and, without a position, what nobody has.
        mine = Q(assignee_id=user.pk) if own else Q(assignee_id=user.pk) | NOBODYS
        reach = mine & _where(_joined(own))
        if asked.user:
            reach |= Q(pk__in=asked.user)
        ways.append(Way(reach & Q(confidentiality__lte=clearance)))
    # A seat whose every case is seen already would only make the question longer.
    seen = clearance if user.has_perm(SEE_ALL) else -1
    ways += [Way(_seat(each, asked), each) for each in seats if each.is_substituted or each.clearance > seen]
    return ways


def reached(user: Any, case: Case) -> list[Way]:
    """The ways in which somebody reaches one case, asked of the database: there is one rule. Empty: not at all."""
    known: tuple[Any, list[Way]] | None = getattr(case, "_reached", None)
    if known is not None and known[0] == user.pk:
        return known[1]
    ways = ways_of(user)
    if not ways:
        return []
    asked = _questions(ways)
    found = Case.objects.filter(pk=case.pk, number__isnull=False).annotate(**asked).values(*asked).first()
    return [way for name, way in zip(asked, ways, strict=True) if found and found[name]]


def fetch(user: Any, cases: CaseQuerySet, uuid: UUID) -> Case:
    """One case out of a query, if somebody sees it; how it is reached comes with it. Raises Case.DoesNotExist."""
    ways = ways_of(user)
    if not ways:
        raise Case.DoesNotExist
    asked = _questions(ways)
    seen = reduce(operator.or_, (way.condition for way in ways))
    case = cases.filter(seen, number__isnull=False).annotate(**asked).get(uuid=uuid)
    case._reached = (user.pk, [way for name, way in zip(asked, ways, strict=True) if getattr(case, name)])  # type: ignore[attr-defined]
    return case


def _questions(ways: list[Way]) -> dict[str, Any]:
    return {
        f"way_{number}": ExpressionWrapper(way.condition, output_field=BooleanField())
        for number, way in enumerate(ways)
    }


@dataclass(frozen=True, slots=True)
class _Asked:
    """Ids of the cases with an open task, by whom it is given to. A person has dozens; ids are quicker than a join."""

    user: list[int]
    positions: dict[int, list[int]]
    queues: dict[int, list[int]]

    def of(self, seat: Seat) -> list[int]:
        found = set(self.positions.get(seat.position_id, ()))
        return sorted(found.union(*(self.queues.get(each, ()) for each in seat.queues)))


def given_to(user: Any, seats: tuple[Seat, ...] | None = None) -> Q:
    """Tasks that somebody has today: of the account, of a position or a queue of theirs. A condition on `Task`."""
    seats = seats_today(user) if seats is None else seats
    positions = {each.position_id for each in seats}
    queues: set[int] = set().union(*(each.queues for each in seats))
    return Q(user_id=user.pk) | Q(position_id__in=positions) | Q(queue_id__in=queues)


def _tasks(user: Any, seats: tuple[Seat, ...]) -> _Asked:
    given = given_to(user, seats)
    asked = _Asked([], {}, {})
    rows = Task.objects.filter(given, state=TaskState.OPEN).order_by("-id")
    for case_id, position_id, queue_id in rows.values_list("case_id", "position_id", "queue_id")[:MOST_TASKS]:
        if position_id:
            asked.positions.setdefault(position_id, []).append(case_id)
        elif queue_id:
            asked.queues.setdefault(queue_id, []).append(case_id)
        else:
            asked.user.append(case_id)
    return asked


def _seat(seat: Seat, asked: _Asked) -> Q:
    work = Q(confidentiality__lte=seat.clearance)
    if seat.covers is not None:
        work &= Q(version_id__in=version_ids(seat.covers))
    if _sees_all(seat):
        return work
    positions, queues = {seat.position_id, *seat.led_positions}, seat.queues | seat.led_queues
    reach = NOBODYS | Q(assigned_position_id__in=sorted(positions))
    if queues:
        reach |= Q(assigned_queue_id__in=sorted(queues))
    reach &= _where(seat.settlements)
    if tasks := asked.of(seat):
        reach |= Q(pk__in=tasks)
    return reach & work


def _sees_all(seat: Seat) -> bool:
    """The head; and whoever stands in for somebody who sees all."""
    return seat.is_chief or (seat.absent is not None and seat.absent.is_active and seat.absent.has_perm(SEE_ALL))


def _where(settlements: frozenset[str] | None) -> Q:
    return Q() if settlements is None else Q(settlement__in=["", *sorted(settlements)])


def _joined(seats: list[Seat]) -> frozenset[str] | None:
    if any(each.settlements is None for each in seats):
        return None
    return frozenset().union(*(each.settlements or () for each in seats)) if seats else None
