"""The names of a community in the index of its starter content: put in by SQL, without reading a page again."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func, Q, Value
from django.db.models.functions import Replace

from cms.search.folding import words_of
from cms.search.indexing import Term, Vector, add_terms, term_of, vector_text
from cms.search.models import SearchEntry


class _Joined(Func):
    """Two vectors, one after the other."""

    template = "(%(expressions)s)"
    arg_joiner = " || "


def put_names(names: dict[str, dict[str, str]]) -> None:
    """`names`: language -> token -> name. Two statements a language at most, and one for the new words."""
    terms: dict[str, dict[str, Term]] = {}
    for language, tokens in names.items():
        rows = SearchEntry.objects.filter(language=language)
        in_title, in_body = Q(), Q()
        known = terms.setdefault(language, {})
        for token, name in tokens.items():
            in_title |= Q(title__contains=token)
            in_body |= Q(body__contains=token)
            for word in words_of(name, language):
                known[word.form] = term_of(word.form, language)
        for field, holds, weight in (("title", in_title, "A"), ("body", in_body, "D")):
            text: Any = F(field)
            for token, name in tokens.items():
                text = Replace(text, Value(token), Value(name))
            stems = Vector(vector_text((term.stem, 1, weight) for term in known.values()))
            changes: dict[str, Any] = {field: text, "vector": _Joined(F("vector"), stems)}
            if field == "title":
                changes["title_vector"] = _Joined(F("title_vector"), stems)
            rows.filter(holds).update(**changes)
    add_terms(terms)
