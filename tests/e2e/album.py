"""Pictures of the story for the documentation: written to docs/screenshots only when SCREENSHOTS=1."""

from __future__ import annotations

import os
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page

from infra.local.paths import ROOT

FOLDER = ROOT / "docs" / "screenshots"
MAX_BYTES = 250_000
COME_TO_REST = """
() => Promise.all([
  ...[...document.images].map(image => image.complete || new Promise(done => image.onload = image.onerror = done)),
  ...document.getAnimations().map(each => each.effect.getComputedTiming().endTime === Infinity || each.finished),
]).catch(() => null)
"""
TO_THE_TOP = """
() => {
  if (document.activeElement) document.activeElement.blur();
  window.scrollTo(0, 0);
  for (const each of document.querySelectorAll("*")) if (each.scrollTop || each.scrollLeft) each.scrollTo(0, 0);
}
"""
TALLEST = 2_600  # pixels: the beginning of a long page tells enough


def wanted() -> bool:
    """Whether this run renews the pictures."""
    return os.environ.get("SCREENSHOTS") == "1"


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep a picture of the page as `<name>.png`: of what the window shows, or of the whole page."""
    if not wanted():
        return
    _settle(page)
    size = page.viewport_size or {"width": 1280, "height": 900}
    height = size["height"]
    if whole:
        height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    clip = {"x": 0.0, "y": 0.0, "width": float(size["width"]), "height": float(height)}
    taken = page.screenshot(full_page=True, clip=clip) if whole else page.screenshot()  # type: ignore[arg-type]
    path = FOLDER / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(smallest(taken))


def smallest(png: bytes) -> bytes:
    """The same picture with a palette; fewer colours until it is small enough for the repository."""
    image = Image.open(BytesIO(png)).convert("RGB")
    packed = png
    for colours in (256, 128, 64, 32):
        kept = BytesIO()
        image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            kept, "PNG", optimize=True
        )
        packed = kept.getvalue()
        if len(packed) <= MAX_BYTES:
            break
    return packed


def _settle(page: Page) -> None:
    """Pictures below the window are loaded when somebody scrolls to them; what moves comes to rest."""
    for image in page.locator("img[loading=lazy]").all():
        image.scroll_into_view_if_needed()
    page.evaluate(COME_TO_REST)
    page.evaluate(TO_THE_TOP)
