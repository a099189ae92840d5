"""A picture of every public page type at 360 and 1280 px for docs/site.md; taken with SCREENSHOTS=1, else skipped."""

from __future__ import annotations

import pytest

from infra.local.paths import ROOT
from tests.a11y.furnish import furnished
from tests.a11y.pages import PAGES
from tests.e2e import album
from tests.e2e.stage import Stage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.xdist_group("product"),
    pytest.mark.skipif(not album.wanted(), reason="SCREENSHOTS=1 renews the pictures of the documentation"),
]
SIZES = ({"width": 360, "height": 780}, {"width": 1280, "height": 900})
INTRODUCTION = """# Every page of the public site

Meghri's demonstration in Armenian, at 360 and at 1280 px. The pictures are made by
`tests/a11y/test_pictures_of_pages.py` (`SCREENSHOTS=1`); the same pages are looked at by axe in three languages, by day
and by night, in each run of the tests.

| page | 360 px | 1280 px |
|---|---|---|
"""


def test_each_page_in_two_widths(stage_of_module: Stage) -> None:
    known = furnished(stage_of_module.product)
    rows = []
    for size in SIZES:
        page = stage_of_module.page(viewport=size)
        for shown in (each for each in PAGES if "hy" in each.languages):
            page.goto(stage_of_module.address(shown.host, shown.at("hy", known)))
            album.picture(page, f"site/{shown.name}-{size['width']}", whole=True)
    for shown in (each for each in PAGES if "hy" in each.languages):
        pictures = " | ".join(f"![](screenshots/site/{shown.name}-{size['width']}.png)" for size in SIZES)
        rows.append(f"| {shown.name} | {pictures} |")
    (ROOT / "docs" / "site.md").write_text(INTRODUCTION + "\n".join(rows) + "\n", encoding="utf-8")
