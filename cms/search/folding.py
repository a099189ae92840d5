"""One spelling for what is indexed and what is asked, and the words of a text.

և, եւ and եվ are the same; capitals, marks inside words (՞ ՜ ՛), ligatures, soft hyphens and look-alike letters of
other scripts do not matter; «N 45-Ա», «45 Ա» and «№45-Ա» are one number; a date is one word however it is written.
Orthography: Unicode block U+0530-058F, ligatures U+FB13-FB17. Never upper-case here: 'և' would become 'ԵՒ'.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

_LETTER = r"[^\W\d_]"
# Apostrophe, emphasis, exclamation, question, abbreviation; soft and Armenian hyphen; joiners; Latin apostrophes.
_MARKS = "\u055a\u055b\u055c\u055e\u055f\u00ad\u058a\u200b-\u200d\u0300-\u036f\u02bb\u02bc\u02b9\u2018\u2019'`"
_DASH = r"[-\u2010-\u2014\u058a]"
_NUMBER_SIGN = r"(?:(?<![^\W_])(?:N|n|No|№|[#]|հ)\.?\s?)?"
_TOKEN = re.compile(
    rf"""
    (?P<dotted>(?<!\d)(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})[./](?P<year>\d{{4}})(?!\d))
  | (?P<iso>(?<!\d)(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?!\d))
  | {_NUMBER_SIGN}(?P<act>\d+)(?:\s?{_DASH}\s?(?P<suffix>[ՆԱԼնալNALnalНАЛнал])|\s?(?P<bare>[ՆԱԼնլNALНАЛ]))(?![^\W_])
  | {_NUMBER_SIGN}(?P<grouped>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+)(?!\d)
  | {_NUMBER_SIGN}(?P<number>\d+)(?:{_DASH}?(?:րդ|ին|ից|ում|ով|ի|ը|ական|ամյա|թ|th|st|nd|rd|й|я|го|ой|м|г)(?!{_LETTER}))?
  | (?P<word>(?:{_LETTER})(?:{_LETTER}|[{_MARKS}]|\d)*)
    """,
    re.VERBOSE,
)
_STRIPPED = re.compile("[\u055a-\u055c\u055e\u055f\u00ad\u058a\u200b-\u200d\u02bb\u02bc\u02b9\u2018\u2019'`]")
_LIGATURES = str.maketrans({"ﬓ": "մն", "ﬔ": "մե", "ﬕ": "մի", "ﬖ": "վն", "ﬗ": "մխ"})
_ARMENIAN = re.compile("[\u0531-\u0556\u0561-\u0587]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# By their look: what stands in texts that were typed with two keyboards («Հայաuտանի», «oրենքի» of parliament.am).
_LOOKS = str.maketrans(
    {
        "o": "օ", "u": "ս", "h": "հ", "n": "ո", "g": "ց", "q": "զ", "f": "ֆ", "l": "լ", "j": "յ", "w": "ա", "r": "ր",
        "t": "է", "O": "Օ", "U": "Ս", "S": "Տ", "L": "Լ", "a": "ա", "e": "ե", "i": "ի", "k": "կ", "m": "մ", "p": "պ",
        "s": "ս", "d": "դ", "b": "բ", "v": "վ", "z": "զ", "c": "ց", "x": "խ", "y": "յ", "А": "Ա", "а": "ա", "О": "Օ",
        "о": "օ", "е": "ե", "у": "ս", "и": "ի", "к": "կ", "м": "մ", "н": "ն", "т": "տ", "р": "ր", "с": "ս", "п": "պ",
    }
)  # fmt: skip
# By their look or by their sound: nobody knows which keyboard was on.
_READINGS = {
    "o": ("օ", "ո"), "n": ("ո", "ն"), "u": ("ս", "ու"), "h": ("հ", "ի"), "g": ("ց", "գ"), "q": ("զ", "ք"),
    "t": ("է", "տ"), "j": ("յ", "ջ"), "w": ("ա", "վ"), "p": ("պ", "փ", "ր"), "c": ("ց", "ս"), "r": ("ր", "ռ"),
}  # fmt: skip
_MOST_READINGS = 48
_SUFFIXES = str.maketrans("NALНАЛ", "ՆԱԼՆԱԼ")
_MONTHS = {
    "hy": ("հունվար", "փետրվար", "մարտ", "ապրիլ", "մայիս", "հունիս",
           "հուլիս", "օգոստոս", "սեպտեմբեր", "հոկտեմբեր", "նոյեմբեր", "դեկտեմբեր"),
    "en": ("january", "february", "march", "april", "may", "june",
           "july", "august", "september", "october", "november", "december"),
    "ru": ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
}  # fmt: skip
_MONTH_ENDINGS = {"hy": ("", "ի", "ին", "ից", "ը", "ն"), "en": ("",), "ru": ("", "ь", "я", "а", "е", "ю", "й")}
_NAME_TOKENS = re.compile(r"\{(?:name|genitive)\}")
LONGEST = 48
_OLD_V, _LONE = re.compile("(?<=[աեի])ւ"), re.compile("(?<!ո)ւ")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its forms, the most exact first, and where it stands."""

    forms: tuple[str, ...]
    start: int
    end: int

    @property
    def form(self) -> str:
        """The most exact form."""
        return self.forms[0]


def has_armenian(text: str) -> bool:
    """Whether there is an Armenian letter."""
    return bool(_ARMENIAN.search(text))


