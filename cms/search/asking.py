"""What somebody asks for: the words that count, each with the stems of the index that may be meant, the surest first.

A word is looked for as it stands (all its inflections), then as one of its family, then by synonyms. Only a word that
leads nowhere is read as typed in other letters, with the wrong keyboard, cut short or with a slip; and a word that the
dictionary knows is never taken for a slip of another one. One word that leads nowhere at all means: nothing is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from cms.search import joining, naming, sounds, spelling, stems, synonyms
from cms.search.folding import Word, dates_in, other_readings, words_of
from cms.search.models import SearchTerm
from cms.search.question import BEGINNING, COMPOUND, EXACT, FAMILY, INFLECTED, MEANING, SLIP, SOUND, Asked, Question
from cms.search.stopwords import has_no_family, is_helping, is_stop, is_weak, named_kinds

MAX_WORDS = 12
_AUXILIARIES = frozenset({"է", "են", "եմ", "ես", "ենք", "եք", "էր", "էին", "չի", "չեն", "չէ"})
MAX_CANDIDATES = 12
MAX_READINGS = 3
SHORTEST_BEGINNING = 5
# Shorter roots make families of strangers: «գազել» is no gas.
SHORTEST_ROOT = 4
# A shorter beginning that two words share is a first form only where one of them is it.
SHORTEST_BASE = 4


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What stands between two spaces, as it was typed."""

    text: str
    start: int
    end: int


def understand(text: str, language: str) -> Question:
    """Read a question against the words of the current community's index: two short queries at most."""
    words = words_of(text, language)[:MAX_WORDS]
    chunks = [_Chunk(match.group(), match.start(), match.end()) for match in re.finditer(r"\S+", text)][:MAX_WORDS]
    asked = _asked(text, words, language)
    initials = [each.form for each in asked if each.is_initial]
    asked = [each for each in asked if not each.is_initial]
    synonymous = synonyms.of(language)
    naming.name_things(asked, synonymous, language)
    _look_up(asked, synonymous, language)
    asked = naming.apart(asked)
    # «w8w\wum» is one chunk that splits into pieces: read whole, or not at all.
    _read_otherwise(asked, chunks, synonymous, language)
    is_sentence = any(is_stop(word.form, language) for word in words)
    # «որտեղ են թափում»: beside «են» the form in -ում is the verb, not its noun.
    is_going_on = any(word.form in _AUXILIARIES for word in words)
    says = any(each.is_found and not each.is_helping and not each.is_weak for each in asked)
    kept = [
        each
        for each in asked
        if each.is_found
        or not (
            each.is_helping
            or (says and each.is_weak)
            or (is_sentence and stems.is_verb(each.form, language))
            or (is_going_on and each.form.endswith("ում") and language == "hy")
        )
    ]
    missing = [each.text for each in kept if not each.is_found]
    question = Question(text, language, [each for each in kept if each.is_found], missing)
    question.initials = initials
    question.kinds = named_kinds((word.form for word in words), language)
    question.wants_service = _wants_service(text, words, language)
    question.corrected = _corrected(text, asked)
    return question


def _is_initial(each: Asked) -> bool:
    return len(each.form) == 1 and each.form.isalpha()


def _asked(text: str, words: list[Word], language: str) -> list[Asked]:
    asked: list[Asked] = []
    dates = {first: (last, forms) for first, last, forms in dates_in(words, language)}
    index = 0
    while index < len(words):
        word = words[index]
        if index in dates:
            last, forms = dates[index]
            asked.append(Asked(text[word.start : words[last].end], forms[0]))
            index = last + 1
            continue
        index += 1
        if is_stop(word.form, language):
            continue
        each = Asked(text[word.start : word.end], word.form)
        each.is_helping = is_helping(word.form, language)
        each.is_weak = is_weak(word.form, language) or stems.is_verb(word.form, language)
        asked.append(each)
    if len(asked) > 1:
        for each in asked:
            each.is_initial = _is_initial(each)
    if not asked:  # a question of stop words only: they are what is looked for
        asked = [Asked(text[word.start : word.end], word.form) for word in words]
    return asked


