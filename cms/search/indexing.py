"""Writing the index: the entries of the sources, and the words they are written with.

What is saved, published, moved or deleted is looked at again once, after the commit, in all languages
(cms.search.watching calls `look_again`). Bulk work pauses that and calls `refresh` or `reindex` at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Func, Q, Value

from cms.search import stems
from cms.search.folding import Word, other_readings, without_tokens, words_of
from cms.search.models import SearchEntry, SearchTerm
from cms.search.sounds import rough, sounds
from cms.search.sources import Found, Source, sources
from cms.search.spelling import bare, keys, slips
from cms.search.stopwords import name_of_kind

CODES = [code for code, _name in settings.LANGUAGES]
_BATCH = 500
MAX_BODY = 60_000
# PostgreSQL keeps no position above this in a vector.
_LAST_POSITION = 16_383
_ENTRY_FIELDS = ["kind", "title", "body", "url", "date", "year", "title_vector", "vector"]


@dataclass(frozen=True, slots=True)
class Term:
    """A spelling as it goes into the vocabulary."""

    word: str
    stem: str
    root: str
    sounds: tuple[str, ...]
    slip_keys: tuple[int, ...]


@lru_cache(maxsize=60_000)
def term_of(word: str, language: str) -> Term:
    """The keys of a word in the one spelling."""
    stem, root = stems.stem(word, language), stems.root(word, language)
    if not word[:1].isalpha():
        return Term(word, stem, root, (), ())
    heard = {sounds(each) for each in (word, stem, root) if len(each) > 2}
    forms = (
        slips(word) | slips(stem) | slips(bare(word)) | {f"~{slip}" for sound in heard for slip in _sound_slips(sound)}
    )
    heard |= {key for key in (rough(word), rough(stem)) if key}
    heard |= {f"+{base}" for base in stems.bases(word)}
    short = stems.short_root(word)
    if short:
        heard.add(f"/{short}")
    return Term(word, stem, root, tuple(sorted(heard)), tuple(keys(forms)))


def _sound_slips(sound: str) -> set[str]:
    """Slips of a key of sounds; short keys are too much alike."""
    if not 6 <= len(sound) <= 24:
        return set()
    return {sound, *(sound[:index] + sound[index + 1 :] for index in range(len(sound)))}


def quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


class Vector(Func):
    """A `tsvector` from its text: PostgreSQL neither splits nor changes the lexemes."""

    template = "%(expressions)s::tsvector"
    output_field = SearchVectorField()

    def __init__(self, text: str) -> None:
        super().__init__(Value(text))


def vector_text(placed: Iterable[tuple[str, int, str]]) -> str:
    """The text of a vector from (lexeme, position, weight)."""
    places: dict[str, list[str]] = {}
    for lexeme, position, weight in placed:
        at = places.setdefault(lexeme, [])
        if len(at) < 64:
            at.append(f"{min(position, _LAST_POSITION)}{weight}")
    return " ".join(f"{quoted(lexeme)}:{','.join(at)}" for lexeme, at in places.items())


def _lexemes(words: list[Word], text: str, language: str, terms: dict[str, Term]) -> list[tuple[str, int]]:
    found = []
    for position, word in enumerate(words, 1):
        forms = word.forms
        for form in (*forms, *other_readings(text[word.start : word.end])[:3]):
            term = terms.get(form) or terms.setdefault(form, term_of(form, language))
            found.append((term.stem, position))
    return found


def entry_of(source: Source, key: str, language: str, found: Found, terms: dict[str, Term]) -> SearchEntry:
    """The row of a thing, unsaved; its words are added to `terms`."""
    title, body = without_tokens(found.title), without_tokens(found.body[:MAX_BODY])
    of_title = _lexemes(words_of(title, language), title, language, terms)
    of_body = _lexemes(words_of(body, language), body, language, terms)
    after = len(of_title) + 20
    if found.date:
        said = words_of(f"{found.date:%d.%m.%Y}", language)
        of_body += [(lexeme, _LAST_POSITION) for lexeme, _position in _lexemes(said, "", language, terms)]
    name = name_of_kind(found.kind or source.kind, language)
    if name:
        # An act is found as «որոշում», also where its title does not say so.
        terms.setdefault(name, term_of(name, language))
        of_body.append((terms[name].stem, _LAST_POSITION))
    titled = [(lexeme, position, "A") for lexeme, position in of_title]
    return SearchEntry(
        source=source.name,
        object_key=key,
        language=language,
        kind=found.kind or source.kind,
        title=found.title,
        body=found.body[:MAX_BODY],
        url=found.url[:500],
        date=found.date,
        year=found.year or (found.date.year if found.date else None),
        title_vector=Vector(vector_text(titled)),
        vector=Vector(vector_text([*titled, *((lexeme, position + after, "D") for lexeme, position in of_body)])),
    )


def _write(entries: list[SearchEntry], terms: dict[str, dict[str, Term]]) -> None:
    SearchEntry.objects.bulk_create(
        entries,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["source", "object_key", "language"],
        update_fields=_ENTRY_FIELDS,
    )
    add_terms(terms)


def add_terms(terms: dict[str, dict[str, Term]]) -> None:
    """Words of a language that the vocabulary does not have yet: language -> word -> term."""
    for language, known in terms.items():
        # Sorted, so that two who publish at once never wait for each other in a circle.
        rows = [
            SearchTerm(
                language=language,
                word=term.word,
                stem=term.stem,
                root=term.root,
                sounds=list(term.sounds),
                slip_keys=list(term.slip_keys),
            )
            for _word, term in sorted(known.items())
        ]
        SearchTerm.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)


@transaction.atomic
def refresh(source: Source, rows: Iterable[Any], report: Callable[[int], None] = lambda done: None) -> None:
    """Write the entries of these rows of a source, and take away those that are no longer to be found."""
    entries: list[SearchEntry] = []
    terms: dict[str, dict[str, Term]] = {}
    gone = Q()
    done = 0
    for row in rows:
        key = source.key(row)
        for language in CODES if source.language is None else [source.language(row)]:
            found = source.found(row, language)
            if found is not None and found.title and found.url:
                entries.append(entry_of(source, key, language, found, terms.setdefault(language, {})))
            else:
                gone |= Q(object_key=key, language=language)
        done += 1
        if len(entries) >= _BATCH:
            _write(entries, terms)
            entries, terms = [], {}
        if done % 100 == 0:
            _forget(source, gone)
            gone = Q()
            report(done)
    _write(entries, terms)
    _forget(source, gone)
    report(done)


def _forget(source: Source, gone: Q) -> None:
    if gone:
        SearchEntry.objects.filter(gone, source=source.name).delete()


def forget(source: Source, keys: Iterable[str]) -> None:
    """These things can no longer be found, in any language."""
    SearchEntry.objects.filter(source=source.name, object_key__in=list(keys)).delete()


def refresh_keys(source: Source, keys: Iterable[Any]) -> None:
    """Look at these things of a source with a table again: write those to be found, take away the others."""
    wanted = {str(key) for key in keys}
    rows = source.rows()
    found = list(rows.filter(pk__in=wanted))  # type: ignore[attr-defined]
    forget(source, wanted - {source.key(row) for row in found})
    refresh(source, found)


@transaction.atomic
def reindex(report: Callable[[str, int], None] = lambda source, done: None) -> None:
    """The whole index of the current community anew, the words that nothing uses any more left out.

    Visitors search the old index until the end of the transaction.
    """
    SearchTerm.objects.all().delete()
    for source in sources.values():
        rows = list(source.rows())
        keys = {source.key(row) for row in rows}
        stale = set(SearchEntry.objects.filter(source=source.name).values_list("object_key", flat=True)) - keys
        forget(source, stale)
        refresh(source, rows, lambda done, name=source.name: report(name, done))  # type: ignore[misc]
    SearchEntry.objects.exclude(source__in=list(sources)).exclude(source__startswith="evaluation").delete()


_paused = 0


@contextmanager
def paused() -> Iterator[None]:
    """Nothing saved in the block is looked at; the caller refreshes the index at its end."""
    global _paused
    _paused += 1
    try:
        yield
    finally:
        _paused -= 1


def is_paused() -> bool:
    """Whether bulk work is going on in this process."""
    return _paused > 0


__all__ = [
    "Term",
    "Vector",
    "add_terms",
    "entry_of",
    "forget",
    "is_paused",
    "paused",
    "refresh",
    "refresh_keys",
    "reindex",
    "term_of",
    "vector_text",
]
