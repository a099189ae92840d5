"""Words of a question that are not what is looked for: left out, or only used to order what is found."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cms.search.folding import fold_word
from cms.search.stems import stem

DATA = Path(__file__).parent / "data" / "words"


@cache
def _lists(language: str) -> tuple[frozenset[str], frozenset[str]]:
    stop: set[str] = set()
    helping: set[str] = set()
    for line in (DATA / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            chosen = helping if line.startswith("~") else stop
            chosen.update(fold_word(word) for word in line.lstrip("~").split())
    return frozenset(stop), frozenset(stem(word, language) for word in helping)


def is_stop(word: str, language: str) -> bool:
    """Whether the word is left out of a question."""
    return word in _lists(language)[0]


def is_helping(word: str, language: str) -> bool:
    """Whether the word only helps to order what is found («ստանալ», «apply»), in any of its forms."""
    return stem(word, language) in _lists(language)[1]


__all__ = ["is_helping", "is_stop"]