def _terms(condition: Q, language: str) -> list[SearchTerm]:
    return list(SearchTerm.objects.filter(condition, language=language).only("word", "stem", "root", "sounds"))


def _look_up(asked: list[Asked], synonymous: synonyms.Synonyms, language: str) -> None:
    """As written: inflections, family, meaning. Only what stands in the index is kept."""
    wanted: dict[int, tuple[str, str]] = {}
    meanings: dict[int, list[tuple[synonyms.Key, float]]] = {}
    words_asked = [*asked, *(piece for each in asked for piece in each.pieces)]
    for index, each in enumerate(words_asked):
        if each.alternatives:
            meanings[index] = list(each.alternatives.items())
            each.alternatives = {}
            continue
        stem, root = stems.stem(each.form, language), stems.root(each.form, language)
        wanted[index] = (stem, root)
        family = root if len(root) >= SHORTEST_ROOT else ""
        meanings[index] = [(other, MEANING) for other in synonymous.others((stem,), family)]
        meanings[index] += [(other, FAMILY) for other in each.meanings]
    parts = [stem for key_list in meanings.values() for key, _sure in key_list for stem in key]
    families = {stems.root(part, language) for part in parts}
    words = {words_asked[index].form for index in wanted}
    roots = {root for _stem, root in wanted.values() if len(root) >= SHORTEST_ROOT}
    bases = {index: set(stems.bases(words_asked[index].form)) for index in wanted}
    begin = {index: stems.compounds(words_asked[index].form) for index in wanted if not words_asked[index].is_helping}
    condition = Q(word__in=words) | Q(stem__in={*parts, *(stem for stem, _root in wanted.values())})
    condition |= Q(root__in=roots | families)
    short = {index: stems.short_root(words_asked[index].form) for index in wanted}
    roots |= {root for root in short.values() if root}
    families_of = {
        index: {f"/{each}" for each in (root, short[index]) if len(each) > SHORTEST_ROOT}
        for index, (_stem, root) in wanted.items()
    }
    written = [f"+{base}" for found in bases.values() for base in found]
    written += [key for keys in families_of.values() for key in keys]
    if written:
        condition |= Q(sounds__overlap=written)
    for beginnings in begin.values():
        for beginning in beginnings:
            condition |= Q(word__startswith=beginning)
    condition |= Q(root__in=roots | families)
    joined = joining.joined_forms(asked, wanted)
    compounds = {each: stems.stem(each, language) for forms in joined.values() for each in forms}
    condition |= Q(word__in=compounds) | Q(stem__in=set(compounds.values()))
    terms = _terms(condition, language)
    for index, (stem, root) in wanted.items():
        each = words_asked[index]
        for term in terms:
            if term.word == each.form or term.stem == stem:
                each.may_be((term.stem,), EXACT)
            elif _is_inflected(each.form, bases[index], term):
                each.may_be((term.stem,), INFLECTED)
            elif _is_related(term, (root, short[index]), families_of[index]):
                each.may_be((term.stem,), FAMILY)
            elif term.word.startswith(begin.get(index) or "\0"):
                each.may_be((term.stem,), COMPOUND)
    _mean(words_asked, meanings, terms, language)
    joining.join(asked, joined, compounds, terms, language)


def _is_inflected(word: str, bases: set[str], term: SearchTerm) -> bool:
    """Whether two words without a dictionary are forms of one: «Գոշի» and «Գոշում», «Հաղարծինում» and «Հաղարծնի»."""
    shared = [base for base in bases if f"+{base}" in term.sounds] if bases else []
    return any(len(base) > SHORTEST_BASE or base in (word, term.word) for base in shared)


def _is_related(term: SearchTerm, roots: tuple[str, str], families: set[str]) -> bool:
    """Whether a term is of one family with a word, by its root or by the root without its last vowel."""
    return (term.root in roots and len(term.root) >= SHORTEST_ROOT) or not families.isdisjoint(term.sounds)


