"""People in office by program: demo content, imports, tests. Runs inside a tenant; everything may be repeated."""

from __future__ import annotations

from datetime import date
from typing import Any

from cms.authoring.records import Words, add, spread
from cms.records.models import Body, Mandate, Person, SettlementCard


def body(code: str) -> Body:
    """A body that every community has: head, council or staff. Raises Body.DoesNotExist."""
    found: Body = Body.objects.get(code=code)
    return found


def set_seats(seats: int) -> Body:
    """How many members the council has."""
    council = body("council")
    council.seats = seats
    council.save()
    return council


def add_body(kind: str, title: Words, *, parent: Body | None = None, **fields: Any) -> Body:
    """A faction, commission, unit or office of a settlement. Idempotent by its Armenian title."""
    return add(Body, title, kind=kind, parent=parent, **fields)


def add_person(name: Words, **fields: Any) -> Person:
    """A person with what the law makes public. Idempotent by the Armenian name."""
    return add(Person, name, **fields)


def appoint(
    person: Person,
    to: Body,
    post: str,
    since: date,
    *,
    until: date | None = None,
    settlement: SettlementCard | None = None,
    title: Words | None = None,
    basis: str = "",
    position: int = 0,
) -> Mandate:
    """A term of office. Idempotent by person, body, post and first day."""
    found = Mandate.objects.filter(person=person, body=to, post=post, starts_on=since).first()
    if found is not None:
        return found
    mandate = Mandate(
        person=person, body=to, post=post, starts_on=since, ends_on=until, settlement=settlement, basis=basis,
        position=position, **spread({"title": title or {}}),
    )  # fmt: skip
    mandate.full_clean()
    mandate.save()
    return mandate


def add_member(
    name: Words,
    since: date,
    *,
    faction: Body | None = None,
    commission: Body | None = None,
    leads: bool = False,
    until: date | None = None,
    **fields: Any,
) -> Person:
    """A member of the council, with faction and commission. `leads`: is the leader of the faction."""
    person = add_person(name, **fields)
    appoint(person, body("council"), "member", since, until=until)
    if faction is not None:
        appoint(person, faction, "chair" if leads else "member", since, until=until)
    if commission is not None:
        appoint(person, commission, "member", since, until=until)
    return person


__all__ = ["add_body", "add_member", "add_person", "appoint", "body", "set_seats"]
