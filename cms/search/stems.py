"""Stems and roots by language. English and Russian go by the Snowball rules that PostgreSQL uses too."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from cms.search import armenian
from cms.search.folding import has_armenian, has_cyrillic

_RUSSIAN_DERIVED = (
    "ировани",
    "тельств",
    "енств",
    "ств",
    "ирова",
    "овани",
    "ова",
    "ени",
    "ани",
    "ен",
    "ан",
    "ива",
    "ыва",
    "ост",
    "а",
)
# «ребенок», but «ребенка»: the vowel before the last consonant comes and goes.
_FLEETING = re.compile("[ое]([кц])$")


@cache
def _snowball(name: str) -> Any:
    return snowballstemmer.stemmer(name)


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """What a word is indexed by. Words of another script than the language's go by their own."""
    if not word[:1].isalpha():
        return word
    if has_armenian(word):
        return armenian.stem(word)
    if has_cyrillic(word):
        return str(_snowball("russian").stemWord(word))
    return str(_snowball("english").stemWord(word)) if language == "en" else word


@lru_cache(maxsize=100_000)
def root(word: str, language: str) -> str:
    """What words of one family share."""
    if not word[:1].isalpha():
        return word
    if has_armenian(word):
        return armenian.root(word)
    first = stem(word, language)
    if has_cyrillic(word):
        first = _FLEETING.sub(r"\1", first)
        for ending in _RUSSIAN_DERIVED:
            if first.endswith(ending) and len(first) - len(ending) >= 5:
                return first[: -len(ending)]
    return first


def compounds(word: str) -> tuple[str, ...]:
    """Beginnings of the compounds that a word makes; only Armenian writes them in one word with a vowel between."""
    return armenian.beginnings_of_compounds(word) if has_armenian(word) else ()


def bases(word: str) -> tuple[str, ...]:
    """All first forms that an Armenian word without a dictionary may be of; () for every other word."""
    if not has_armenian(word) or len(word) < armenian.SHORTEST_INFLECTED or armenian.is_known(word):
        return ()
    return armenian.bases(word)


def short_root(word: str) -> str:
    """The root of an Armenian word without the vowel that comes and goes; "" where that is nothing else."""
    return armenian.short_root(word) if has_armenian(word) else ""


def head(word: str) -> str:
    """The last part of a compound; "" for none, and where the language writes none."""
    return armenian.head(word) if has_armenian(word) else ""


def is_verb(word: str, language: str) -> bool:
    """Whether it is a form of a verb; known for Armenian, guessed by the ending for Russian."""
    if has_armenian(word):
        return armenian.is_verb(word)
    return language == "ru" and word.endswith(("ть", "ться", "ти"))


def is_known(word: str) -> bool:
    """Whether a dictionary has the word, so that it is no slip. Only for Armenian; elsewhere nothing is known."""
    return has_armenian(word) and armenian.is_known(word)


__all__ = ["bases", "compounds", "head", "is_known", "is_verb", "root", "short_root", "stem"]
