"""Words of a question that are not what is looked for: left out, or only used to order what is found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cms.search.folding import fold_word
from cms.search.sounds import armenian_spellings, is_foreign
from cms.search.stems import stem

DATA = Path(__file__).parent / "data" / "words"


@cache
def _alone(language: str) -> frozenset[str]:
    lines = (DATA / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return _stems({fold_word(word) for line in lines if line.startswith("!") for word in line[1:].split()}, language)


@cache
def _lists(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], dict[str, list[str]]]:
    stop: set[str] = set()
    helping: set[str] = set()
    weak: set[str] = set()
    kinds: dict[str, list[str]] = {}
    for line in (DATA / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            kind, *names = line[1:].split()
            kinds[kind] = [stem(fold_word(word), language) for word in names]
        elif not line.startswith(("#", "!")):
            chosen = helping if line.startswith("~") else weak if line.startswith("?") else stop
            chosen.update(fold_word(word) for word in line.lstrip("~?").split())
    return frozenset(stop), _stems(helping, language), _stems(weak, language), kinds


def _stems(words: set[str], language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words)


def is_stop(word: str, language: str) -> bool:
    """Whether the word is left out of a question, also when it is typed in Latin letters («inchpes», «chka»)."""
    return any(each in _lists(language)[0] for each in _readings(word, language))


def _readings(word: str, language: str) -> tuple[str, ...]:
    if language == "hy" and len(word) > 2 and is_foreign(word, language):
        return (word, *armenian_spellings(word))
    return (word,)


def is_helping(word: str, language: str) -> bool:
    """Whether the word only helps to order what is found («ստանալ», «apply»), in any of its forms."""
    return any(stem(each, language) in _lists(language)[1] for each in _readings(word, language))


def is_weak(word: str, language: str) -> bool:
    """Whether the word says little of what is looked for when another one stands beside it («վաճառք», «վնասված»)."""
    return any(stem(each, language) in _lists(language)[2] for each in _readings(word, language))


def has_no_family(stem: str, language: str) -> bool:
    """Whether words of the same root mean something else: «սահման» a border, «սահմանել» to lay down."""
    return stem in _alone(language)


def named_kinds(words: Iterable[str], language: str) -> list[str]:
    """The kinds of things that words of a question name: «որոշում» an act, «նիստ» a session."""
    stems = {stem(word, language) for word in words}
    return [kind for kind, names in _lists(language)[3].items() if stems & set(names)]


def name_of_kind(kind: str, language: str) -> str:
    """The stem by which things of a kind are found that do not say what they are; "" for kinds without a name."""
    return next(iter(_lists(language)[3].get(kind, ())), "")


__all__ = ["has_no_family", "is_helping", "is_stop", "is_weak", "name_of_kind", "named_kinds"]
