"""Words of the look: complete in three languages, and long Armenian ones break by syllables."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import themes
from themes.hyphens import SOFT_HYPHEN, soften

LOCALE = Path(themes.__file__).resolve().parent / "locale"


def test_short_words_stay_whole() -> None:
    assert soften("Ծառայություններ և նորություններ") == "Ծառայություններ և նորություններ"


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("մանկապարտեզներում", "ման-կա-պար-տեզ-նե-րում"), ("կառուցապատողներին", "կառու-ցա-պա-տող-նե-րին")],
)
def test_long_words_break_before_the_consonant_of_a_syllable(word: str, syllables: str) -> None:
    assert soften(word).replace(SOFT_HYPHEN, "-") == syllables


def test_other_scripts_and_tags_are_left_alone() -> None:
    text = "internationalization администрирование 123456789012345678"
    assert soften(text) == text


@pytest.mark.parametrize("language", ["hy", "ru"])
def test_every_word_is_translated(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    untranslated = [message.id for message in catalogue if message.id and (not message.string or message.fuzzy)]
    assert not untranslated
    assert len(catalogue) > 150


def test_armenian_sentences_end_with_the_armenian_stop() -> None:
    with (LOCALE / "hy/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale="hy")
    texts = [
        text
        for each in catalogue
        if each.id
        for text in ([each.string] if isinstance(each.string, str) else each.string or [])
    ]
    for text in texts:
        assert ":" not in text, text
        assert "?" not in text, text
        assert not text.endswith("."), text
