"""The living component page: for the staff, in both themes, drawn by the components themselves."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from cms.blocks import PageBodyBlock
from cms.styleguide.specimens import specimens
from cms.styleguide.views import unshown
from themes.choice import themes


@pytest.fixture
def editor(meghri, signed_in, staff_of):
    return signed_in(meghri, staff_of(meghri, superuser=True))


def test_visitors_are_asked_to_sign_in(meghri, client_for):
    answer = client_for(meghri).get("/styleguide/")
    assert answer.status_code == HTTPStatus.FOUND and "/admin/login/" in answer["Location"]


def test_people_without_the_workplace_see_nothing(meghri, signed_in, staff_of):
    assert signed_in(meghri, staff_of(meghri)).get("/styleguide/").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("theme", list(themes()))
def test_every_specimen_is_drawn_in_every_theme(editor, theme):
    answer = editor.get(f"/styleguide/?theme={theme}")
    assert answer.status_code == HTTPStatus.OK and answer["Cache-Control"] == "no-store"
    drawn = answer.context["specimens"]
    assert len(drawn) == len(specimens()) and all(item["html"].strip() for item in drawn)
    assert ("manuscript/css" in answer.content.decode()) is (theme == "manuscript")


def test_blocks_are_shown_with_their_previews(editor):
    names = {block["name"] for block in editor.get("/styleguide/").context["blocks"]}
    assert names <= set(PageBodyBlock().child_blocks) and len(names) > 5


def test_figures_stand_beside_the_colours(editor):
    palettes = editor.get("/styleguide/").context["palettes"]
    assert [palette["mode"] for palette in palettes] == ["light", "dark", "contrast"]
    assert all(row["contrast"] >= row["needed"] for palette in palettes for row in palette["rows"])


def test_the_guide_changes_nothing_for_visitors(editor, meghri, client_for):
    editor.get("/styleguide/?theme=manuscript")
    assert "manuscript/css" not in client_for(meghri).get("/").content.decode()


def test_what_stands_in_no_specimen_is_known():
    """A guard against a guide that slowly empties: at most the frame and what others have added since."""
    assert len(specimens()) > 40
    assert "news_list" not in unshown() and "site_header" in unshown()
