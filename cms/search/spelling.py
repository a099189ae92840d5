"""Slips of one letter: left out, added, changed, or two that changed places.

Two words at most one slip apart always share a form with one letter left out, so the index finds the few candidates
without reading the vocabulary; the distance then decides. The index keeps these forms as numbers, which take a third of
the room and of the time to build it; two words that share a number are only one more candidate.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

SHORTEST = 4
# A second slip is forgiven in words that leave no doubt.
LONG = 10
LONGEST = 24


def slips(word: str) -> set[str]:
    """The word, and the word with each letter left out; nothing for numbers and for words too short or too long."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return set()
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def keys(forms: Iterable[str]) -> list[int]:
    """Forms as they stand in the index: 32 bits with a sign, equal in every process."""
    return sorted({crc32(form.encode()) - 2**31 for form in forms})


def bare(word: str) -> str:
    """The word without an article or a genitive of one letter, whatever a stemmer thinks of it."""
    return word[:-1] if word.endswith(("ը", "ն", "ի")) else word


def distance(one: str, other: str, most: int = 2) -> int:
    """Slips between two words (optimal string alignment); more than `most` is given as `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = letter != against
            best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                best = min(best, before[column - 2] + 1)
            current.append(best)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return min(last[-1], most + 1)


def allowed(word: str) -> int:
    """How many slips a word of this length may have."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= LONG else 1


__all__ = ["SHORTEST", "allowed", "bare", "distance", "keys", "slips"]
