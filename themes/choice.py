"""Which theme the current request is drawn in, and which themes there are.

A theme is a folder beside this file with `theme.json` (its names) and, as it needs them, `templates/` and
`static/<theme>/`. Whatever a theme does not draw comes from `base`. This room imports no other; whoever knows the
tenant tells it by `provide` which theme counts (cms.look).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

ROOT = Path(__file__).resolve().parent
BASE = "base"

_provider: Callable[[], str] | None = None


def provide(provider: Callable[[], str]) -> None:
    """Name the function that answers with the theme of the current tenant. The last one counts."""
    global _provider
    _provider = provider


def active_theme() -> str:
    """Name of the theme that templates are taken from now; `base` when nobody has chosen or it is gone."""
    chosen = _provider() if _provider is not None else BASE
    return chosen if chosen in themes() else BASE


@cache
def themes() -> dict[str, dict[str, str]]:
    """Name of each theme's folder -> its name by language. `base` comes first."""
    found = {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))["name"] for path in ROOT.glob("*/theme.json")
    }
    return {BASE: found[BASE], **dict(sorted(found.items()))}


def theme_choices() -> list[tuple[str, str]]:
    """For a form: name and label in the active language."""
    language = (get_language() or "hy").split("-")[0]
    return [(name, labels.get(language, labels["hy"])) for name, labels in themes().items()]


def templates_of(theme: str) -> Path:
    """The folder of a theme's own templates; it need not exist."""
    return ROOT / theme / "templates"
