"""The card that networks show when somebody shares a page without a picture: arms, name, province, ridge, colour.

Drawn by Pillow with our own type, once for a stamp of what it shows, and kept by the shared cache of the tenant.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import caches
from PIL import Image, ImageDraw, ImageFont

from cms.addresses import prefix
from cms.naming import region, site_name
from tenants.models import Community
from themes import accent

if TYPE_CHECKING:
    from cms.models import SiteProfile

WIDTH, HEIGHT = 1200, 630
PAPER, INK, MUTED = "#faf7f4", "#1b1f24", "#5b5147"
MARGIN, BAND = 72, 24
DAY = 24 * 3600
# Heights of the ridge's points, in the place where the drawing of the home page has them.
RIDGE = (120, 96, 70, 82, 58, 30, 52, 74, 62, 40, 18, 44, 66, 50, 72, 90, 64, 46, 70, 98, 110)
# A part of the stamp: raise it when the drawing changes.
DRAWING = 1


def address(community: Community, profile: SiteProfile | None, language: str) -> str:
    """Local address of the card with a stamp of what it shows."""
    return f"{prefix(language)}share.png?v={stamp(community, profile, language)}"


def stamp(community: Community, profile: SiteProfile | None, language: str) -> str:
    """Changes with every word and colour of the card."""
    arms = profile.arms.file_hash if profile and profile.arms else ""
    shown = f"{DRAWING}/{site_name(community, language)}/{region(community, language)}/{_colour(profile)}/{arms}"
    return blake2b(shown.encode(), digest_size=6).hexdigest()


def card(community: Community, profile: SiteProfile | None, language: str) -> bytes:
    """The card as PNG, drawn at most once a day for its stamp."""
    key = f"share-card/{stamp(community, profile, language)}"
    kept = caches["shared"].get(key)
    if kept is None:
        kept = _draw(site_name(community, language), region(community, language), _colour(profile), _arms(profile))
        caches["shared"].set(key, kept, DAY)
    return bytes(kept)


def _colour(profile: SiteProfile | None) -> str:
    from cms.models.profile import DEFAULT_ACCENT

    chosen = profile.accent if profile else DEFAULT_ACCENT
    return chosen if accent.check(chosen).accepted else DEFAULT_ACCENT


def _arms(profile: SiteProfile | None) -> Image.Image | None:
    if profile is None or profile.arms is None:
        return None
    with profile.arms.get_rendition("max-192x192|format-png").file.open("rb") as file:
        return Image.open(file).convert("RGBA")


def _draw(name: str, province: str, colour: str, arms: Image.Image | None) -> bytes:
    shades = accent.derive(colour)
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    step = WIDTH / (len(RIDGE) - 1)
    for lift, shade in ((110, shades.base_tint), (40, shades.base_line)):
        crest = [(at * step, HEIGHT - lift - 90 + height) for at, height in enumerate(RIDGE)]
        pen.polygon([(0, HEIGHT), *crest, (WIDTH, HEIGHT)], fill=shade)
    pen.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=shades.base)
    top = MARGIN
    if arms is not None:
        arms.thumbnail((150, 180))
        image.paste(arms, (MARGIN, top), arms)
        top += arms.height + 40
    else:
        top += 60
    size = 84
    while size > 40 and _length(name, size) > WIDTH - 2 * MARGIN:
        size -= 4
    for line in _lines(name, size):
        _write(pen, (MARGIN, top), line, size, INK)
        top += int(size * 1.25)
    if province:
        _write(pen, (MARGIN, top + 8), province, 40, MUTED, weight=400)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _script(letter: str) -> str:
    if "\u0530" <= letter <= "\u058f":
        return "armenian"
    return "cyrillic" if "\u0400" <= letter <= "\u04ff" else "latin"


@cache
def _font(script: str, size: int, weight: int) -> Any:
    path = settings.BASE_DIR / "themes" / "base" / "static" / "base" / "fonts" / f"noto-sans-{script}.woff2"
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font


def _runs(text: str) -> list[tuple[str, str]]:
    """The text cut where the script changes; spaces stay with what stands before them."""
    runs: list[tuple[str, str]] = []
    for letter in text:
        script = runs[-1][0] if letter == " " and runs else _script(letter)
        if runs and runs[-1][0] == script:
            runs[-1] = (script, runs[-1][1] + letter)
        else:
            runs.append((script, letter))
    return runs


def _length(text: str, size: int, weight: int = 600) -> float:
    return float(sum(_font(script, size, weight).getlength(run) for script, run in _runs(text)))


def _lines(text: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(longer, size) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines[:2]


def _write(pen: Any, place: tuple[float, float], text: str, size: int, colour: str, weight: int = 600) -> None:
    left, top = place
    for script, run in _runs(text):
        font = _font(script, size, weight)
        # One base line for all scripts.
        pen.text((left, top + size), run, font=font, fill=colour, anchor="ls")
        left += font.getlength(run)
