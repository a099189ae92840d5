"""The blocks of a text: each can be previewed, says what it is for, and shows what an editor has put in."""

from __future__ import annotations

import pytest
from wagtail import blocks

from cms.blocks import STYLED, PageBodyBlock, VideoBlock
from cms.models import ContentPage
from tests.cms.conftest import home
from tests.cms.pages import examples

BODY = PageBodyBlock()
NEEDS_FILES = {"image", "pictures", "files"}


def shown(kind: str, value: object, client) -> str:
    page = examples.publish(ContentPage, home(), "Էջ", body=[(kind, BODY.child_blocks[kind].to_python(value))])
    html = client.get(page.url).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_there_are_about_eighteen_and_each_is_explained():
    assert 18 <= len(BODY.child_blocks) <= 22
    for name, block in BODY.child_blocks.items():
        assert block.get_description(), name
        assert block.is_previewable, name
        assert block.meta.template, name
        assert block.meta.group, name
    assert STYLED - {"register"} <= set(BODY.child_blocks)


@pytest.mark.parametrize("name", sorted(set(BODY.child_blocks) - NEEDS_FILES))
def test_the_preview_of_a_block_is_drawn(in_meghri, rf, name):
    block = BODY.child_blocks[name]
    html = block.render(block.get_preview_value(), context={"request": rf.get("/"), "page": home()})
    assert name == "topic" or html.strip()


def test_previews_of_pictures_and_files_use_the_community_s_own(in_meghri):
    for name in sorted(NEEDS_FILES):
        BODY.child_blocks[name].get_preview_value()
    examples.image()
    examples.document()
    for name in sorted(NEEDS_FILES):
        block = BODY.child_blocks[name]
        html = block.render(block.get_preview_value())
        assert "<img" in html or "/documents/" in html


def test_blocks_are_at_most_two_levels_deep():
    def depth(block) -> int:
        inner = list(getattr(block, "child_blocks", {}).values())
        if isinstance(block, blocks.ListBlock):
            inner = [block.child_block]
        return (
            1 + max((depth(child) for child in inner), default=0)
            if isinstance(block, blocks.StreamBlock | blocks.StructBlock)
            else max((depth(child) for child in inner), default=0)
        )

    # Stream, block, row of the block, and for steps the link in the row.
    assert max(depth(block) for block in BODY.child_blocks.values()) <= 3


def test_a_film_asks_nobody_before_the_click(in_meghri, meghri, client_for):
    html = shown(
        "video", {"title": "Նիստ", "address": "https://youtu.be/abcdefghijk", "length": "1:20"}, client_for(meghri)
    )
    assert "<iframe" not in html and "<script" not in html and "ytimg" not in html
    assert 'href="https://youtu.be/abcdefghijk"' in html and "YouTube" in html


@pytest.mark.parametrize(
    "value",
    [
        {"title": "Ֆիլմ"},
        {"title": "Ֆիլմ", "address": "https://example.am/film"},
        {"title": "Ֆիլմ", "address": "https://youtube.com.evil.am/watch?v=abcdefghijk"},
    ],
)
def test_a_film_without_a_known_place_is_refused(in_meghri, value):
    block = VideoBlock()
    with pytest.raises(blocks.StructBlockValidationError):
        block.clean(block.to_python(value))


def test_bars_carry_their_numbers(in_meghri, meghri, client_for):
    value = {
        "title": "Ծախսեր",
        "unit": "մլն դրամ",
        "items": [{"label": "Կրթություն", "value": "412.5"}, {"label": "Ճանապարհ", "value": "206.25"}],
    }
    html = shown("chart", value, client_for(meghri))
    assert 'width="100.00"' in html and 'width="50.00"' in html
    assert "412,5" in html and "<table" in html and "Կրթություն" in html


def test_pages_of_a_topic_are_those_of_the_language_and_published(in_meghri, meghri, client_for, add_news):
    for title, slug in (("Ջրագիծը պատրաստ է", "pipe"), ("Դպրոցը", "school")):
        page = add_news(title, slug=slug)
        if slug == "pipe":
            page.tags.add("Ջուր")
            page.save_revision().publish()
    hidden = add_news("Թաքնված ջուր", slug="hidden")
    hidden.tags.add("Ջուր")
    hidden.save_revision().publish()
    hidden.refresh_from_db()
    hidden.unpublish()
    html = shown("topic", {"title": "Ջուր", "topic": "ջուր", "number": 5}, client_for(meghri))
    assert "Ջրագիծը պատրաստ է" in html and "Դպրոցը" not in html and "Թաքնված ջուր" not in html


def test_the_style_sheet_of_rare_blocks_is_loaded_only_where_needed(in_meghri, meghri, client_for):
    client = client_for(meghri)
    plain = examples.publish(ContentPage, home(), "Պարզ")
    rich = examples.publish(
        ContentPage, home(), "Հարուստ",
        body=[("timeline", {"items": [{"when": "1924", "title": "Դպրոց", "text": ""}]})],
    )  # fmt: skip
    assert "blocks.css" not in client.get(plain.url).content.decode()
    assert "blocks.css" in client.get(rich.url).content.decode()


def test_a_place_leads_to_a_map_and_loads_none(in_meghri, meghri, client_for):
    row = {"name": "Գրասենյակ", "address": "Անդրանիկի 2", "latitude": "38.9033", "longitude": "46.2447"}
    html = shown("places", {"items": [row]}, client_for(meghri))
    assert "openstreetmap.org/?mlat=38.9033" in html and "<img" not in html
