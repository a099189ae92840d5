"""Who fills the functions of a workflow in this community. Known to the layer above, which tells it here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Holding:
    """One function: where it holds (procedure, settlement; "" everywhere) and who has it."""

    function: str
    whom: str
    where: str = ""


@dataclass(frozen=True)
class Holdings:
    """Everything that is bound for a procedure, and the address of the screen where it is changed."""

    bound: Sequence[Holding] = ()
    url: str = ""


Holders = Callable[[str], Holdings]
_holders: list[Holders] = []


def holders_by(function: Holders) -> Holders:
    """Decorator: this function says who fills the functions for a procedure (its code)."""
    _holders[:] = [function]
    return function


def holdings(procedure: str) -> Holdings:
    """What is bound for a procedure; nothing where nobody tells it."""
    return _holders[0](procedure) if _holders else Holdings()
