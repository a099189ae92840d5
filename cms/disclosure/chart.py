"""The trend as a drawing: points of an SVG line, computed here so that the page needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cms.disclosure.board_data import Week

WIDTH, HEIGHT, EDGE = 600, 160, 24


def trend(weeks: Sequence[Week]) -> dict[str, Any]:
    """Points of the line and what stands around it; no points for fewer than two weeks."""
    inner_width, inner_height = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    step = inner_width / max(1, len(weeks) - 1)
    dots = [
        {
            "x": round(EDGE + number * step, 1),
            "y": round(EDGE + inner_height * (1 - week.share / 100), 1),
            "week": week.starts_on,
            "share": round(week.share),
        }
        for number, week in enumerate(weeks)
    ]
    return {
        "points": " ".join(f"{dot['x']},{dot['y']}" for dot in dots) if len(dots) > 1 else "",
        "dots": dots,
        "width": WIDTH,
        "height": HEIGHT,
        "left": EDGE,
        "right": WIDTH - EDGE,
        "lines": [{"y": EDGE + inner_height * (100 - share) / 100, "share": share} for share in (100, 50, 0)],
    }
