"""The style sheets hold together: modes agree, nothing comes from elsewhere, fonts are small and licensed."""

from __future__ import annotations

import re

import pytest

from tests.themes.sample_values import BASE
from themes import accent
from themes.choice import themes
from themes.tokens import MODES, PAIRS, colours

STATIC = BASE / "static/base"
OTHERS = sorted(path for path in BASE.parent.glob("*/static/*/css/*.css") if BASE not in path.parents)
SHEETS = [*sorted((STATIC / "css").glob("*.css")), *OTHERS]


def declarations(css: str, selector: str) -> dict[str, str]:
    """The declarations of the block that follows `selector`."""
    block = css[css.index(selector) :].split("{", 1)[1].split("}", 1)[0]
    return {name: " ".join(value.split()) for name, value in re.findall(r"([\w-]+):\s*([^;]+);", block)}


@pytest.mark.parametrize(
    ("wish", "choice"),
    [("(prefers-color-scheme: dark)", '[data-mode="dark"]'), ("(prefers-contrast: more)", '[data-mode="contrast"]')],
)
def test_a_mode_is_the_same_by_the_system_and_by_choice(wish: str, choice: str) -> None:
    css = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    by_system = declarations(css[css.index(wish) :], ":root:not([data-mode])")
    by_choice = declarations(css, f"\n  {choice} {{")
    assert len(by_system) > 20
    assert by_system == by_choice


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_components_use_only_tokens_that_exist(sheet: pytest.FixtureRequest) -> None:
    css = sheet.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    everything = "".join(each.read_text(encoding="utf-8") for each in SHEETS)
    defined = set(re.findall(r"(--[\w-]+)\s*:", everything))
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= defined
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_sheet_reaches_outside(sheet: pytest.FixtureRequest) -> None:
    css = sheet.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert "@import" not in css
    for url in re.findall(r"url\((.*?)\)(?=[\s;,])", css, re.S):
        address = url.strip("'\"")
        assert address.startswith(("data:", "../fonts/")), address
        if address.startswith("../"):
            assert (STATIC / "css" / address).resolve().is_file()


def test_fonts_are_licensed_and_an_armenian_page_loads_little() -> None:
    fonts = STATIC / "fonts"
    assert len(list(fonts.glob("OFL*.txt"))) == 4
    for pair in ("noto-serif", "noto-sans-narrow"):
        assert sum(font.stat().st_size for font in fonts.glob(f"{pair}-*.woff2")) < 30_000
    armenian_page = [fonts / "noto-sans-armenian.woff2", fonts / "noto-sans-latin.woff2"]
    assert sum(font.stat().st_size for font in armenian_page) < 40_000


def test_a_first_view_stays_small() -> None:
    """Markup comes on top; the whole home page has to stay under 150 kB without photos, even uncompressed."""
    parts = [STATIC / "css" / name for name in ("tokens.css", "base.css", "components.css", "home.css")]
    parts += [
        STATIC / "js/enhance.js",
        STATIC / "fonts/noto-sans-armenian.woff2",
        STATIC / "fonts/noto-sans-latin.woff2",
    ]
    parts += (STATIC / "svg").glob("news-*.svg")
    assert sum(part.stat().st_size for part in parts) < 100_000


# Layer 1 of the tokens: colours by their own names. Sizes, spaces and type are a scale and may be read anywhere.
REFERENCE = r"ink|paper|stone-\d+|sevan-\d+|apricot-\d+|pomegranate-\d+|moss-\d+|sun-\d+|accent-(?:base|dark)[a-z-]*"
COMPONENT_SHEETS = [
    sheet for sheet in SHEETS if sheet not in OTHERS and not sheet.name.startswith(("tokens", "fonts-"))
]


@pytest.mark.parametrize("sheet", COMPONENT_SHEETS, ids=lambda sheet: sheet.name)
def test_components_read_what_a_colour_is_for_and_never_the_colour_itself(sheet: pytest.FixtureRequest) -> None:
    css = re.sub(r"/\*.*?\*/|url\(.*?\)(?=[\s;,])", "", sheet.read_text(encoding="utf-8"), flags=re.S)  # type: ignore[attr-defined]
    screen = css.partition("@media print")[0]
    assert re.findall(rf"var\(--(?:{REFERENCE})\)", screen) == []
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", screen) == []


def test_every_reference_colour_is_read_by_a_meaning() -> None:
    css = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    first, meanings = css.split("/* 2 · meaning, light */", 1)
    colours = re.findall(rf"--({REFERENCE}):", first)
    unused = [name for name in colours if f"var(--{name})" not in meanings and not name.startswith("pomegranate")]
    assert unused == []


@pytest.mark.parametrize("sheet", OTHERS, ids=lambda sheet: sheet.name)
def test_another_theme_gives_meanings_new_values_and_reads_nothing_else(sheet: pytest.FixtureRequest) -> None:
    """Its colours stand in its layer of tokens; its components read them, and every name exists in base."""
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)  # type: ignore[attr-defined]
    tokens, components = css.split("@layer components", 1)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", components) == []
    known = set(re.findall(r"(--[\w-]+)\s*:", (STATIC / "css/tokens.css").read_text(encoding="utf-8")))
    assert set(re.findall(r"(--[\w-]+)\s*:", tokens)) <= known
    dark = declarations(tokens[tokens.index("(prefers-color-scheme: dark)") :], ":root:not([data-mode])")
    assert dark == declarations(tokens, '\n  [data-mode="dark"] {')
    light = declarations(tokens, ":root:not([data-mode])")
    assert light == declarations(tokens, '\n  [data-mode="light"] {')


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("theme", list(themes()))
def test_meanings_that_stand_on_each_other_can_be_read(theme: str, mode: str) -> None:
    values = colours(theme)[mode]
    weak = [
        f"{front} on {ground}: {accent.contrast(values[front], values[ground]):.2f}"
        for front, ground, needed in PAIRS
        if accent.contrast(values[front], values[ground]) < needed
    ]
    assert weak == []
