"""Charts as numbers for an SVG that the server draws: no script is needed, and each stands beside a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 14, 34
# More words below an axis would lie upon each other.
MOST_LABELS = 10
GAP = 0.3
TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One column; `kind` is the number of its series, which the style sheet knows."""

    x: float
    y: float
    width: float
    height: float
    kind: int
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the grid with its number, a word below the axis, or a dot of a line."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws, in units of the view box."""

    ticks: list[Mark]
    labels: list[Mark]
    bars: list[Bar] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    dots: list[Mark] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def columns(rows: Sequence[tuple[str, Sequence[int]]], names: Sequence[str]) -> Chart:
    """A group of columns for each row (label, values of the series); `names` are those of the series."""
    top = _top(max((value for _label, values in rows for value in values), default=0))
    bars = []
    step = _step(rows)
    wide = step * (1 - GAP) / max(1, len(names))
    for place, (label, values) in enumerate(rows):
        for kind, value in enumerate(values):
            y = _y(value, top)
            x = LEFT + step * (place + GAP / 2) + wide * kind
            title = f"{label}, {names[kind]}՝ {value}"
            bars.append(Bar(round(x, 1), y, round(wide, 1), round(HEIGHT - BOTTOM - y, 1), kind, title))
    return Chart(_ticks(top), _labels([label for label, _values in rows]), bars=bars)


def line(rows: Sequence[tuple[str, float | None]], most: int = 100) -> Chart:
    """A line through the values; where there is none it is broken."""
    step = _step(rows)
    lines: list[str] = []
    dots: list[Mark] = []
    points: list[str] = []
    for place, (label, value) in enumerate(rows):
        if value is None:
            lines.append(" ".join(points))
            points = []
            continue
        x, y = round(LEFT + step * (place + 0.5), 1), _y(value, most)
        points.append(f"{x},{y}")
        dots.append(Mark(x, y, f"{label}՝ {round(value)}"))
    lines.append(" ".join(points))
    labels = _labels([label for label, _value in rows])
    return Chart(_ticks(most), labels, lines=[each for each in lines if " " in each], dots=dots)


def share_of(value: int, most: int) -> float:
    """The length of a bar beside a number, of 100."""
    return round(100 * value / most, 1) if most else 0


def _step(rows: Sequence[object]) -> float:
    return (WIDTH - LEFT - RIGHT) / max(1, len(rows))


def _y(value: float, top: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)


def _top(value: int) -> int:
    """A round number that is not less, and that four steps divide."""
    step = 1
    while step * TICKS < value:
        # 1, 2, 5, 10, 20, 50 ...
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step * TICKS


def _ticks(top: int) -> list[Mark]:
    return [Mark(LEFT, _y(top * each / TICKS, top), str(top * each // TICKS)) for each in range(TICKS + 1)]


def _labels(labels: Sequence[str]) -> list[Mark]:
    step, each_of = _step(labels), -(-len(labels) // MOST_LABELS) or 1
    return [
        Mark(round(LEFT + step * (place + 0.5), 1), HEIGHT - BOTTOM + 20, label)
        for place, label in enumerate(labels)
        if place % each_of == 0
    ]
