"""Soft hyphens for Armenian headings.

Browsers on computers carry no Armenian hyphenation, and a heading of one long word runs out of a phone's screen. The
rule of Armenian orthography is short: a syllable takes one consonant before its vowel, whatever stands before goes to
the syllable in front of it (ման-կա-պար-տեզ).
"""

from __future__ import annotations

import re

SOFT_HYPHEN = "\u00ad"
LONGEST_UNBROKEN = 15
"""Letters that fit the line of a 360 px screen in a heading; shorter words stay whole, so that a search finds them."""

_VOWELS = "աեէըիոօ"
_WORD = re.compile(r"[\u0531-\u0556\u0561-\u0587]+")
_MARGIN = 3


def soften(text: str) -> str:
    """`text` with soft hyphens at the syllables of Armenian words longer than LONGEST_UNBROKEN letters."""
    return _WORD.sub(lambda match: _split(match.group()), text)


def _split(word: str) -> str:
    if len(word) <= LONGEST_UNBROKEN:
        return word
    lower = word.lower()
    out: list[str] = []
    for at, letter in enumerate(word):
        if _MARGIN <= at <= len(word) - _MARGIN and _starts_syllable(lower, at):
            out.append(SOFT_HYPHEN)
        out.append(letter)
    return "".join(out)


def _starts_syllable(lower: str, at: int) -> bool:
    """True before a consonant that is followed by a vowel and has a vowel somewhere in front."""
    # «ու» is one vowel written with two letters; «և» opens no syllable of its own
    if lower[at] in _VOWELS or lower[at] in "ւև":
        return False
    return at + 1 < len(lower) and lower[at + 1] in _VOWELS and any(letter in _VOWELS for letter in lower[:at])
