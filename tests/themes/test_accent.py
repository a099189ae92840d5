"""A community chooses one colour: what it gets can be read everywhere, what cannot be read is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.themes.sample_values import BASE
from themes import accent

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_pomegranate_gives_the_values_of_the_design() -> None:
    """The default tokens are the mock's, and the server computes the very same."""
    tokens = (BASE / "static/base/css/tokens.css").read_text(encoding="utf-8")
    written = dict(re.findall(r"--accent-((?:base|dark)[a-z-]*): (#[0-9a-f]{6});", tokens))
    derived = accent.derive("#9b1c31")
    assert written == {name.replace("_", "-"): getattr(derived, name) for name in accent.Accent.__dataclass_fields__}
    assert len(written) == 11


def test_apricot_is_refused_and_a_darker_one_proposed() -> None:
    verdict = accent.check("#e8833a")
    assert not verdict.accepted
    assert verdict.proposal == "#a95300"
    assert verdict.contrast < 4.5
    with pytest.raises(ValueError, match="#a95300"):
        accent.derive("#e8833a")


@pytest.mark.parametrize("written", ["9b1c31", "#9B1C31", " #9b1c31 "])
def test_a_colour_is_understood_however_it_is_written(written: str) -> None:
    assert accent.check(written).proposal == "#9b1c31"


@pytest.mark.parametrize("written", ["", "red", "#12", "#12345g", "#9b1c31; color: red", "rgb(1,2,3)"])
def test_what_is_no_colour_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        accent.check(written)


@given(colours)
def test_every_proposal_is_itself_accepted(colour: str) -> None:
    proposal = accent.check(colour).proposal
    assert accent.check(proposal).accepted


@given(colours)
def test_every_derived_colour_reaches_its_contrast(colour: str) -> None:
    """WCAG 2.2: 4.5:1 for text and for white on buttons, 3:1 for a button's edge; the dark accent has 7:1."""
    derived = accent.derive(accent.check(colour).proposal)
    for ground in (accent.WHITE, accent.SURFACE, accent.SURFACE_SUNKEN, derived.base_tint):
        assert accent.contrast(derived.base, ground) >= 4.5
        assert accent.contrast(derived.base_hover, ground) >= 4.5
    assert accent.contrast(derived.dark, accent.DARK_SURFACE) >= 7
    for ground in (derived.dark_tint, accent.DARK_RAISED):
        assert accent.contrast(derived.dark, ground) >= 4.5
        assert accent.contrast(derived.dark_hover, ground) >= 4.5
    for fill in (derived.base_fill, derived.dark_fill, derived.dark_fill_hover):
        assert accent.contrast(fill, accent.WHITE) >= 4.5
    assert accent.contrast(derived.dark_fill, accent.DARK_SURFACE) >= 3


def test_the_community_style_sheet_carries_eleven_plain_values_and_nothing_else() -> None:
    css = accent.render_css(accent.derive("#0b5a82"))
    assert re.fullmatch(r"@layer tokens\{:root\{(--accent-[a-z-]+:#[0-9a-f]{6};){11}\}\}\n", css)
