"""The names of a community in the two indexes of its starter content: put in by SQL, without reading a page again."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat, Replace
from modelsearch.backends.database.postgres.weights import get_weight
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from cms.models import PAGE_TYPES
from cms.search.editors import folded
from cms.search.folding import words_of
from cms.search.indexing import Term, Vector, add_terms, term_of, vector_text
from cms.search.models import SearchEntry
from cms.search.watching import PAGES

Names = dict[str, dict[str, str]]
_TOKEN_STEMS = ["name", "genitive"]


class _Without(Func):
    """A vector without some lexemes."""

    function = "ts_delete"

    def __init__(self, vector: Any, lexemes: list[str]) -> None:
        super().__init__(vector, Value(lexemes, output_field=ArrayField(TextField())))


class _Joined(Func):
    """Two vectors, one after the other."""

    template = "(%(expressions)s)"
    arg_joiner = " || "


def put_names(names: Names) -> None:
    """`names`: language -> token -> name. In the index of visitors and in that of editors, which follows it."""
    in_titles, in_bodies = _holding("title", names), _holding("body", names)
    terms: dict[str, dict[str, Term]] = {}
    for language, tokens in names.items():
        known = terms.setdefault(language, {})
        for name in tokens.values():
            for word in words_of(name, language):
                known[word.form] = term_of(word.form, language)
        for field, held, weight in (("title", in_titles, "A"), ("body", in_bodies, "D")):
            rows = [entry.pk for entry in held if entry.language == language]
            if rows:
                _put_in_entries(rows, field, weight, tokens, known)
    add_terms(terms)
    for language, tokens in names.items():
        _put_in_editors_index(in_titles, in_bodies, language, tokens)
    get_search_backend().get_index_for_model(Page)._refresh_title_norms()


def _holding(field: str, names: Names) -> list[SearchEntry]:
    """The entries with a token in this field."""
    holds = Q()
    for token in {token for tokens in names.values() for token in tokens}:
        holds |= Q(**{f"{field}__contains": token})
    return list(SearchEntry.objects.filter(holds).only("pk", "language", "source", "object_key"))


def _put_in_entries(rows: list[int], field: str, weight: str, tokens: dict[str, str], known: dict[str, Term]) -> None:
    text: Any = F(field)
    for token, name in tokens.items():
        text = Replace(text, Value(token), Value(name))
    stems = Vector(vector_text((term.stem, 1, weight) for term in known.values()))
    changes: dict[str, Any] = {field: text, "vector": _Joined(F("vector"), stems)}
    if field == "title":
        changes["title_vector"] = _Joined(F("title_vector"), stems)
    SearchEntry.objects.filter(pk__in=rows).update(**changes)


def _put_in_editors_index(
    titles: list[SearchEntry], bodies: list[SearchEntry], language: str, tokens: dict[str, str]
) -> None:
    """Wagtail's rows of the same pages: the names at the end, and no token left (of titles it indexes the raw ones)."""
    backend = get_search_backend()
    added = Value(" ".join(folded(name) for name in tokens.values()), output_field=TextField())
    for field, held, boost in (("title", titles, 2), ("body", bodies, None)):
        keys = [entry.object_key for entry in held if entry.source == PAGES and entry.language == language]
        if not keys:
            continue
        vector: Any = F(field)
        text: Any = F(f"{field}_text")
        autocomplete: Any = F("autocomplete")
        changes: dict[str, Any] = {}
        if field == "title":
            vector, autocomplete = _Without(vector, _TOKEN_STEMS), _Without(autocomplete, _TOKEN_STEMS)
            for token, name in tokens.items():
                text = Replace(text, Value(token), Value(name), output_field=TextField())
            changes["title_norm"] = 1.0  # computed anew at the end
        changes[field] = _Joined(vector, SearchVector(added, weight=get_weight(boost), config=backend.config))
        changes[f"{field}_text"] = Concat(text, Value(" "), added, output_field=TextField())
        prefixes = SearchVector(added, weight="D", config=backend.autocomplete_config)
        changes["autocomplete"] = _Joined(autocomplete, prefixes)
        IndexEntry.objects.filter(object_id__in=keys, content_type__in=_page_types()).update(**changes)


def _page_types() -> list[int]:
    return [kind.pk for kind in ContentType.objects.get_for_models(*PAGE_TYPES).values()]


__all__ = ["put_names"]
