"""The colours of a theme by meaning and mode, as its style sheets say them: for the style guide and for the tests.

Reads `tokens.css` of base and, after it, the sheets of the theme; what a later block says counts, as in a browser.
"""

from __future__ import annotations

import re
from functools import cache

from themes.choice import BASE, ROOT

MODES = ("light", "dark", "contrast")
# Meanings that stand on each other: what is written, on what, and the contrast that WCAG 2.2 asks for.
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("text", "surface", 7.0),
    ("text", "surface-sunken", 7.0),
    ("text", "surface-raised", 7.0),
    ("text-muted", "surface", 4.5),
    ("text-muted", "surface-sunken", 4.5),
    ("text-muted", "surface-raised", 4.5),
    ("link", "surface", 4.5),
    ("link", "surface-raised", 4.5),
    ("link", "surface-sunken", 4.5),
    ("accent", "surface", 4.5),
    ("accent", "surface-raised", 4.5),
    ("accent", "accent-tint", 4.5),
    ("accent-contrast", "accent-fill", 4.5),
    ("danger", "surface", 4.5),
    ("danger", "danger-tint", 4.5),
    ("success", "success-tint", 4.5),
    ("notice", "notice-tint", 4.5),
    ("text", "notice-tint", 4.5),
    ("text", "info-tint", 4.5),
    ("on-deep", "deep", 4.5),
    ("on-deep-muted", "deep", 4.5),
    ("deep-accent", "deep", 4.5),
    ("on-hero", "hero-sky", 4.5),
    ("line-strong", "surface", 3.0),
    ("focus-ring", "surface", 3.0),
)
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_DECLARATION = re.compile(r"--([\w-]+):\s*([^;]+);")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")


@cache
def colours(theme: str) -> dict[str, dict[str, str]]:
    """Mode -> meaning -> `#rrggbb`, of every token that is a colour."""
    sheets = [ROOT / BASE / "static" / BASE / "css" / "tokens.css"]
    if theme != BASE:
        sheets += sorted((ROOT / theme / "static" / theme / "css").glob("*.css"))
    rules = [rule for sheet in sheets for rule in _rules(sheet.read_text(encoding="utf-8"))]
    return {mode: _resolved(_said(rules, mode)) for mode in MODES}


def _rules(css: str) -> list[tuple[str, dict[str, str]]]:
    found = _RULE.findall(_COMMENT.sub("", css))
    return [(selector.strip(), dict(_DECLARATION.findall(block + ";"))) for selector, block in found if "--" in block]


def _said(rules: list[tuple[str, dict[str, str]]], mode: str) -> dict[str, str]:
    """The declarations that count when a person has chosen the mode; a choice is stronger than `:root`."""
    said: dict[str, str] = {}
    for wanted in (":root", f'[data-mode="{mode}"]'):
        for selector, declarations in rules:
            if selector == wanted:
                said.update({name: value.strip() for name, value in declarations.items()})
    return said


def _resolved(said: dict[str, str]) -> dict[str, str]:
    found = {}
    for name in said:
        value = said[name]
        while match := _VARIABLE.fullmatch(value):
            value = said.get(match[1], "")
        if re.fullmatch(r"#[0-9a-fA-F]{3,6}", value):
            digits = value[1:].lower()
            found[name] = "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)
    return found
