"""First forms of Armenian that the general dictionary lacks, or takes for forms of rarer words.

`data/lemmas/hy.txt` (a first form a line, after a colon the forms that no rule gives) and the single words of
`data/synonyms/hy.txt`, which are first forms by their own rule: «տենդեր» is no fever, «հաստիքներ» no verb.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from cms.search.folding import fold_word

DATA = Path(__file__).parent / "data"
# A word of the synonyms that may be the plural or a verb is not known to be a first form.
_NO_FIRST_FORM = re.compile("(?:ներ|եր|ել|ալ|ում|ված|ող|ով|ամբ|իկ|յան|վան|ացու|եցի)$")
SHORTEST = 4
# The vowel before the end that is lost when the word is declined: սակագին, սակագնի.
_LAST_VOWEL = re.compile("(?:ու|ի)([^աեէիոօու]{1,2})$")


@cache
def _read() -> tuple[frozenset[str], dict[str, str], dict[str, str]]:
    """First forms; irregular form -> first form; first form without its last vowel -> first form."""
    first: set[str] = set()
    forms: dict[str, str] = {}
    for line in (DATA / "lemmas" / "hy.txt").read_text(encoding="utf-8").splitlines():
        word, _colon, irregular = line.partition("#")[0].partition(":")
        if word.strip():
            lemma = fold_word(word.strip())
            first.add(lemma)
            forms |= {fold_word(form): lemma for form in irregular.split()}
    for line in (DATA / "synonyms" / "hy.txt").read_text(encoding="utf-8").splitlines():
        for word in (part.strip() for part in line.partition("#")[0].split(",")):
            if word.isalpha() and len(word) >= SHORTEST and word == word.lower() and not _NO_FIRST_FORM.search(word):
                first.add(fold_word(word))
    shortened = {}
    for word in first:
        short = _LAST_VOWEL.sub(r"\1", word)
        if short != word and len(short) >= SHORTEST and short not in first:
            shortened[short] = word
    return frozenset(first), forms, shortened


def is_listed(word: str) -> bool:
    """Whether the word is a first form of the lexicon."""
    return word in _read()[0]


def first_form(word: str, endings: tuple[str, ...]) -> str:
    """The first form of which the word is one by rule or exception, "" for a word that is not of the lexicon."""
    first, forms, shortened = _read()
    if word in first:
        return word
    if word in forms:
        return forms[word]
    for ending in endings:
        # «վճարում» is no place of «վճար» but the noun of its verb.
        if not word.endswith(ending) or len(word) - len(ending) < 3 or ending.startswith("ում"):
            continue
        base = word[: -len(ending)]
        if base in first:
            return base
        if ending[0] in "իոուե" and base in shortened:
            return shortened[base]
        if base.endswith("յ") and base[:-1] in first and base[-2] in "աո":
            return base[:-1]
    return ""


__all__ = ["first_form", "is_listed"]
