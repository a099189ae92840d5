"""A workflow drawn: where each state stands and how the arrows run, for the SVG of the clerk's screen.

Columns follow the distance from the beginning, so the straight way reads from left to right. The picture never stands
alone: the same is in a table beside it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from services_api.procedures.workflow import State, Workflow

BOX = (190, 54)
GAP = (70, 34)
MARGIN = 24
LINE_LENGTH = 22


@dataclass(frozen=True)
class Box:
    """A state in the drawing; `lines` is its name in at most two lines."""

    code: str
    lines: tuple[str, ...]
    x: int
    y: int
    kind: str

    @property
    def text_rows(self) -> list[tuple[int, int, str]]:
        """(x, y, words) of each line, in the middle of the box."""
        first = self.y + BOX[1] // 2 + 5 - 9 * (len(self.lines) - 1)
        return [(self.x + BOX[0] // 2, first + 18 * number, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True)
class Arrow:
    """An arrow between two states; `title` names the steps that take it."""

    path: str
    title: str
    is_back: bool


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    box_width: int = BOX[0]
    box_height: int = BOX[1]


def draw(workflow: Workflow, language: str | None = None) -> Drawing:
    """Boxes and arrows of a workflow, in pixels."""
    columns = _columns(workflow)
    rows: dict[int, int] = {}
    boxes: dict[str, Box] = {}
    for code, state in workflow.states.items():
        column = columns[code]
        row = rows.get(column, 0)
        rows[column] = row + 1
        boxes[code] = Box(
            code,
            _lines(state.label(language)),
            MARGIN + column * (BOX[0] + GAP[0]),
            MARGIN + row * (BOX[1] + GAP[1]),
            _kind(state, code == workflow.initial),
        )
    titles: dict[tuple[str, str], list[str]] = {}
    for each in workflow.transitions.values():
        for source in each.sources:
            titles.setdefault((source, each.to), []).append(each.label(language))
    arrows = [_arrow(boxes[source], boxes[to], ", ".join(names)) for (source, to), names in titles.items()]
    return Drawing(
        width=2 * MARGIN + (max(columns.values()) + 1) * (BOX[0] + GAP[0]) - GAP[0],
        height=2 * MARGIN + max(rows.values()) * (BOX[1] + GAP[1]),
        boxes=tuple(boxes.values()),
        arrows=tuple(arrows),
    )


def _columns(workflow: Workflow) -> dict[str, int]:
    distance = {workflow.initial: 0}
    waiting = deque([workflow.initial])
    while waiting:
        state = waiting.popleft()
        for each in workflow.available(state):
            if each.to not in distance:
                distance[each.to] = distance[state] + 1
                waiting.append(each.to)
    last = max(distance.values())
    # Ends stand together at the right, however early a way may come to them.
    return {code: last if workflow.states[code].is_end else distance.get(code, 0) for code in workflow.states}


def _kind(state: State, is_first: bool) -> str:
    if is_first:
        return "first"
    if state.is_end:
        return "end"
    return state.outcome or ("waiting" if state.phase.startswith("awaiting") else "way")


def _lines(label: str) -> tuple[str, ...]:
    """The label in at most two lines."""
    if len(label) <= LINE_LENGTH:
        return (label,)
    first = ""
    words = label.split()
    while words and len(first) + len(words[0]) < LINE_LENGTH:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    return (first or rest[:LINE_LENGTH], rest if len(rest) <= LINE_LENGTH else rest[: LINE_LENGTH - 1] + "…")


def _arrow(source: Box, to: Box, title: str) -> Arrow:
    middle = BOX[1] // 2
    if source.code == to.code:
        x, y = source.x + BOX[0] - 30, source.y
        return Arrow(f"M{x} {y} c0 -22 26 -22 22 0", title, is_back=True)
    if to.x > source.x:
        x1, y1, x2, y2 = source.x + BOX[0], source.y + middle, to.x, to.y + middle
        bend = (x2 - x1) // 2
        return Arrow(f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", title, is_back=False)
    if to.x == source.x:
        down = to.y > source.y
        x1, y1 = source.x + BOX[0] - 24, source.y + (BOX[1] if down else 0)
        y2 = to.y + (0 if down else BOX[1])
        return Arrow(f"M{x1} {y1} L{x1} {y2}", title, is_back=not down)
    x1, y1, x2, y2 = source.x + BOX[0] // 2, source.y + BOX[1], to.x + BOX[0] // 2, to.y + BOX[1]
    return Arrow(f"M{x1} {y1} C{x1} {y1 + 30} {x2} {y2 + 30} {x2} {y2}", title, is_back=True)
