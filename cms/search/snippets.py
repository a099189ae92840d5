"""What is shown of a result: title and text with the found words marked."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms.search.folding import Word, words_of
from cms.search.question import Question
from cms.search.stems import stem

LENGTH = 220
# Where the words are looked for; further on nobody sees why a long page was found.
DEPTH = 4_000


def found_stems(question: Question) -> set[str]:
    """Stems to mark: all that the question may mean; the words of other names of a thing only where it has no other."""
    stems: set[str] = set()
    for each in question.asked:
        single = {key[0] for key in each.alternatives if len(key) == 1}
        stems |= (
            single | set(each.parts) | {stem for piece in each.pieces for key in piece.alternatives for stem in key}
        )
        if not single:
            stems |= {stem for key in each.alternatives for stem in key}
    return stems


def marked(text: str, language: str, stems: set[str]) -> SafeString:
    """The text as HTML, with the found words in <mark>."""
    return _marked(text, _hits(text, language, stems))


def excerpt(text: str, language: str, stems: set[str]) -> SafeString:
    """About two lines around the place with the most different found words, as HTML; the beginning where none is."""
    text = " ".join(text[:DEPTH].split())
    hits = _hits(text, language, stems)
    start = _best_start(hits)
    if start:
        start = text.find(" ", start) + 1
    end = len(text)
    if end - start > LENGTH:
        end = max(text.rfind(" ", start, start + LENGTH), start + LENGTH // 2)
    inside = [(_moved(word, start), key) for word, key in hits if start <= word.start and word.end <= end]
    html = _marked(text[start:end], inside)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{html}{after}")  # noqa: S308 - made of escaped parts


def _moved(word: Word, start: int) -> Word:
    return Word(word.forms, word.start - start, word.end - start)


def _hits(text: str, language: str, stems: set[str]) -> list[tuple[Word, str]]:
    hits = []
    for word in words_of(text, language):
        for form in word.forms:
            key = stem(form, language)
            if key in stems:
                hits.append((word, key))
                break
    return hits


def _best_start(hits: list[tuple[Word, str]]) -> int:
    """Where the window with the most different words begins."""
    best, start = 0, 0
    for index, (word, _key) in enumerate(hits):
        inside = {key for other, key in hits[index:] if other.end - word.start <= LENGTH}
        if len(inside) > best:
            best, start = len(inside), max(0, word.start - LENGTH // 4)
    return start


def _marked(text: str, hits: list[tuple[Word, str]]) -> SafeString:
    parts: list[str] = []
    last = 0
    for word, _key in hits:
        parts.append(escape(text[last : word.start]))
        parts.append(f"<mark>{escape(text[word.start : word.end])}</mark>")
        last = word.end
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))  # noqa: S308 - made of escaped parts


__all__ = ["excerpt", "found_stems", "marked"]
