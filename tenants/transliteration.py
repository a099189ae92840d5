"""Names in Latin letters for addresses and codes, as the state writes Armenian names in them.

Armenian: the Government's decision N 220-Ն of 3 March 2011 «ՀՀ աշխարհագրական անվանումների անգլերեն և ռուսերեն
տառադարձության կարգը» (arlis.am, DocID 66360). Its text names only some letters and its annexes list the places; the
table below is what the lists give (UNGEGN Working Group on Romanization, 8 November 2011). It is BGN/PCGN 1981 without
apostrophes and with one r. Not taken: ISO 9985 (letters with marks, useless in an address) and the decision N 725-Ն of
2017, which is for names of persons in passports only.
Russian: BGN/PCGN 1947 without marks.

The rules are applied one after the other. They are plain regular expressions that mean the same in Python and in
JavaScript, so that the editor's browser (Wagtail's slug field takes them as `formatters`) and the server agree.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils.text import slugify

_LETTER = "[a-zա-ֆևа-яё]"
_ARMENIAN_VOWEL = "[աեէըիոօu]"
_RUSSIAN_VOWEL = "[аеёиоуыэюяъь]"

# Letters that are written in the same way wherever they stand.
ARMENIAN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t", "ժ": "zh",
    "ի": "i", "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m",
    "յ": "y", "ն": "n", "շ": "sh", "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v",
    "տ": "t", "ր": "r", "ց": "ts", "ւ": "v", "փ": "p", "ք": "k", "և": "ev", "օ": "o", "ֆ": "f",
}  # fmt: skip
RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

# Pattern and what stands in its place; the order matters, since later rules see what earlier ones have written.
RULES: tuple[tuple[str, str], ...] = (
    # Marks inside and after words, the soft hyphen, Russian abbreviations of numbers.
    ("[՚-՟։\u00ad]", ""),
    ("[֊–—/]", "-"),
    ("№", "n"),
    # «և» at the beginning, alone and after a vowel.
    ("եւ", "և"),
    (f"(?<!{_LETTER})և", "yev"),
    ("ու", "u"),
    (f"(?<={_ARMENIAN_VOWEL})և", "yev"),
    # The one word that begins with «ո» and not with «vo».
    (f"(?<!{_LETTER})ով(?!{_LETTER})", "ov"),
    (f"(?<!{_LETTER})ո", "vo"),
    (f"(?<!{_LETTER})ե", "ye"),
    (f"(?<={_ARMENIAN_VOWEL})ե", "ye"),
    (f"(?<!{_LETTER})е", "ye"),
    (f"(?<={_RUSSIAN_VOWEL})е", "ye"),
    *ARMENIAN.items(),
    *RUSSIAN.items(),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), written) for pattern, written in RULES)


def formatters() -> list[tuple[re.Pattern[str], str]]:
    """The rules as Wagtail's `SlugInput` takes them."""
    return list(_compiled())


def transliterate(text: str) -> str:
    """Armenian and Russian letters of a text in lower-case Latin ones; everything else stays."""
    for pattern, written in _compiled():
        text = pattern.sub(written, text)
    return text


def slug_of(title: str) -> str:
    """The last part of the address of a page with this title; empty when nothing is left of it."""
    return slugify(transliterate(title))


__all__ = ["ARMENIAN", "RULES", "RUSSIAN", "formatters", "slug_of", "transliterate"]
