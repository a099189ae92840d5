"""A figure, what it must reach, and the table and file they end in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure must reach. `ratio_at_most` compares with the baseline: 1/30 means thirty times less."""

    at_most: float | None = None
    at_least: float | None = None
    ratio_at_most: float | None = None

    def reached(self, value: float, ratio: float | None) -> bool:
        """Whether all of it is reached; a comparison without a baseline is not."""
        return (
            (self.at_most is None or value <= self.at_most)
            and (self.at_least is None or value >= self.at_least)
            and (self.ratio_at_most is None or (ratio is not None and ratio <= self.ratio_at_most))
        )

    def __str__(self) -> str:
        parts = []
        if self.at_most is not None:
            parts.append(f"≤ {self.at_most:g}")
        if self.at_least is not None:
            parts.append(f"≥ {self.at_least:g}")
        if self.ratio_at_most is not None:
            parts.append(_against(self.ratio_at_most, "≥", "≤"))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `ratio` is value / baseline; `value` is None when it could not be measured (`note` says why)."""

    name: str
    value: float | None
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    goal: str = ""
    reached: bool | None = None
    note: str = ""


def figure(
    name: str, value: float, unit: str, *, baseline: float | None = None, goal: Goal | None = None, note: str = ""
) -> Figure:
    """A measured figure."""
    ratio = value / baseline if baseline else None
    reached = goal.reached(value, ratio) if goal else None
    return Figure(name, value, unit, baseline, ratio, str(goal) if goal else "", reached, note)


def failed(name: str, reason: str) -> Figure:
    """A figure that could not be measured; it counts as not reached."""
    return Figure(name, None, "", reached=False, note=reason)


@dataclass
class Table:
    """Prints each figure as it comes and keeps the file up to date, so that an interrupted run leaves what it has."""

    path: Path
    figures: list[Figure] = field(default_factory=list)

    def header(self) -> None:
        """The line above the figures."""
        print(_line("figure", "value", "unit", "baseline", "against it", "goal", "reached"), flush=True)

    def add(self, one: Figure) -> None:
        """Print it and write the file."""
        self.figures.append(one)
        word = {True: "yes", False: "NO", None: "–"}[one.reached]
        value = "–" if one.value is None else _number(one.value)
        baseline = "–" if one.baseline is None else _number(one.baseline)
        against = "" if one.ratio is None else _against(one.ratio)
        print(_line(one.name, value, one.unit, baseline, against, one.goal, word), flush=True)
        if one.note:
            print(f"    {one.note}", flush=True)
        self.write()

    def write(self) -> None:
        """The figures so far as JSON."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps([_rounded(one) for one in self.figures], ensure_ascii=False, indent=1) + "\n")
        new.replace(self.path)

    def missed(self) -> list[str]:
        """Names of the figures that did not reach their goal."""
        return [one.name for one in self.figures if one.reached is False]


def _line(name: str, value: str, unit: str, baseline: str, against: str, goal: str, reached: str) -> str:
    return f"{name:<56} {value:>8} {unit:<5} {baseline:>8}  {against:<12} {goal:<20} {reached}"


def _rounded(one: Figure) -> dict[str, Any]:
    return {name: float(f"{value:.4g}") if isinstance(value, float) else value for name, value in asdict(one).items()}


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _against(ratio: float, more: str = "", less: str = "") -> str:
    """Ten times less than the baseline is "10 × less"; near to it the plain ratio."""
    if ratio and ratio < 0.5:
        return f"{more} {1 / ratio:.0f} × less".strip()
    return f"{less} {ratio:.2f} ×".strip()
