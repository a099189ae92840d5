"""Text of the years before Unicode: ARMSCII-8 that was read as Latin letters, «вڲêî²ÜÆ» for «ՀԱՅԱՍՏԱՆԻ».

The code page is AST 34.002 (ARMSCII-8): capitals at 0xB2, 0xB4 ..., small letters at 0xB3, 0xB5 ... Fonts of that time
have «և» at 0xA8, where the standard has a dash; texts follow the fonts. Two neighbouring bytes that happen to be valid
UTF-8 were sometimes read as one letter of another alphabet (0xD0 0xB2 as «в»); such letters are taken apart again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAPITALS, _SMALL, _LETTERS = 0x531, 0x561, 38
TABLE: dict[int, str] = {
    0xA2: "և", 0xA3: "։", 0xA4: ")", 0xA5: "(", 0xA6: "»", 0xA7: "«", 0xA8: "և", 0xA9: ".", 0xAA: "՝",
    0xAB: ",", 0xAC: "-", 0xAD: "֊", 0xAE: "…", 0xAF: "՜", 0xB0: "՛", 0xB1: "՞", 0xFE: "՚",
    **{0xB2 + 2 * number: chr(_CAPITALS + number) for number in range(_LETTERS)},
    **{0xB3 + 2 * number: chr(_SMALL + number) for number in range(_LETTERS)},
}  # fmt: skip

_SHORTEST = 3
# Spaces between words of one garbled run.
_GAP = 2
_LATIN_1 = re.compile("[\u00a2-\u00fe]")
# A word of such a text: signs of Latin-1 and what two bytes may have become; ASCII letters never stand in it.
_WORD = re.compile("[\u00a2-\u00fe\u0100-\u07ff]{3,}")
_ARMENIAN = re.compile("[ա-և]", re.IGNORECASE)
_VOWEL = re.compile("[աեէըիոուօ]", re.IGNORECASE)


def decode(text: str) -> str | None:
    """The Armenian text, or None when a sign is no sign of the code page."""
    raw = bytearray()
    for character in text:
        code = ord(character)
        raw += bytes([code]) if code <= 0xFF else character.encode("utf-8")
    letters = [TABLE.get(byte) or (chr(byte) if byte < 0x80 else None) for byte in raw]
    return None if None in letters else "".join(filter(None, letters))


def is_garbled(word: str) -> bool:
    """True for a word of ARMSCII-8 that is shown as Latin letters."""
    if len(word) < _SHORTEST or _ARMENIAN.search(word) or 2 * len(_LATIN_1.findall(word)) < len(word):
        return False
    decoded = decode(word)
    return decoded is not None and bool(_VOWEL.search(decoded)) and 2 * len(_ARMENIAN.findall(decoded)) >= len(decoded)


def _without_quotation(match: re.Match[str]) -> tuple[int, int]:
    """Real «» around a garbled word: that sign is a comma there, and no word begins with one."""
    first, last = match.span()
    word = match.group()
    if word.startswith("«"):
        return first + 1, last - word.endswith("»")
    return first, last


def garbled_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and the Armenian text of what is garbled; neighbouring words are one run."""
    start = end = -1
    for match in _WORD.finditer(text):
        first, last = _without_quotation(match)
        if not is_garbled(text[first:last]):
            continue
        between = text[end:first] if start >= 0 else None
        if between is not None and len(between) <= _GAP and between.isspace():
            end = last
            continue
        if start >= 0:
            yield start, end, decode(text[start:end]) or ""
        start, end = first, last
    if start >= 0:
        yield start, end, decode(text[start:end]) or ""


__all__ = ["TABLE", "decode", "garbled_runs", "is_garbled"]
