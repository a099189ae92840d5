"""One spelling for searching: և, եւ and եվ are the same, marks inside words and look-alike letters do not matter.

The folding is applied to what is indexed and to what is asked, so both meet. Rules: STACK of the search issue and
the Armenian orthography (Unicode block U+0530-058F, ligatures U+FB13-FB17).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from wagtail.search import index

# Apostrophe, emphasis, exclamation, comma, question, abbreviation: they stand inside Armenian words.
_MARKS = re.compile("[\u055a-\u055f\u00ad\u058a\u200b-\u200d]")
_STOPS = re.compile("[։՝:․.,;!?`'\"«»“”„()\\[\\]/]")
_LIGATURES = str.maketrans({"ﬓ": "մն", "ﬔ": "մե", "ﬕ": "մի", "ﬖ": "վն", "ﬗ": "մխ"})
_ARMENIAN_WORD = re.compile("[ա-և]")
_LOOK_ALIKES = str.maketrans({"o": "օ", "u": "ս", "h": "հ", "n": "ո", "g": "ց", "q": "զ", "f": "ֆ"})
# Case and number endings, longest first; what is left of a word is looked for as a beginning.
_ENDINGS = (
    "ներից",
    "ներով",
    "ներում",
    "ներին",
    "ների",
    "ները",
    "երից",
    "երին",
    "երի",
    "երը",
    "ներ",
    "եր",
    "ման",
    "ում",
    "ից",
    "ով",
    "ին",
    "ի",
    "ը",
    "ն",
)
_SHORTEST_STEM = 4


def fold(text: str) -> str:
    """The spelling that is indexed and asked for."""
    text = unicodedata.normalize("NFC", text).translate(_LIGATURES).casefold()
    text = _STOPS.sub(" ", _MARKS.sub("", text))
    words = (_fold_word(word) for word in text.split())
    return " ".join(words)


def _fold_word(word: str) -> str:
    if _ARMENIAN_WORD.search(word):
        word = word.translate(_LOOK_ALIKES)
    return word.replace("և", "եվ").replace("եւ", "եվ")


def stem(word: str) -> str:
    """A folded Armenian word without its ending, when enough of it is left."""
    if not _ARMENIAN_WORD.search(word):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def question(words: str) -> str:
    """What is asked of the index: folded beginnings of the words."""
    return " ".join(stem(word) for word in fold(words).split())


class FoldedSearchField(index.SearchField):
    """A search field in the one spelling."""

    def get_value(self, obj: Any) -> Any:
        return fold(str(super().get_value(obj) or ""))


class FoldedAutocompleteField(index.AutocompleteField):
    """A field whose words are found by their beginnings, in the one spelling."""

    def get_value(self, obj: Any) -> Any:
        return fold(str(super().get_value(obj) or ""))


__all__ = ["FoldedAutocompleteField", "FoldedSearchField", "fold", "question", "stem"]
