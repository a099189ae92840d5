"""Words of a question that are not what is looked for: left out, or only used to order what is found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cms.search.folding import fold_word
from cms.search.stems import stem

DATA = Path(__file__).parent / "data" / "words"


@cache
def _lists(language: str) -> tuple[frozenset[str], frozenset[str], dict[str, list[str]]]:
    stop: set[str] = set()
    helping: set[str] = set()
    kinds: dict[str, list[str]] = {}
    for line in (DATA / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            kind, *names = line[1:].split()
            kinds[kind] = [stem(fold_word(word), language) for word in names]
        elif not line.startswith("#"):
            chosen = helping if line.startswith("~") else stop
            chosen.update(fold_word(word) for word in line.lstrip("~").split())
    return frozenset(stop), frozenset(stem(word, language) for word in helping), kinds


def is_stop(word: str, language: str) -> bool:
    """Whether the word is left out of a question."""
    return word in _lists(language)[0]


def is_helping(word: str, language: str) -> bool:
    """Whether the word only helps to order what is found («ստանալ», «apply»), in any of its forms."""
    return stem(word, language) in _lists(language)[1]


def named_kinds(words: Iterable[str], language: str) -> list[str]:
    """The kinds of things that words of a question name: «որոշում» an act, «նիստ» a session."""
    stems = {stem(word, language) for word in words}
    return [kind for kind, names in _lists(language)[2].items() if stems & set(names)]


def name_of_kind(kind: str, language: str) -> str:
    """The stem by which things of a kind are found that do not say what they are; "" for kinds without a name."""
    return next(iter(_lists(language)[2].get(kind, ())), "")


__all__ = ["is_helping", "is_stop", "name_of_kind", "named_kinds"]
