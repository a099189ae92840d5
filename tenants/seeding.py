"""Seeds of the template: what every new community has from its first second. Other rooms register them here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Report = Callable[[str], None]
SeedFunction = Callable[[Report], None]


@dataclass(frozen=True, slots=True)
class Seed:
    """A function that fills the template schema, with the folder whose content is a part of the fingerprint."""

    name: str
    order: int
    run: SeedFunction
    folder: Path


_seeds: dict[str, Seed] = {}


def register_seed(*, order: int, name: str | None = None) -> Callable[[SeedFunction], SeedFunction]:
    """Decorator: run this function, in the given order, when the template is built. It must be idempotent."""

    def decorate(function: SeedFunction) -> SeedFunction:
        key = name or function.__module__
        _seeds[key] = Seed(key, order, function, Path(function.__code__.co_filename).parent)
        return function

    return decorate


def seeds() -> list[Seed]:
    """All registered seeds in the order they run."""
    return sorted(_seeds.values(), key=lambda seed: (seed.order, seed.name))
