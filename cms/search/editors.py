"""The editors' own search in the admin: Wagtail's, in the one spelling and by stems, so that it finds Armenian too.

The fields stand in the page types; cms.search.editors_backend is the backend of the settings. Visitors never meet it.
"""

from __future__ import annotations

from typing import Any

from wagtail.search import index

from cms.search.folding import without_tokens, words_of
from cms.search.stems import stem


def _language(word: str) -> str:
    return "en" if word.isascii() else "hy"


def folded(text: str) -> str:
    """The words of a text in the one spelling, and their stems."""
    words = [word.form for word in words_of(without_tokens(text))]
    stems = [stem(word, _language(word)) for word in words]
    return " ".join(dict.fromkeys([*words, *stems]))


def question(text: str) -> str:
    """What is asked of fields in the one spelling: the stems."""
    return " ".join(stem(word.form, _language(word.form)) for word in words_of(text))


class FoldedSearchField(index.SearchField):
    """A search field in the one spelling."""

    def get_value(self, obj: Any) -> Any:
        return folded(str(super().get_value(obj) or ""))


class FoldedAutocompleteField(index.AutocompleteField):
    """A field whose words are found by their beginnings, in the one spelling."""

    def get_value(self, obj: Any) -> Any:
        return folded(str(super().get_value(obj) or ""))


__all__ = ["FoldedAutocompleteField", "FoldedSearchField", "question"]
