"""Words typed in other letters: Armenian in Latin (ISO 9985, BGN, chat) or Cyrillic, Russian in Latin.

Both the words of the index and what is asked are written as one rough Latin key; equal keys are candidates. A key
forgets what the schemes disagree about: ը, յ before a vowel, aspiration, կ and ք, ծ and ց and ձ, չ and ճ, ժ and ջ.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

from cms.search import armenian
from cms.search.folding import fold_word, has_armenian, has_cyrillic, has_latin

_ARMENIAN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "", "թ": "t", "ժ": "zh", "ի": "i",
    "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y",
    "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r",
    "ց": "ts", "ւ": "v", "փ": "p", "ք": "k", "օ": "o", "ֆ": "f",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_MARKED = {
    "š": "sh", "č": "ch", "ž": "zh", "ǰ": "j", "ç": "ts", "ġ": "gh", "ł": "gh", "ṙ": "r", "ē": "e", "ë": "", "ə": "",
    "ō": "o", "ò": "o", "ŕ": "r", "ĵ": "j", "ŝ": "sh", "ý": "",
}  # fmt: skip
# Each group of letters is one class; longest first.
_CLASSES = (
    ("shch", "2"), ("tch", "1"), ("dzh", "3"), ("ch", "1"), ("sh", "2"), ("zh", "3"), ("dj", "3"), ("jh", "3"),
    ("j", "3"), ("kh", "4"), ("x", "4"), ("gh", "5"), ("ts", "6"), ("tz", "6"), ("dz", "6"), ("ds", "6"), ("c", "6"),
    ("th", "t"), ("ph", "p"), ("oo", "u"), ("ou", "u"), ("q", "k"), ("w", "v"),
)  # fmt: skip
# Other readings of a typed letter: ISO 9985 writes ձ as j; c may be կ; х of Russian may be հ; an inner vo is ո.
_READINGS = (
    ("j", ("j", "dz", "y")),
    ("c", ("c", "k")),
    ("kh", ("kh", "h")),
    ("x", ("x", "gh", "h", "ks")),
    ("g", ("g", "gh")),
    ("q", ("q", "gh")),
    ("vo", ("vo", "o")),
    ("ye", ("ye", "e")),
    ("ow", ("u",)),
    ("ai", ("ai", "ay")),
    ("e", ("e", "")),
    ("y", ("y", "i")),
)
# What the ear and other languages confuse: voiced and voiceless letters, and an h that is left out (Ованес, Акоп).
_ROUGH = str.maketrans({"b": "p", "d": "t", "g": "k", "z": "s", "5": "4", "3": "1", "h": ""})
SHORTEST_ROUGH = 5
_MOST_READINGS = 48
# Endings of Armenian words as keys, so that an inflected word in Latin letters leads to the stem.
_ENDINGS = (
    "neri6", "nerov", "nerum", "nerin", "neri", "ner", "eri6", "erov", "erum", "erin", "eri", "er", "i6", "ov", "um",
    "in", "is", "id", "i", "n", "s", "d", "u", "y",
)  # fmt: skip
_CHANGED = (("utan", "utun"), ("man", "um"), ("u", "i"), ("an", "un"))
_LAST_VOWEL = re.compile("[iu]([^aeiou]{1,2})$")
SHORTEST = 3
LONGEST = 96


def _latin(word: str) -> str:
    """A folded word in plain Latin letters, as BGN writes it but without apostrophes."""
    text = unicodedata.normalize("NFC", word.casefold())
    text = text.replace("ու", "u").replace("'", "").replace("@", "")
    if text.startswith("ո"):
        text = "o" + text[1:]
    letters = []
    for letter in text:
        plain = _ARMENIAN.get(letter, _CYRILLIC.get(letter, _MARKED.get(letter)))
        if plain is None:
            bare = unicodedata.normalize("NFD", letter)[0]
            plain = _MARKED.get(letter, bare)
        letters.append(plain)
    return "".join(letters)


def _key(latin: str) -> str:
    """The rough key of a word in Latin letters."""
    text = latin
    if text.startswith("vo") and len(text) > 3:
        text = text[1:]
    if text.startswith("ye"):
        text = text[1:]
    for group, code in _CLASSES:
        text = text.replace(group, code)
    text = text.replace("iu", "u").replace("ian", "yan").replace("y", "")
    return re.sub(r"(.)\1", r"\1", text)[:LONGEST]


@lru_cache(maxsize=50_000)
def sounds(word: str) -> str:
    """The key of a word of the index."""
    return _key(_latin(word))


def rough(word: str) -> str:
    """A still rougher key, marked as such; "" where too little is left of the word to tell it from others."""
    return _rough_of(sounds(word))


def _rough_of(key: str) -> str:
    text = re.sub(r"(.)\1", r"\1", key.translate(_ROUGH))
    return f"={text}" if len(text) >= SHORTEST_ROUGH else ""


def asked_rough(word: str) -> list[str]:
    """Rough keys that a word typed by ear may have; the Russian г may stand for h."""
    latin = _latin(unicodedata.normalize("NFC", word))
    heard = [latin, latin.replace("g", "h")] if has_cyrillic(word) else [latin]
    return [key for key in dict.fromkeys(_rough_of(_key(each)) for each in heard) if key]


def asked_sounds(word: str) -> dict[str, float]:
    """Keys that a word typed in other letters may have, with how sure they are (1 = read in the usual way)."""
    latin = _latin(unicodedata.normalize("NFC", word))
    keys: dict[str, float] = {}
    for variant, sure in _variants(latin).items():
        key = _key(variant)
        if len(key) < SHORTEST:
            continue
        keys[key] = max(keys.get(key, 0), sure)
    for key, sure in list(keys.items()):
        short = _LAST_VOWEL.sub(r"\1", key)
        if short != key and len(short) > SHORTEST:
            # «ughegir», where the index has «ուղեգրեր».
            keys[short] = max(keys.get(short, 0), sure * 0.9)
        for ending in _ENDINGS:
            if key.endswith(ending) and len(key) - len(ending) >= SHORTEST:
                rest = key[: -len(ending)]
                keys[rest] = max(keys.get(rest, 0), sure * 0.9)
        for changed, first in _CHANGED:
            if key.endswith(changed) and len(key) - len(changed) >= 2:
                other = key[: -len(changed)] + first
                keys[other] = max(keys.get(other, 0), sure * 0.9)
    return keys


def _variants(latin: str) -> dict[str, float]:
    """The readings of a typed word, the usual one first."""
    parts = re.split("(kh|vo|ye|gh|ow|ai|[jcxgqey])", latin)
    readings = dict(_READINGS)
    options: list[tuple[str, ...]] = []
    total = 1
    for index, part in enumerate(parts):
        choices = readings.get(part, (part,))
        if part == "e" and index > 1:  # only a first «e» may stand for ը: «enkerutyun»
            choices = (part,)
        if total * len(choices) > _MOST_READINGS:
            choices = choices[:1]
        total *= len(choices)
        options.append(choices)
    usual = tuple(choices[0] for choices in options)
    return {
        "".join(chosen): 1 - 0.05 * sum(a != b for a, b in zip(chosen, usual, strict=True))
        for chosen in product(*options)
    }


# --- the right keys of the wrong keyboard: Latin keys under Armenian and Russian layouts
_LATIN_KEYS = "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./\\"
# A key may give several letters: the Armenian layouts of systems differ in a few of them.
_LAYOUTS = {
    "hy": (
        # phonetic (Windows, Apple, Android)
        ("՝", "է", "թ", "փ", "ձ", "ջ", "ւ", "և", "րռ", "չ", "ճ", "-", "ժ", "ք", "ո", "ե", "րռ", "տ", "ը", "ւ", "ի",
         "օ", "պ", "խ", "ծ", "ա", "ս", "դ", "ֆ", "գ", "հ", "յջճ", "կ", "լ", ";", "՛", "զ", "ղխց", "ցգչ", "վ", "բ",
         "ն", "մ", ",", "․", "/", "շ"),
        # Eastern Armenian typewriter
        tuple("՝:ձյ՛,-.«»օռժխւէրտեըիոպչջասդֆքհճկլթփզցգվբնմշղծ'"),
    ),
    "ru": (tuple("ё1234567890-=йцукенгшщзхъфывапролджэячсмитьбю.\\"),),
}  # fmt: skip
_FROM_KEYS = {
    language: [dict(zip(_LATIN_KEYS, layout, strict=True)) for layout in layouts]
    for language, layouts in _LAYOUTS.items()
}
_TO_KEYS = {
    language: {letter: key for key, letters in maps[0].items() for letter in letters}
    for language, maps in _FROM_KEYS.items()
}


def from_wrong_keyboard(chunk: str, language: str) -> list[str]:
    """What somebody meant who typed with the keyboard of another language; folded words, [] where that makes none."""
    text = chunk.casefold()
    typed = [text] if has_latin(text) else []
    for other, keys in _TO_KEYS.items():
        if other != language and all(letter in keys for letter in text):
            typed.append("".join(keys[letter] for letter in text))
    found: list[str] = []
    for latin in typed:
        if language == "en":
            found.append(latin)
        for keys_of in _FROM_KEYS.get(language, []):
            if all(key in keys_of for key in latin):
                ways = islice(product(*(keys_of[key] for key in latin)), _MOST_READINGS)
                found += ["".join(letters) for letters in ways]
    words = [fold_word(word) for word in found if word != text and all(one.isalpha() or one in "՛՝" for one in word)]
    return [word for word in dict.fromkeys(words) if len(word) >= SHORTEST]


# --- back into Armenian: all spellings that a key may stand for
_SPELT = {
    "k": "կք", "t": "տթ", "p": "պփ", "r": "րռ", "6": "ծցձ", "1": "չճ", "3": "ջժ", "2": "շ", "4": "խ", "5": "ղ",
    "e": "եէ", "o": "ոօ", "a": "ա", "b": "բ", "g": "գ", "d": "դ", "z": "զ", "i": "ի", "l": "լ", "h": "հ", "m": "մ",
    "n": "ն", "s": "ս", "v": "վ", "f": "ֆ", "y": "յ",
}  # fmt: skip
_MOST_SPELLINGS = 400


@lru_cache(maxsize=2_000)
def armenian_spellings(word: str) -> tuple[str, ...]:
    """Armenian words of the dictionary that a word typed in other letters may be."""
    found: list[str] = []
    for variant in list(_variants(_latin(word)))[:12]:
        text = variant
        for group, code in _CLASSES:
            text = text.replace(group, code)
        options = [("ու",) if letter == "u" else tuple(_SPELT.get(letter, "")) for letter in text]
        if not all(options):
            continue
        total = 1
        for index, option in enumerate(options):
            # Only the first is an e or an o by its look; inside, է and օ are rare.
            if text[index] in "eo" and index:
                options[index] = option[:1]
            total *= len(options[index])
        if total <= _MOST_SPELLINGS:
            found += [spelt for spelt in map("".join, product(*options)) if armenian.is_known(spelt)]
    return tuple(dict.fromkeys(found))


def real_words(word: str) -> list[str]:
    """Words of the Armenian dictionary that are written in the usual way by a word of at least five letters."""
    usual = sounds(word)
    return [spelt for spelt in armenian_spellings(word) if len(spelt) >= 5 and sounds(spelt) == usual]


def is_foreign(word: str, language: str) -> bool:
    """Whether a word is typed in letters that are not those of the language."""
    if language == "hy":
        return not has_armenian(word)
    if language == "ru":
        return not has_cyrillic(word)
    return has_armenian(word) or has_cyrillic(word)


__all__ = [
    "armenian_spellings",
    "asked_rough",
    "asked_sounds",
    "from_wrong_keyboard",
    "is_foreign",
    "real_words",
    "rough",
    "sounds",
]
