"""Several words that name one thing: «համայնքի ղեկավար», «ջուր չկա», also typed in Latin letters («jri anjatum»)."""

from __future__ import annotations

from itertools import islice, product

from cms.search import sounds, stems, synonyms
from cms.search.question import EXACT, MEANING, Asked

# A word in other letters may be read in several ways; of all together so many are tried.
_MOST_READINGS, _MOST_WAYS = 6, 60


def name_things(asked: list[Asked], synonymous: synonyms.Synonyms, language: str) -> None:
    """Words that name one thing become one, with its synonyms; the list is changed in place."""
    keys = [_stems(each, language) for each in asked]
    for size in range(min(synonymous.longest, len(asked)), 1, -1):
        start = 0
        while start + size <= len(asked):
            key, others = _named(keys[start : start + size], synonymous)
            pieces = asked[start : start + size]
            if others and any(each.is_helping for each in pieces):
                # «ջուր չկա»: the word itself, and all that the two mean.
                for each in pieces:
                    each.meanings = [] if each.is_helping else others
            elif others:
                joined = Asked(" ".join(each.text for each in pieces), " ".join(key))
                joined.parts, joined.pieces = key, pieces
                joined.may_be(key, EXACT)
                for other in others:
                    joined.may_be(other, MEANING)
                asked[start : start + size] = [joined]
                keys[start : start + size] = [(joined.form,)]
            start += 1


def _stems(each: Asked, language: str) -> tuple[str, ...]:
    """The stems that a word may have: one, or those of the words that Latin letters may write."""
    if language == "hy" and each.form.isalpha() and sounds.is_foreign(each.form, language):
        found = dict.fromkeys(stems.stem(word, language) for word in sounds.armenian_spellings(each.form))
        return (each.form, *islice(found, _MOST_READINGS))
    return (stems.stem(each.form, language),)


def _named(keys: list[tuple[str, ...]], synonymous: synonyms.Synonyms) -> tuple[synonyms.Key, list[synonyms.Key]]:
    for key in islice(product(*keys), _MOST_WAYS):
        others = synonymous.others(key)
        if others:
            return key, others
    return (), []


def apart(asked: list[Asked]) -> list[Asked]:
    """Names of things that the index has in no way («ձյան մաքրում») fall into their words again."""
    found: list[Asked] = []
    for each in asked:
        found += [each] if each.is_found or not each.pieces else each.pieces
    return found


__all__ = ["apart", "name_things"]
