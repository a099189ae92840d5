"""Who has something to be found. Other parts of the website register their records here, at import.

    from cms.search.sources import Found, register_source

    register_source(
        "person",
        model=Person,
        rows=lambda: Person.objects.published(),
        found=lambda person, language: Found(title=person.name(language), body=..., url=person.url(language)),
    )

From then on saving and deleting a `Person` keeps the index right, after commit and in all languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from cms.search.models import Kind


@dataclass(frozen=True, slots=True)
class Found:
    """What visitors find of a thing in one language: plain text, no HTML. `kind` "" takes that of the source."""

    title: str
    url: str
    body: str = ""
    date: date | None = None
    kind: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of things with their table.

    `rows()` gives those that may be public at all (a queryset of `model` where there is one); `found(row, language)`
    what is shown, None when the thing is not public or has no words in that language (Armenian is never shown under
    another one). `language(row)`: for things that exist in one language only. `follows`: further tables whose rows
    change what is shown; the function gives the rows of `model` concerned.
    """

    name: str
    kind: str
    rows: Callable[[], Iterable[Any]]
    found: Callable[[Any, str], Found | None]
    model: type[Model] | None
    language: Callable[[Any], str] | None
    follows: dict[type[Model], Callable[[Any], Iterable[Any]]]

    def key(self, row: Any) -> str:
        """The name of a row for ever."""
        return str(row["code"]) if isinstance(row, dict) else str(row.pk)


sources: dict[str, Source] = {}


def register_source(
    kind: str,
    *,
    rows: Callable[[], Iterable[Any]],
    found: Callable[[Any, str], Found | None],
    model: type[Model] | None = None,
    name: str = "",
    language: Callable[[Any], str] | None = None,
    follows: dict[type[Model], Callable[[Any], Iterable[Any]]] | None = None,
) -> Source:
    """Add a source. `kind`: news, announcement, act, service, page, person, session, event, document or record.

    `name` tells sources of one kind apart (default: the label of the model). Raises ValueError for an unknown kind.
    """
    if kind not in Kind.values:
        raise ValueError(f"{kind}: not one of {', '.join(Kind.values)}")
    source = Source(
        name or (model._meta.label_lower if model else kind), kind, rows, found, model, language, follows or {}
    )
    sources[source.name] = source
    return source


__all__ = ["Found", "Source", "register_source", "sources"]
