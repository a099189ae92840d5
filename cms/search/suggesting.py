"""What may be meant while somebody is still typing: titles with words that begin like the typed ones."""

from __future__ import annotations

from django.db.models import Case, F, Value, When

from cms.search import stems
from cms.search.finding import Distinct, Matches, find
from cms.search.folding import words_of
from cms.search.indexing import quoted
from cms.search.models import Kind, SearchEntry
from cms.search.sounds import is_foreign

MAX_LENGTH = 60
SHORTEST = 2
MOST = 7


def suggest(text: str, language: str) -> list[dict[str, str]]:
    """At most seven titles: `{title, url, kind}`, services and pages before news."""
    words = [word.form for word in words_of(text, language)]
    if not words or len("".join(words)) < SHORTEST:
        return []
    parts = []
    for word in words:
        stem = stems.stem(word, language)
        parts.append("(" + " | ".join(f"{quoted(each)}:*A" for each in dict.fromkeys((word, stem))) + ")")
    first = Case(
        When(kind=Kind.SERVICE, then=Value(0)),
        When(kind__in=[Kind.PAGE, Kind.PERSON], then=Value(1)),
        default=Value(2),
    )
    rows = SearchEntry.objects.filter(Matches("vector", " & ".join(parts)), language=language)
    # Short titles first: they are nearer to what is typed.
    found = list(
        rows.order_by(first, Distinct("title_vector"), F("date").desc(nulls_last=True), "pk").only(
            "title", "url", "kind"
        )[:MOST]
    )
    if not found and (is_foreign(words[-1], language) or len(words) > 1):
        found = find(text, language, count=MOST).entries
    return [{"title": entry.title, "url": entry.url, "kind": str(entry.get_kind_display())} for entry in found]


__all__ = ["MAX_LENGTH", "suggest"]