def _mean(
    asked: list[Asked], meanings: dict[int, list[tuple[synonyms.Key, float]]], terms: list[SearchTerm], language: str
) -> None:
    """Add the synonyms that the index has, single ones with their family."""
    there = {term.stem for term in terms}
    by_root: dict[str, set[str]] = {}
    for term in terms:
        by_root.setdefault(term.root, set()).add(term.stem)
    for index, keys in meanings.items():
        for key, sure in keys:
            if all(stem in there for stem in key):
                asked[index].may_be(key, sure)
            elif len(key) == 1:
                root = stems.root(key[0], language)
                if has_no_family(key[0], language) or has_no_family(root, language):
                    continue
                for stem in by_root.get(root, ()) if len(root) >= SHORTEST_ROOT else ():
                    asked[index].may_be((stem,), sure * FAMILY)


def _read_otherwise(asked: list[Asked], chunks: list[_Chunk], synonymous: synonyms.Synonyms, language: str) -> None:
    """Words that lead nowhere: other letters, the wrong keyboard, a beginning, a slip."""
    lost = [each for each in asked if not each.is_found and each.form[:1].isalpha() and len(each.form) > 2]
    whole = _whole_chunks(asked, chunks, language)
    if not lost and not whole:
        return
    condition = Q(pk__in=[])
    heard: dict[str, dict[str, float]] = {}
    for each in lost:
        others = _other_spellings(each, language)
        condition |= Q(word__in=others) | Q(stem__in=[stems.stem(word, language) for word in others])
        for beginning in _beginnings(others):
            condition |= Q(word__startswith=beginning)
        if sounds.is_foreign(each.form, language):
            heard[each.form] = sounds.asked_sounds(each.text)
            keys = list(heard[each.form])
            slips = [f"~{slip}" for key in keys[:2] if len(key) >= 6 for slip in spelling.slips(f"{key}")]
            condition |= Q(sounds__overlap=keys)
            if slips:
                condition |= Q(slip_keys__overlap=spelling.keys(slips))
            condition |= Q(sounds__overlap=sounds.asked_rough(each.form))
        elif not stems.is_known(each.form):
            condition |= Q(word__in=[part for pair in joining.pairs(each.form) for part in pair])
            slips = list(
                spelling.slips(each.form)
                | spelling.slips(stems.stem(each.form, language))
                | spelling.slips(stems.short_root(each.form))
            )
            if slips:
                condition |= Q(slip_keys__overlap=spelling.keys(slips))
            condition |= Q(sounds__overlap=_rough(each, language))
        if len(each.form) >= SHORTEST_BEGINNING:
            condition |= Q(word__startswith=each.form) | Q(root__in=_shorter_roots(each.form, language))
        head = stems.head(each.form) if len(asked) > 1 else ""
        if head:
            condition |= Q(stem=head)
    for _asked_each, _parts, words in whole:
        condition |= Q(word__in=words) | Q(stem__in=[stems.stem(word, language) for word in words])
    terms = _terms(condition, language)
    for each, parts, words in whole:
        if _read_as(each, words, terms, EXACT, language):
            position = asked.index(parts[0])
            for part in parts:
                asked.remove(part)
            asked.insert(position, each)
            lost = [one for one in lost if one not in parts]
            _add_meanings(each, synonymous, language)
    for each in lost:
        _guess(each, terms, heard.get(each.form, {}), language)
        _add_meanings(each, synonymous, language)
    _by_dictionary([each for each in lost if not each.is_found], heard, synonymous, language)
    if len(asked) > 1:
        # «ավտոճանապարհի նորոգում»: beside other words the kind of thing is enough.
        there = {term.stem for term in terms}
        for each in lost:
            head = "" if each.is_found else stems.head(each.form)
            if head in there:
                each.may_be((head,), COMPOUND)


def _other_spellings(each: Asked, language: str) -> list[str]:
    """Native words that a lost one may be: of mixed letters, of the wrong keyboard, or typed as it sounds."""
    words = [*other_readings(each.text), *sounds.from_wrong_keyboard(each.text, language)]
    if language == "hy" and sounds.is_foreign(each.form, language):
        words += sounds.armenian_spellings(each.form)
    return [word for word in dict.fromkeys(words) if word]