def has_cyrillic(text: str) -> bool:
    """Whether there is a Cyrillic letter."""
    return bool(_CYRILLIC.search(text))


def has_latin(text: str) -> bool:
    """Whether there is a Latin letter."""
    return bool(_LATIN.search(text))


def fold_word(word: str) -> str:
    """The one spelling of a word."""
    word = unicodedata.normalize("NFC", word).translate(_LIGATURES)
    word = _STRIPPED.sub("", word)
    if has_armenian(word):
        if has_latin(word) or has_cyrillic(word):
            word = word.translate(_LOOKS)
        # Python's lower case turns neither ԵՎ nor ԵՒ into և, but և itself is folded into ե and ւ.
        word = word.casefold().replace("եւ", "եվ").replace("և", "եվ").replace("իւն", "յուն")
        # Alone, ւ is the վ of the old orthography after a vowel, and elsewhere an ու of which the ո was forgotten.
        word = _LONE.sub("ու", _OLD_V.sub("վ", word))
        return word[:LONGEST]
    return word.casefold().replace("ё", "е")[:LONGEST]


def other_readings(word: str) -> list[str]:
    """Further ways to read a word of mixed scripts; [] for a word of one script."""
    if not (has_armenian(word) and (has_latin(word) or has_cyrillic(word))):
        return []
    ways = product(*(_READINGS.get(letter, (letter,)) for letter in word.lower()))
    first = fold_word(word)
    return [
        way for way in dict.fromkeys(fold_word("".join(way)) for way in islice(ways, _MOST_READINGS)) if way != first
    ]


def without_tokens(text: str) -> str:
    """A text without the places where a community's name is put in when it is connected: they are no words."""
    return _NAME_TOKENS.sub(" ", text)


def fold(text: str) -> str:
    """A text in the one spelling, its words separated by spaces."""
    return " ".join(word.form for word in words_of(text))


def words_of(text: str, language: str = "hy") -> list[Word]:
    """The words of a text in order; dates in words carry the date as a further form."""
    words = list(_words(text))
    for first, last, forms in dates_in(words, language):
        month = next(index for index in range(first, last + 1) if not words[index].form.isdigit())
        kept = words[month]
        words[month] = Word((*kept.forms, *forms), kept.start, kept.end)
    return words


def _words(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        forms = _forms(match)
        if forms:
            yield Word(forms, match.start(), match.end())


def _forms(match: re.Match[str]) -> tuple[str, ...]:
    part = match.groupdict()
    if part["word"]:
        word = fold_word(part["word"])
        return (word,) if word else ()
    if part["dotted"]:
        return _date_forms(part["day"], part["month"], part["year"])
    if part["iso"]:
        return _date_forms(part["d"], part["m"], part["y"])
    if part["act"]:
        suffix = (part["suffix"] or part["bare"]).upper().translate(_SUFFIXES).casefold()
        number = part["act"].lstrip("0") or "0"
        return (f"{number}-{suffix}", number)
    if part["grouped"]:
        return (re.sub(r"\D", "", part["grouped"])[:LONGEST], *re.split(r"\D+", part["grouped"]))
    return (part["number"][:LONGEST],)


def _date_forms(day: str, month: str, year: str) -> tuple[str, ...]:
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return (f"{day}.{month}.{year}", year)
    return (f"{year}-{int(month):02}-{int(day):02}", f"m{int(month):02}-{int(day):02}", year)


def month_of(word: str, language: str) -> int:
    """Number of the month that the word names, 0 for another word."""
    for number, name in enumerate(_MONTHS[language], 1):
        if word.startswith(name) and word[len(name) :] in _MONTH_ENDINGS[language]:
            return number
    return 0


def dates_in(words: list[Word], language: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Dates written with the name of a month: first and last word, and their forms, the most exact first."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for index, word in enumerate(words):
        month = 0 if word.form[:1].isdigit() else month_of(word.form, language)
        if not month:
            continue
        before = words[index - 1].form if index else ""
        after = words[index + 1].form if index + 1 < len(words) else ""
        later = words[index + 2].form if index + 2 < len(words) else ""
        first = last = index
        if _is_day(before):
            day, first = before, index - 1
            year, last = (after, index + 1) if _is_year(after) else ("", index)
        elif _is_day(after):
            day, last = after, index + 1
            year, last = (later, index + 2) if _is_year(later) else ("", last)
        else:
            continue
        if not year and first:
            # «2026 թ. մայիսի 12-ին», «2026 թվականի մայիսի 12»: the year stands before, perhaps with a word between.
            for back in (first - 1, first - 2):
                if back >= 0 and _is_year(words[back].form):
                    year, first = words[back].form, back
                    break
        short = f"m{month:02}-{int(day):02}"
        found.append((first, last, (f"{year}-{month:02}-{int(day):02}", short) if year else (short,)))
    return found


def _is_day(form: str) -> bool:
    return form.isdigit() and len(form) <= 2 and 1 <= int(form) <= 31


def _is_year(form: str) -> bool:
    return form.isdigit() and len(form) == 4 and form[:2] in {"19", "20"}


__all__ = [
    "Word",
    "dates_in",
    "fold",
    "fold_word",
    "has_armenian",
    "has_cyrillic",
    "has_latin",
    "month_of",
    "other_readings",
    "without_tokens",
    "words_of",
]
