"""Wagtail's search backend (WAGTAILSEARCH_BACKENDS): what editors type is folded like what is indexed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend
from wagtail.models import Page

from cms.search.editors import question
from cms.search.folding import fold


class SearchBackend(PostgresSearchBackend):
    """Wagtail's search in PostgreSQL; what is typed is folded like what is indexed."""

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            model = model_or_queryset.model if isinstance(model_or_queryset, QuerySet) else model_or_queryset
            # Pictures, files and people are indexed as they are written.
            query = (question(query) if issubclass(model, Page) else fold(query)) or query
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)


__all__ = ["SearchBackend"]