def _beginnings(words: list[str]) -> tuple[str, ...]:
    """How compounds with one of these begin; words that may be read in many ways are left out."""
    known = [word for word in words if stems.is_known(word)]
    return tuple(beginning for word in known[:3] for beginning in stems.compounds(word) if len(beginning) >= 5)


def _whole_chunks(
    asked: list[Asked], chunks: list[_Chunk], language: str
) -> list[tuple[Asked, list[Asked], list[str]]]:
    """Chunks that split into several words, all lost, and may be one word of another keyboard."""
    found = []
    for chunk in chunks:
        parts = [each for each in asked if each.text in chunk.text and not each.is_found]
        if not parts or all(each.text == chunk.text for each in parts):
            continue
        words = sounds.from_wrong_keyboard(chunk.text, language)
        if words:
            found.append((Asked(chunk.text, chunk.text), parts, words))
    return found


def _read_as(each: Asked, words: list[str], terms: list[SearchTerm], sure: float, language: str) -> bool:
    keys = {stems.stem(word, language) for word in words}
    for term in terms:
        if term.word in words or term.stem in keys:
            each.may_be((term.stem,), sure)
            each.read_as = each.read_as or term.word
    return each.is_found


def _guess(each: Asked, terms: list[SearchTerm], heard: dict[str, float], language: str) -> None:
    """The surest way of reading that leads somewhere."""
    others = _other_spellings(each, language)
    beginnings_of = _beginnings(others)
    if beginnings_of:
        for term in terms:
            if term.word.startswith(beginnings_of):
                each.may_be((term.stem,), COMPOUND)
    if heard:
        real = {stems.stem(word, language) for word in sounds.real_words(each.form)} if language == "hy" else set()
        if real and not any(term.stem in real for term in terms):
            # «krkes» is a circus, which the index does not have: without its ending it is something else.
            heard = {sound: sure for sound, sure in heard.items() if sure >= 1}
        best = {
            term.stem: max(heard.get(sound, 0) for sound in term.sounds)
            for term in terms
            if set(term.sounds) & set(heard)
        }
        for stem, sure in sorted(best.items(), key=lambda pair: -pair[1])[:MAX_CANDIDATES]:
            each.may_be((stem,), SOUND * sure)
        if best:
            full = sounds.sounds(each.form)
            named = sorted(
                (term for term in terms if term.stem in best and set(term.sounds) & set(heard)),
                key=lambda term: (full not in term.sounds, -best[term.stem], len(term.word)),
            )
            each.read_as = named[0].word
            return
    if others and _read_as(each, others, terms, SOUND, language):
        return
    beginnings = [term for term in terms if len(each.form) >= SHORTEST_BEGINNING and term.word.startswith(each.form)]
    slips = _by_slips(each, terms, heard, language)
    if slips and (not beginnings or slips[0][0] == 1):
        least = slips[0][0]
        for slipped, term in slips[:MAX_CANDIDATES]:
            if slipped == least:
                each.may_be((term.stem,), SLIP)
        each.read_as = slips[0][1].word
    if not slips and not heard:
        there = {term.word: term.stem for term in terms}
        for first, second in joining.pairs(each.form):
            if first in there and second in there:
                each.may_be((there[first], there[second]), SLIP)
    if beginnings and not stems.is_known(each.form):
        for term in sorted(beginnings, key=lambda term: len(term.word))[:MAX_CANDIDATES]:
            each.may_be((term.stem,), BEGINNING)
    if not each.is_found and not stems.is_known(each.form):
        # By ear: «ովանես» for Հովհաննես, «Акопджанян» for Հակոբջանյան.
        keys = set(_rough(each, language))
        for term in terms:
            if keys & set(term.sounds):
                each.may_be((term.stem,), SLIP)
                each.read_as = each.read_as or term.word
    if not each.is_found and not stems.is_known(each.form):
        derived = set(_shorter_roots(each.form, language))
        for term in terms:
            if term.root in derived and len(each.form) >= 2 + SHORTEST_BEGINNING:
                each.may_be((term.stem,), BEGINNING)


def _rough(each: Asked, language: str) -> list[str]:
    return sounds.asked_rough(each.form) + sounds.asked_rough(stems.stem(each.form, language))


