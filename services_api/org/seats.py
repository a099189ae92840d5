"""What somebody may do in the organisation on a day: the positions held, and those filled in somebody's place.

A seat is everything that follows from one position, as plain ids: whoever filters work by it needs no join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef

from services_api.org.models import Confidentiality, OrgUnit, Position, Queue, Substitution
from services_api.org.selectors import appointments_on

Everywhere = None  # a jurisdiction without limits


@dataclass(frozen=True, slots=True)
class Seat:
    """A position with what it reaches. `settlements` None: everywhere; `covers` None: all of its work."""

    position_id: int
    title_hy: str
    is_chief: bool
    settlements: frozenset[str] | None
    clearance: int
    queues: frozenset[int]
    led_positions: frozenset[int]
    led_queues: frozenset[int]
    absent: Any = None
    is_substituted: bool = False
    covers: frozenset[str] | None = None

    def covers_work(self, procedure: str, family: str) -> bool:
        """Whether the work of a procedure belongs to what this seat may do."""
        return self.covers is None or bool({f"procedure:{procedure}", f"family:{family}"} & self.covers)


def seats_of(user: Any, day: date) -> tuple[Seat, ...]:
    """Own seats first. Kept on the user object, as Django keeps permissions: fetch the user anew to see a change."""
    kept: tuple[date, tuple[Seat, ...]] | None = getattr(user, "_seats", None)
    if kept is None or kept[0] != day:
        kept = (day, _seats(user.pk, day))
        user._seats = kept
    return kept[1]


def _seats(user_id: int, day: date) -> tuple[Seat, ...]:
    held = [each.position for each in appointments_on(day).filter(user_id=user_id)]
    covered = list(
        Substitution.objects.on(day).filter(user_id=user_id).select_related("position__unit", "absent").order_by("id")
    )
    if not held and not covered:
        return ()
    positions = [*held, *(each.position for each in covered)]
    units = unit_tree()
    queues = _queues_of(each.pk for each in positions)

    def seat(position: Position, **more: Any) -> Seat:
        leads = position.leads
        return Seat(
            position_id=position.pk,
            title_hy=position.title_hy,
            is_chief=is_chief(position),
            settlements=units.jurisdiction(position.settlements, position.unit_id),
            clearance=position.clearance,
            queues=queues.get(position.pk, frozenset()),
            led_positions=units.inside(units.positions, position.unit_id) if leads else frozenset(),
            led_queues=units.inside(units.queues, position.unit_id) if leads else frozenset(),
            **more,
        )

    own = [seat(each) for each in held]
    return (
        *own,
        *(
            seat(
                each.position,
                absent=each.absent,
                is_substituted=True,
                covers=None if each.is_full else frozenset(each.covers),
            )
            for each in covered
        ),
    )


def is_chief(position: Position) -> bool:
    """Whether this position leads the unit of the head of the community (համայնքի ղեկավար)."""
    return position.leads and position.unit.kind == OrgUnit.Kind.HEAD


@dataclass(frozen=True, slots=True)
class UnitTree:
    """All units of the community with the keys of their positions and queues; there are dozens at most."""

    parents: Mapping[int, int | None]
    settlements: Mapping[int, list[str]]
    positions: Mapping[int, list[int]]
    queues: Mapping[int, list[int]]

    def above(self, unit_id: int) -> list[int]:
        """The unit and those above it, from below."""
        way: list[int] = []
        now: int | None = unit_id
        while now is not None and now not in way:
            way.append(now)
            now = self.parents.get(now)
        return way

    def below(self, unit_id: int) -> set[int]:
        """The unit and all below it."""
        return {each for each in self.parents if unit_id in self.above(each)}

    def inside(self, what: Mapping[int, list[int]], unit_id: int) -> frozenset[int]:
        """Keys of positions or queues (`tree.positions`, `tree.queues`) of the unit and of all below it."""
        return frozenset().union(*(what.get(each, ()) for each in self.below(unit_id)))

    def jurisdiction(self, own: list[str], unit_id: int) -> frozenset[str] | None:
        """The settlements named by itself, otherwise by the nearest unit; None: the whole community."""
        named = [own, *(self.settlements.get(each, []) for each in self.above(unit_id))]
        return next((frozenset(each) for each in named if each), Everywhere)


def unit_tree() -> UnitTree:
    """One query."""
    inside = [
        ArraySubquery(model._default_manager.filter(unit=OuterRef("pk")).order_by().values("pk"))
        for model in (Position, Queue)
    ]
    rows = list(OrgUnit.objects.order_by().values_list("id", "parent_id", "settlements", *inside))
    parents, settlements, positions, queues = ({each[0]: each[n] for each in rows} for n in range(1, 5))
    return UnitTree(parents, settlements, positions, queues)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a position or a queue reaches: for deciding whether work may be given to it."""

    settlements: frozenset[str] | None
    clearance: int

    def includes(self, settlement: str, confidentiality: int) -> bool:
        """Whether a case of a settlement ("" is everywhere) and a level would be seen there."""
        here = self.settlements is None or not settlement or settlement in self.settlements
        return here and confidentiality <= self.clearance


def reach_of_position(position: Position, units: UnitTree | None = None) -> Reach:
    """Of the position itself; a chief's is the whole community."""
    tree = units or unit_tree()
    where = Everywhere if is_chief(position) else tree.jurisdiction(position.settlements, position.unit_id)
    return Reach(where, position.clearance)


def reach_of_queue(queue: Queue, units: UnitTree | None = None) -> Reach:
    """Of the queue as it names it; its clearance is the highest of its members (`queue.clearance` when it is known)."""
    tree = units or unit_tree()
    level = queue.clearance if hasattr(queue, "clearance") else queue.members.aggregate(most=Max("clearance"))["most"]
    return Reach(tree.jurisdiction(queue.settlements, queue.unit_id), level or Confidentiality.PUBLIC)


def _queues_of(positions: Iterable[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    membership = Queue.members.through.objects.filter(position_id__in=list(positions))
    for position_id, queue_id in membership.values_list("position_id", "queue_id"):
        found.setdefault(position_id, set()).add(queue_id)
    return {key: frozenset(value) for key, value in found.items()}
