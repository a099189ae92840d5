"""A community's colour: from one chosen colour to the eleven the style sheets use, with contrast guaranteed.

The arithmetic is OKLCH (lightness 0..1, chroma, hue in degrees), since equal steps of it look equal, and the contrast
is that of WCAG 2.2 (1.4.3: 4.5:1 for text, 1.4.11: 3:1 for parts of controls). Browsers could derive the colours
themselves, but old phones lack `oklch(from ...)`; so the server writes plain hex. Pure functions, no dependency.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, fields

SURFACE = "#faf7f4"
SURFACE_SUNKEN = "#f1ebe4"
DARK_SURFACE = "#12181d"
DARK_RAISED = "#1b232a"
WHITE = "#ffffff"

PART_CONTRAST = 3.0
TEXT_CONTRAST = 4.5
ENHANCED_CONTRAST = 7.0

_HEX = re.compile(r"^#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})$")
_CHROMA_STEP = 0.002
_LIGHTNESS_STEP = 0.01


@dataclass(frozen=True)
class Accent:
    """The eleven colours, each `#rrggbb`; the names are those of the custom properties without `--accent-`."""

    base: str
    base_hover: str
    base_tint: str
    base_line: str
    base_fill: str
    dark: str
    dark_hover: str
    dark_tint: str
    dark_line: str
    dark_fill: str
    dark_fill_hover: str


@dataclass(frozen=True)
class Verdict:
    """The answer to a community that chose a colour.

    `proposal` is the chosen colour itself when it was accepted, otherwise the nearest darker one of its hue that is
    readable.
    `contrast` is the lowest of the measured contrasts of the chosen colour (1..21).
    """

    accepted: bool
    proposal: str
    contrast: float


def normalise(colour: str) -> str:
    """`#ABC`, `aabbcc` and the like as `#aabbcc`. Raises ValueError for anything that is not a hex colour."""
    match = _HEX.match(colour.strip())
    if not match:
        raise ValueError(f"not a hex colour: {colour!r}")
    digits = match.group(1).lower()
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return f"#{digits}"


def contrast(one: str, other: str) -> float:
    """Contrast of two hex colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check(colour: str) -> Verdict:
    """Whether text and buttons in this colour can be read; if not, which nearest darker colour of the same hue can be.

    Raises ValueError for anything that is not a hex colour.
    """
    chosen = normalise(colour)
    measured = _lowest_contrast(chosen)
    if measured >= TEXT_CONTRAST:
        return Verdict(True, chosen, measured)
    lightness, chroma, hue = _to_oklch(chosen)
    proposal = chosen
    while _lowest_contrast(proposal) < TEXT_CONTRAST:
        lightness -= _LIGHTNESS_STEP
        proposal = _from_oklch(lightness, chroma, hue)
    return Verdict(False, proposal, measured)


def derive(colour: str) -> Accent:
    """The eleven colours of an accepted colour.

    Raises ValueError for a colour that `check` refuses: ask it first and show its proposal.
    """
    verdict = check(colour)
    if not verdict.accepted:
        raise ValueError(f"{colour} is not readable; the nearest that is: {verdict.proposal}")
    base = verdict.proposal
    lightness, chroma, hue = _to_oklch(base)

    dark_tint = _from_oklch(0.27, min(chroma, 0.05), hue)
    dark_lightness = 0.75
    dark = _from_oklch(dark_lightness, min(chroma, 0.12), hue)
    while (
        contrast(dark, DARK_SURFACE) < ENHANCED_CONTRAST
        or contrast(dark, dark_tint) < TEXT_CONTRAST
        or contrast(dark, DARK_RAISED) < TEXT_CONTRAST
    ):
        dark_lightness += _LIGHTNESS_STEP
        dark = _from_oklch(dark_lightness, min(chroma, 0.12), hue)

    return Accent(
        base=base,
        base_hover=_from_oklch(max(lightness - 0.08, 0.0), chroma, hue),
        base_tint=_tint(chroma, hue),
        base_line=_from_oklch(0.83, min(chroma, 0.07), hue),
        base_fill=base,
        dark=dark,
        dark_hover=_from_oklch(min(dark_lightness + 0.08, 1.0), min(chroma, 0.085), hue),
        dark_tint=dark_tint,
        dark_line=_from_oklch(0.55, min(chroma, 0.12), hue),
        dark_fill=_button_in_the_dark(chroma, hue),
        dark_fill_hover=_readable_under_white(0.57, chroma, hue),
    )


def render_css(accent: Accent) -> str:
    """The community's style sheet: its eleven values in the layer of the tokens, to be linked after `tokens.css`."""
    values = "".join(
        f"--accent-{field.name.replace('_', '-')}:{getattr(accent, field.name)};" for field in fields(accent)
    )
    return f"@layer tokens{{:root{{{values}}}}}\n"


def _lowest_contrast(colour: str) -> float:
    """The weakest of the four places where the light design sets this colour."""
    _, chroma, hue = _to_oklch(colour)
    return min(contrast(colour, ground) for ground in (WHITE, SURFACE, SURFACE_SUNKEN, _tint(chroma, hue)))


def _tint(chroma: float, hue: float) -> str:
    return _from_oklch(0.955, min(chroma, 0.022), hue)


def _button_in_the_dark(chroma: float, hue: float) -> str:
    """A button's ground at night: white on it is readable, and it stands out from the page (violets need more)."""
    lightness = 0.53
    colour = _readable_under_white(lightness, chroma, hue)
    while contrast(colour, DARK_SURFACE) < PART_CONTRAST:
        lightness += _LIGHTNESS_STEP
        colour = _from_oklch(lightness, chroma, hue)
    return colour


def _readable_under_white(lightness: float, chroma: float, hue: float) -> str:
    colour = _from_oklch(lightness, chroma, hue)
    while contrast(colour, WHITE) < TEXT_CONTRAST:
        lightness -= _LIGHTNESS_STEP
        colour = _from_oklch(lightness, chroma, hue)
    return colour


def _channels(colour: str) -> tuple[float, float, float]:
    """Linear-light red, green, blue (0..1) of `#rrggbb`."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma, hue (degrees) of `#rrggbb`; the matrices are those of Björn Ottosson, 2021."""
    red, green, blue = _channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(green_red, blue_yellow), math.degrees(math.atan2(blue_yellow, green_red)) % 360


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """`#rrggbb`; the chroma is lowered until the colour exists in sRGB."""
    while True:
        channels = _linear_srgb(lightness, chroma, hue)
        if chroma <= 0 or all(-1e-4 <= value <= 1.0001 for value in channels):
            break
        chroma = max(chroma - _CHROMA_STEP, 0.0)
    return "#" + "".join(f"{round(_gamma(min(max(value, 0.0), 1.0)) * 255):02x}" for value in channels)


def _linear_srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    green_red = chroma * math.cos(math.radians(hue))
    blue_yellow = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
