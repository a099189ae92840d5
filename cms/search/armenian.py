"""Stems of Armenian words: a dictionary of forms where it knows the word, rules of the language where it does not.

The dictionary (simplemma, 54 languages; only the Armenian part is read) gives the first form with all changes of
vowels: ջրի -> ջուր, որոշման -> որոշում, Մեղրու -> Մեղրի. Names and new words go by the rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cms.search import lexicon

# Case and number endings with articles and possessives, longest first.
_PLURAL = ("ներ", "եր")
_CASES = ("ի", "ին", "ից", "ով", "ում", "ը", "ն", "ս", "դ", "իս", "իդ", "ինը", "ինն", "ովս", "իցս", "ումս", "ումը")
_SINGULAR = (*_CASES, "ու", "ուն", "ուց", "վա")
ENDINGS = tuple(
    sorted(
        {*_SINGULAR, *_PLURAL, *(f"{plural}{case}" for plural in _PLURAL for case in _CASES)},
        key=lambda ending: (-len(ending), ending),
    )
)
# What the end of a word becomes when it is declined; the first form again.
_CHANGED = (
    ("ությունների", "ություն"),
    ("ությունները", "ություն"),
    ("ություններ", "ություն"),
    ("ության", "ություն"),
    ("ությամբ", "ություն"),
    ("ությանը", "ություն"),
    ("ությանն", "ություն"),
    ("ությունից", "ություն"),
)
# Nouns of action: «ծառահատման» and «ծառահատում» meet in «ծառահատ».
_ACTIONS = tuple(
    f"{form}{end}" for form in ("ման", "ում") for end in ("ը", "ն", "ից", "ի", "ներ", "ներն", "ները", "ների", "")
)
_ACTIONS += ("մամբ", "ումով", "ումներով", "ումներից", "ումներում", "ումներին")
# Endings of derivation, for the root: a verb, its noun, an adjective and a quality of one root belong together.
_DERIVED = (
    "ությունը",
    "ություն",
    "ական",
    "ային",
    "ացիոն",
    "ացիա",
    "եցնել",
    "եցում",
    "վածք",
    "վել",
    "վում",
    "ել",
    "ալ",
    "ում",
    "ված",
    "ող",
    "իչ",
    "ույթ",
)
# «մատերիալական» is not of a verb in -ալ.
_DERIVED_AGAIN = tuple(ending for ending in _DERIVED if ending != "ալ")
# First forms that look like declined ones.
_FIRST_FORMS = ("ություն", "ային", "ական", "յան", "ենց")
# Where the dictionary is silent or means something rarer: հացի is an ash tree there, գարնան comes from barley.
_CORRECTED = {
    form: first
    for first, forms in {
        "հաց": "հաց հացի հացը հացից հացով հացեր հացերի",
        "գին": "գին գինը գնի գնից գնով գներ գները գների գներով",
        "գարուն": "գարուն գարունը գարնան գարնանը գարունն",
        "հայր": "հայր հոր հորը հորից հորն հորով",
        "դուստր": "դուստր դստեր դստերը դստրիկ դստերից",
        "ընկեր": "ընկերի ընկերից ընկերոջ ընկերոջը",
        "հսկիչ": "հսկիչ հսկչի հսկիչի",
    }.items()
    for form in forms.split()
}
# Genitives that the dictionary takes for first forms of rarer words.
_GENITIVES = frozenset(
    ("ափի", "հացի", "աղի", "ծիրանի", "կանաչի", "սեռի", "պապի", "արծաթի", "ականի", "տեղի", "լարի", "գեղձի")
)
# Finite forms of passive verbs, which the dictionary has only as infinitives: (կ)կառուցվի, կառուցվեց -> կառուցել.
_PASSIVE = re.compile("^(.{2,}?)վ(?:ի|են|եմ|եց|եցին|եցինք|եր|եին|ելու|ելիս|ում|ող|ողի|ողներ|ողների)$")
_PLURALS = re.compile("(?<=..)ներ(?:ի|ին|ից|ով|ում|ը|ն|ս|դ)?$")
_LAST_VOWEL = re.compile("(?:յու|ու|ի)([^աեէիոօու]{1,2})$")
# Short nouns that stand at the end of many compounds.
_SHORT_PARTS = frozenset(
    {"ջուր", "տուն", "գին", "հոր", "հող", "լույս", "պետ", "հարկ", "վարձ", "տեղ", "գիր", "գիծ", "չափ", "շուկա", "մաս"}
    | {"շար", "վար", "հանք", "տար", "բույժ", "բուժ", "միս", "ձուկ"}
)
# Of beginnings of three letters only these: «լրացնել» is not of «լուր».
_SHORT_BEGINNINGS = frozenset({"ջրա", "ձնա", "շնա", "տնա", "մսա", "լճա", "հրա", "մթա", "ձկա", "գնա"})
SHORTEST_INFLECTED = 3
_SHORTEST = 3
_SHORTEST_ROOT = 3
# What a second layer of endings must leave.
_SHORTEST_FAMILY = 4
_AGENT = re.compile("(.{2,}[^աեէիոօու]{2})չ$")


class _Dictionary:
    """The forms known, read at the first question (about 0.3 s and 50 MB, once a process)."""

    def __init__(self) -> None:
        self._forms: Mapping[Any, Any] | None = None

    def lemma(self, word: str) -> str:
        """The first form of a word in the one spelling, "" when the dictionary does not have it."""
        if self._forms is None:
            from simplemma.strategies.dictionaries import DefaultDictionaryFactory

            self._forms = DefaultDictionaryFactory().get_dictionary("hy")
        for form in _spellings(word):
            found = self._forms.get(form)
            if found:
                return str(found).casefold().replace("եւ", "եվ").replace("և", "եվ")
        return ""


_dictionary = _Dictionary()


def read_dictionary() -> None:
    """Read the dictionary now: before a server forks, so that its processes share the 50 MB."""
    _dictionary.lemma("ջուր")


def _spellings(word: str) -> list[str]:
    """How the dictionary may write a word of the one spelling: և or եվ, with or without a capital."""
    forms = [word]
    if "եվ" in word:
        forms.append(word.replace("եվ", "և"))
    return [*forms, *(form[:1].upper() + form[1:] for form in forms if form[:1] not in ("և", ""))]


def _first_form(word: str) -> str:
    """What the dictionary says, where it takes some words for a form of another («պատճեն» for one of «պատճե»).

    A word whose genitive leads back to it is a first form itself; otherwise the way is followed to its end.
    """
    if word not in _GENITIVES and _dictionary.lemma(f"{word}ի") == word:
        return word
    found = _dictionary.lemma(word)
    if found in _GENITIVES:
        return found[:-1]
    if found and found != word and _dictionary.lemma(f"{found}ի") != found:
        found = _dictionary.lemma(found) or found
    # «ֆինանսներ» has no other first form there.
    return found[:-3] if found.endswith("ներ") and len(found) > 7 else found


@lru_cache(maxsize=100_000)
def lemma(word: str) -> str:
    """The first form of a word, "" when neither the dictionary nor one of the endings leads to a known word."""
    if word in _CORRECTED:
        return _CORRECTED[word]
    found = lexicon.first_form(word, ENDINGS) or _in_place(word) or _first_form(word) or _active(word)
    if found.endswith(("ել", "ալ")) and _PLURALS.search(word):
        # «հաստիքներ» is no verb, though one has such a form: nouns alone have this plural.
        base = _PLURALS.sub("", word)
        found = _first_form(base) or found
        return base if found.endswith(("ել", "ալ")) and not base.endswith(("ող", "ած")) else found
    if found:
        return found
    for changed, first in _CHANGED:
        if word.endswith(changed) and len(word) - len(changed) >= 2:
            found = _first_form(word[: -len(changed)] + first)
            if found:
                return found
    for ending in _ACTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            found = _first_form(word[: -len(ending)] + "ում")
            if found:
                return found
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            found = _first_form(word[: -len(ending)])
            if found:
                return found
    return ""


def _in_place(word: str) -> str:
    """«Իջևանում» of «Իջևան»; not «վճարում» of «վճար», which is the noun of a verb."""
    base = word.removesuffix("ում")
    return base if base != word and lexicon.is_listed(base) and not _dictionary.lemma(f"{base}ել") else ""


def _active(word: str) -> str:
    """The verb of which the word is a finite passive form, "" for another word."""
    match = _PASSIVE.match(word)
    if match:
        # With կ- it is the future, with չ- the denial of the same verb.
        for start in (match[1], match[1][1:] if match[1][0] in "կչ" else ""):
            if len(start) < 2:
                continue
            for ending in ("ել", "նել", "ալ"):
                found = _first_form(start + ending)
                if found.endswith(("ել", "ալ")):
                    return found
    return ""


@lru_cache(maxsize=100_000)
def _compound(word: str) -> str:
    """A compound whose last part is known, with that part in its first form: խմելաջրի -> խմելաջուր."""
    for cut in range(3, len(word) - 2):
        tail = word[cut:]
        if word[cut - 1] != "ա" or tail in ENDINGS:
            continue
        found = lemma(tail[:-1]) if tail.endswith("ի") and len(tail) > 4 else ""  # «վայրի» is no wild animal here
        found = found or lemma(tail)
        if found.endswith(("ել", "ալ")) or len(found) < 3:
            continue
        # Of short parts only those that compounds are made with: «կոնտակտի» holds no «կտի».
        if len(tail) > 4 or found in _SHORT_PARTS:
            return word[:cut] + found
    return ""


def is_known(word: str) -> bool:
    """Whether it is a real word of the language, so that nobody need guess what was meant."""
    return bool(lemma(word))


def is_verb(word: str) -> bool:
    """Whether it is a form of a verb that the dictionary knows, other than a noun made of it."""
    return lemma(word).endswith(("ել", "ալ")) and not word.endswith("ում")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What a word is indexed by: its first form, or what the rules leave of it."""
    known = lemma(word)
    if known:
        return known
    for changed, first in _CHANGED:
        if word.endswith(changed) and len(word) - len(changed) >= 2:
            return word[: -len(changed)] + first
    if word.endswith(_FIRST_FORMS):
        return word
    for ending in ENDINGS:
        base = word[: -len(ending)]
        if word.endswith(ending) and base.endswith(("ական", "ային")) and len(base) >= 7:
            return base
    for ending in sorted(_ACTIONS, key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST:
            return _without_glide(word[: -len(ending)])
    compound = _compound(word)
    if compound:
        return compound
    return _bare(word)


def _without_glide(rest: str) -> str:
    """«օլիմպիադայ(ի)» without the letter that only keeps two vowels apart."""
    return rest[:-1] if rest.endswith(("այ", "ոյ")) and len(rest) > _SHORTEST + 1 else rest


def _bare(word: str) -> str:
    """By the rules alone. One consonant at the end of an unknown word is its own rather than an article."""
    for ending in ENDINGS:
        if (
            ending not in ("ն", "ս", "դ")
            and word.endswith(ending)
            and len(word) - len(ending) >= _SHORTEST + (len(ending) < 2)
        ):
            rest = word[: -len(ending)]
            rest = _without_glide(rest)
            # «Մեղրու» and «Մեղրի» meet without their last vowel.
            return rest[:-1] if rest.endswith("ի") and len(rest) > _SHORTEST + 1 else rest
    return word


@lru_cache(maxsize=100_000)
def short_root(word: str) -> str:
    """The root of a long word without its last vowel, which comes and goes; "" where it has none to lose.

    So «գործազուրկ» and «գործազրկություն» meet, and «համակարգիչ» and «համակարգչային».
    """
    family = root(word)
    short = _LAST_VOWEL.sub(r"\1", family)
    short = _AGENT.sub(r"\1", short if len(short) > _SHORTEST_FAMILY else family)
    return "" if short == family else short


@lru_cache(maxsize=100_000)
def bases(word: str) -> tuple[str, ...]:
    """All that a word without a dictionary may be a form of: «հաղարծնի» of «հաղարծնի» or «հաղարծին», less its vowel."""
    found = {word}
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            found.add(word[: -len(ending)])
    found |= {base[:-1] for base in found if base.endswith(("այ", "ոյ")) and len(base) > _SHORTEST}
    found |= {_LAST_VOWEL.sub(r"\1", base) for base in found if len(base) > _SHORTEST_FAMILY}
    return tuple(sorted(found))


@lru_cache(maxsize=20_000)
def head(word: str) -> str:
    """The last part of a compound, which says what kind of thing it is: ավտոճանապարհ -> ճանապարհ; "" for none."""
    for cut in range(3, len(word) - 4):
        if word[cut - 1] in "աո":
            found = lemma(word[cut:])
            if len(found) >= 5 and not found.endswith(("ել", "ալ")):
                return found
    return ""


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """What words of one family share: վճարում, վճարել and վճարի -> վճար."""
    first = stem(word)
    if first.endswith("ի") and len(first) > _SHORTEST_ROOT:
        first = first[:-1]
    least = _SHORTEST_ROOT
    derived: tuple[str, ...] = _DERIVED
    for _layer in range(3):  # «ներդրումային» is of «ներդրում», which is of «ներդնել»
        ending = next((each for each in derived if first.endswith(each) and len(first) - len(each) >= least), "")
        if not ending:
            break
        first, least = first[: -len(ending)], _SHORTEST_FAMILY
        derived = _DERIVED_AGAIN
    return first


@lru_cache(maxsize=20_000)
def beginnings_of_compounds(word: str) -> tuple[str, ...]:
    """How compounds with this word begin: հերթ -> հերթա(գրում), ջուր -> ջրա(մատակարարում), ձյուն -> ձնա(մաքրում)."""
    first = stem(word)
    short = first.removesuffix("ել") if is_known(word) else first
    found = [short + "ա"] if len(first) >= 3 and not first.endswith("ա") else []
    if is_verb(word) or short != first:
        # «գազել» is no gas, «նստի» no bench: only what is left of a long verb tells enough.
        return tuple(each for each in (*found, f"{root(word)}ա") if len(each) >= 6)
    reduced = _LAST_VOWEL.sub(r"\1", first)
    if reduced != first and len(reduced) >= 2 and len(first) <= 8:
        found.append(f"{reduced}ա")
    family = root(word)
    if len(family) >= 4 and not first.endswith(("իչ", "ություն")):
        found.append(f"{family}ա")
    return tuple(dict.fromkeys(each for each in found if len(each) >= 4 or each in _SHORT_BEGINNINGS))


__all__ = [
    "ENDINGS",
    "SHORTEST_INFLECTED",
    "bases",
    "beginnings_of_compounds",
    "head",
    "is_known",
    "is_verb",
    "lemma",
    "read_dictionary",
    "root",
    "short_root",
    "stem",
]
