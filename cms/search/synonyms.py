"""Words that mean the same: the municipal dictionary (data/synonyms/*.txt) and a community's own groups.

A line of the dictionary is a group, its words separated by commas; `#` begins a comment. Whoever asks one word of a
group finds the others too, after the results with the asked word itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cms.invalidation import forget_after_commit
from cms.page_cache import stamp
from cms.search.folding import fold, words_of
from cms.search.models import SynonymGroup
from cms.search.sounds import sounds
from cms.search.spelling import distance, slips
from cms.search.stems import root, stem
from cms.search.stopwords import is_stop
from tenants.context import current_schema

DATA = Path(__file__).parent / "data" / "synonyms"
_own: dict[str, tuple[str, dict[str, list[list[str]]]]] = {}


@cache
def dictionary(language: str) -> list[list[str]]:
    """The groups that ship with the product."""
    path = DATA / f"{language}.txt"
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words = [word.strip() for word in line.partition("#")[0].split(",") if word.strip()]
        if words:
            groups.append(words)
    return groups


def own(language: str) -> list[list[str]]:
    """The groups of the current community, remembered until its pages or groups change."""
    schema = current_schema()
    now = stamp(schema)
    known = _own.get(schema)
    if known is None or known[0] != now:
        groups: dict[str, list[list[str]]] = {}
        for group in SynonymGroup.objects.all():
            groups.setdefault(group.language, []).append(group.as_list())
        known = _own[schema] = (now, groups)
    return known[1].get(language, [])


def forget_own() -> None:
    """The community's groups have changed: all processes read them anew."""
    forget_after_commit()


Key = tuple[str, ...]


class Synonyms:
    """The groups of a language by the stems of their words."""

    def __init__(self, groups: list[list[str]], language: str) -> None:
        self._members: list[list[Key]] = []
        self._by_key: dict[Key, list[int]] = {}
        self._by_root: dict[str, list[int]] = {}
        self._words: dict[str, Key] = {}
        self._by_slip: dict[str, set[str]] = {}
        self._by_sound: dict[str, Key] = {}
        self.longest = 1
        for group in groups:
            named = [(words, key) for words, key in ((words, _key(words, language)) for words in group) if key]
            members = [key for _words, key in named]
            number = len(self._members)
            self._members.append(list(dict.fromkeys(members)))
            for words, key in named:
                self._by_key.setdefault(key, []).append(number)
                self.longest = max(self.longest, len(key))
                if len(key) == 1:
                    self._words.setdefault(fold(words), key)
                    for slip in slips(fold(words)):
                        self._by_slip.setdefault(slip, set()).add(fold(words))
                    self._by_sound.setdefault(sounds(fold(words)), key)
                    self._by_root.setdefault(root(fold(words), language), []).append(number)

    def others(self, key: Key, family: str = "") -> list[Key]:
        """What else means the same as these stems; `family` is the root of a single word."""
        groups = self._by_key.get(key) or (self._by_root.get(family, []) if family else [])
        # «ավագանու որոշում» says no more than «որոշում»: where it stands, the word itself is found.
        asked = set(key)
        return list(dict.fromkeys(each for group in groups for each in self._members[group] if not asked <= set(each)))

    def heard(self, keys: Iterable[str]) -> Key:
        """The word of the dictionary that sounds like one of these keys, () for none."""
        return next((self._by_sound[key] for key in keys if key in self._by_sound), ())

    def slipped(self, word: str) -> Key:
        """The word of the dictionary that is one slip away, () for none."""
        near = {other for slip in slips(word) for other in self._by_slip.get(slip, ())}
        return next((self._words[other] for other in sorted(near) if distance(word, other, 1) <= 1), ())


def _key(words: str, language: str) -> Key:
    forms = [word.form for word in words_of(words, language)]
    kept = [form for form in forms if not is_stop(form, language)]
    if len(kept) == 1 < len(forms):
        return ()  # what is left of «ID card» means any card
    return tuple(stem(form, language) for form in kept)


@cache
def _shipped(language: str) -> Synonyms:
    return Synonyms(dictionary(language), language)


def of(language: str) -> Synonyms:
    """The dictionary of a language with the groups of the current community."""
    groups = own(language)
    return Synonyms([*dictionary(language), *groups], language) if groups else _shipped(language)


__all__ = ["Key", "Synonyms", "dictionary", "forget_own", "of", "own"]
