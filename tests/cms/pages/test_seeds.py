"""The tree of a new community: the same in three languages, each in its own letters, with names put in."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from cms.disclosure.vocabulary import page_keys
from cms.languages import armenian_share
from cms.seeds import tree

LANGUAGES = ("hy", "en", "ru")
# Shapes of the text of a page that must be equal in all languages.
SHAPES = ("title", "lede", "body", "legal_basis", "steps")


def test_every_key_has_a_text_in_every_language():
    keys = {row["key"] for row in tree.rows()} | {"home"}
    for language in LANGUAGES:
        assert set(tree.texts(language)) == keys


@pytest.mark.parametrize("language", ["en", "ru"])
def test_translations_say_as_much_as_the_armenian_text(language):
    original, translated = tree.texts("hy"), tree.texts(language)
    for key, text in original.items():
        other = translated[key]
        assert [shape for shape in SHAPES if shape in text] == [shape for shape in SHAPES if shape in other], key
        assert len(text.get("body", [])) == len(other.get("body", [])), key
        assert [len(step["links"]) for step in text.get("steps", [])] == [
            len(step["links"]) for step in other.get("steps", [])
        ], key
        words = " ".join(str(value) for value in other.values()).replace("{genitive}", "").replace("{name}", "")
        assert armenian_share(words) == 0, key


def test_armenian_texts_use_armenian_marks():
    for key, text in tree.texts("hy").items():
        words = " ".join(str(value) for value in text.values())
        assert "<<" not in words and ":</p>" not in words and ": " not in text["lede"], key
        assert text["lede"].endswith("։"), key


def test_every_page_of_a_duty_is_in_the_tree():
    assert set(page_keys()) <= {row["key"] for row in tree.rows()} | {"home"}


def test_slugs_are_latin_and_once_below_a_parent():
    seen = set()
    for row in tree.rows():
        assert row["slug"].isascii() and row["slug"] == row["slug"].lower()
        assert (row["parent"], row["slug"]) not in seen
        seen.add((row["parent"], row["slug"]))


def test_the_whole_tree_opens_in_three_languages(in_meghri, meghri, client_for):
    client = client_for(meghri)
    pages = Page.objects.live().filter(depth__gte=2).specific()
    assert len(pages) == len(LANGUAGES) * (len(tree.rows()) + 1)
    for page in pages:
        answer = client.get(page.url)
        assert answer.status_code == 200, page.url
        html = answer.content.decode()
        assert "{name}" not in html and "{genitive}" not in html, page.url


def test_a_place_of_a_duty_is_marked(in_meghri, meghri, client_for):
    html = client_for(meghri).get("/open-government/budget/").content.decode()
    assert 'data-duty="budget' in html
    assert "data-duty" not in client_for(meghri).get("/news/").content.decode()


def test_steps_of_a_guide_lead_into_the_same_language(in_meghri, meghri, client_for):
    html = client_for(meghri).get("/en/services/guides/building/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert 'href="/en/open-government/rates/"' in main and 'href="/open-government/rates/"' not in main