def _shorter_roots(word: str, language: str) -> list[str]:
    """What a word may be derived from by endings that no rule knows: «աուդիտորական» from «աուդիտ»."""
    root = stems.root(word, language)
    return [root[:size] for size in range(max(SHORTEST_BEGINNING, len(root) - 5), len(root))]


def _by_slips(
    each: Asked, terms: list[SearchTerm], heard: dict[str, float], language: str
) -> list[tuple[int, SearchTerm]]:
    """Terms within the allowed number of slips, the nearest first."""
    found: list[tuple[int, SearchTerm]] = []
    if heard:
        usual = sounds.sounds(each.form)
        for term in terms:
            if any(len(sound) >= 6 and spelling.distance(usual, sound, 1) <= 1 for sound in term.sounds):
                found.append((1, term))
        return sorted(found, key=lambda pair: (pair[0], len(pair[1].word)))
    if stems.is_known(each.form):
        return []
    stem = stems.stem(each.form, language)
    for term in terms:
        most = spelling.allowed(each.form)
        away = min(
            spelling.distance(each.form, form, most) for form in (term.word, term.stem, spelling.bare(term.word))
        )
        if away > most and len(stem) >= spelling.SHORTEST and len(term.stem) >= spelling.SHORTEST:
            away = min(spelling.distance(one, term.stem, 1) for one in (stem, stems.short_root(each.form)) if one)
            if away > 1:
                continue
        if away <= most:
            found.append((away, term))
    return sorted(
        found, key=lambda pair: (pair[0], pair[1].word[:1] != each.form[:1], abs(len(pair[1].word) - len(each.form)))
    )


def _by_dictionary(
    lost: list[Asked], heard: dict[str, dict[str, float]], synonymous: synonyms.Synonyms, language: str
) -> None:
    """Words that no entry holds, in other letters or with a slip, but the dictionary does: their synonyms."""
    meanings: dict[int, list[tuple[synonyms.Key, float]]] = {}
    for index, each in enumerate(lost):
        for key in _of_dictionary(each, heard, synonymous, language):
            others = synonymous.others(key, stems.root(key[0], language))
            known = [(key, SLIP), *((other, SLIP * MEANING) for other in others)]
            meanings[index] = [*meanings.get(index, []), *known]
    parts = {stem for keys in meanings.values() for key, _sure in keys for stem in key}
    if parts:
        families = {stems.root(part, language) for part in parts}
        _mean(lost, meanings, _terms(Q(stem__in=parts) | Q(root__in=families), language), language)


def _of_dictionary(
    each: Asked, heard: dict[str, dict[str, float]], synonymous: synonyms.Synonyms, language: str
) -> list[synonyms.Key]:
    """The words of the municipal dictionary that a lost one may be."""
    if each.form not in heard:
        key = () if stems.is_known(each.form) else synonymous.slipped(each.form)
        return [key] if key else []
    keys: list[synonyms.Key] = [(stems.stem(word, language),) for word in _other_spellings(each, language)]
    keys = [key for key in dict.fromkeys(keys) if synonymous.others(key)][:MAX_READINGS]
    key = synonymous.heard(heard[each.form])
    return keys or ([key] if key else [])


def _add_meanings(each: Asked, synonymous: synonyms.Synonyms, language: str) -> None:
    """The family and the synonyms of what a word was read as; retrieval drops those that no entry holds."""
    for key, sure in list(each.alternatives.items()):
        if len(key) == 1:
            for other in synonymous.others(key, stems.root(key[0], language)):
                each.may_be(other, sure * MEANING)


def _wants_service(text: str, words: list[Word], language: str) -> bool:
    return any(is_helping(word.form, language) for word in words) or any(
        word.form in {"ինչպես", "how", "как", "որտեղ", "where", "где"} for word in words
    )


def _corrected(text: str, asked: list[Asked]) -> str:
    corrected = text
    for each in asked:
        if each.read_as and each.read_as != each.form:
            corrected = corrected.replace(each.text, each.read_as, 1)
    return "" if corrected == text else corrected


__all__ = ["understand"]
