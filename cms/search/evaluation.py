"""How well the search finds: a labelled set is published in a scratch community and asked for.

`docs`: [{id, type, lang, title, body}]; `queries`: [{id, query, lang, expected: [ids], kind}]. A question whose
`expected` is empty must find nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any

from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from cms import search_index
from cms.models import AnnouncementIndexPage, AnnouncementPage, ContentPage, HomePage, NewsIndexPage, NewsPage
from cms.search import indexing
from cms.search.finding import find
from cms.search.models import LANGUAGES, Kind, SearchEntry, SearchTerm
from cms.search.sources import Found, Source, sources
from cms.search.watching import PAGES
from tenants import provisioning
from tenants.context import register, tenant
from tenants.models import Marz

TOP, DEPTH = 5, 10
NOTHING = "(nothing expected)"
_SOURCE = "evaluation"
# Kinds that are pages, with the list that they stand below. The others are records or come with a later issue.
_PAGES: dict[str, tuple[type[Page], type[Page]]] = {
    Kind.NEWS: (NewsPage, NewsIndexPage),
    Kind.ANNOUNCEMENT: (AnnouncementPage, AnnouncementIndexPage),
    Kind.PAGE: (ContentPage, HomePage),
}
_CODES = [code for code, _name in LANGUAGES]


class BadSet(Exception):
    """The labelled set cannot be used; the text names the entry and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Doc:
    """A document of the set."""

    id: str
    kind: str
    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the set."""

    id: str
    words: str
    language: str
    expected: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one kind of question. Recall and reciprocal rank are means from 0 to 1."""

    kind: str
    questions: int
    recall: float
    reciprocal_rank: float


def read_docs(data: Any) -> list[Doc]:
    """The documents of a set. Raises BadSet."""
    docs, seen = [], set()
    for number, row in enumerate(_rows(data, "docs"), 1):
        where = _where("document", number, row)
        key = _id(row)
        if not key:
            raise BadSet(f"{where}: no id")
        if key in seen:
            raise BadSet(f"{where}: the id {key} stands twice")
        seen.add(key)
        kind = str(row.get("type") or Kind.PAGE).strip().lower()
        if kind not in Kind.values:
            raise BadSet(f"{where}: type {kind!r} is not one of {', '.join(Kind.values)}")
        title, body = str(row.get("title") or "").strip(), str(row.get("body") or "").strip()
        if not title and not body:
            raise BadSet(f"{where}: neither title nor body")
        docs.append(Doc(key, kind, _language(row, where), title or body[:80], body))
    return docs


def read_queries(data: Any, docs: list[Doc]) -> list[Query]:
    """The questions of a set. Raises BadSet, also for an expected id that no document has."""
    ids = {doc.id for doc in docs}
    queries, seen = [], set()
    for number, row in enumerate(_rows(data, "queries"), 1):
        where = _where("query", number, row)
        words = str(row.get("query") or "").strip()
        if not words:
            raise BadSet(f"{where}: no query")
        key = _id(row) or str(number)
        if key in seen:
            raise BadSet(f"{where}: the id {key} stands twice")
        seen.add(key)
        expected = row.get("expected") or []
        if not isinstance(expected, list):
            raise BadSet(f"{where}: expected must be a list of ids")
        unknown = [str(each) for each in expected if str(each) not in ids]
        if unknown:
            raise BadSet(f"{where}: no document has the id {', '.join(unknown)}")
        kind = str(row.get("kind") or ("other" if expected else NOTHING))
        queries.append(Query(key, words, _language(row, where), tuple(map(str, expected)), kind))
    return queries


def _rows(data: Any, name: str) -> list[dict[str, Any]]:
    if isinstance(data, dict) and isinstance(data.get(name), list):
        data = data[name]
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise BadSet(f"{name}: must be a list of objects")
    return data


def _id(row: dict[str, Any]) -> str:
    """The id as text, also of a number (0 is one); "" where there is none."""
    return "" if row.get("id") is None else str(row["id"]).strip()


def _where(what: str, number: int, row: dict[str, Any]) -> str:
    return f"{what} {number}" + (f" ({_id(row)})" if _id(row) else "")


def _language(row: dict[str, Any], where: str) -> str:
    code = str(row.get("lang") or "hy").strip().lower().split("-")[0]
    if code not in _CODES:
        raise BadSet(f"{where}: lang {code!r} is not one of {', '.join(_CODES)}")
    return code


@contextmanager
def scratch_community(report: Callable[[str], None]) -> Iterator[None]:
    """Inside a community that exists for this block only, with nothing in its index."""
    with register():
        marz = Marz.objects.order_by("code").values_list("code", flat=True)[0]
    request = provisioning.Request(
        slug=f"search-evaluation-{os.getpid()}",
        name_hy="Որոնման ստուգում",
        name_en="Search evaluation",
        name_hy_genitive="Որոնման ստուգման",
        marz=marz,
        admin_email="search@evaluation.invalid",
    )
    with provisioning.scratch(request, report) as community, tenant(community):
        # Only the given documents may be found: the starter pages are taken out of the index.
        SearchEntry.objects.all().delete()
        SearchTerm.objects.all().delete()
        yield


def publish(docs: list[Doc], report: Callable[[int], None] = lambda done: None) -> dict[tuple[str, str], str]:
    """Publish the documents in the current community. (source, key) of the entries -> id of the document."""
    placed: dict[tuple[str, str], str] = {}
    pages: list[Page] = []
    others: list[tuple[int, Doc]] = []
    with search_index.paused():
        for number, doc in enumerate(docs):
            page = _publish_page(number, doc)
            if page is not None:
                pages.append(page)
                placed[(PAGES, str(page.pk))] = doc.id
            else:
                others.append((number, doc))
                placed[(_SOURCE, str(number))] = doc.id
            if (number + 1) % 50 == 0:
                report(number + 1)
    indexing.refresh_keys(sources[PAGES], [page.pk for page in pages])
    # Kinds that are records (acts, sessions, people, services) come as the rows of a source, as records do.
    indexing.refresh(_source(), [_Row(number, doc) for number, doc in others])
    report(len(docs))
    return placed


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    doc: Doc


def _source() -> Source:
    def found(row: _Row, language: str) -> Found:
        return Found(row.doc.title, f"/evaluation/{row.pk}/", row.doc.body, kind=row.doc.kind)

    return Source(_SOURCE, Kind.RECORD, list, found, None, lambda row: row.doc.language, {})


def _publish_page(number: int, doc: Doc) -> Page | None:
    """The document as a page below its list; None for a kind that is no page, or has no list on this site."""
    if doc.kind not in _PAGES:
        return None
    model, parent = _PAGES[doc.kind]
    locale = Locale.objects.get(language_code=doc.language)
    above = parent._default_manager.filter(locale=locale).order_by("path").first()
    if above is None:
        return None
    body = [("paragraph", RichText(f"<p>{escape(part)}</p>")) for part in doc.body.split("\n") if part.strip()]
    page = model(title=doc.title[:255], slug=f"evaluation-{number}", body=body, locale=locale, live=True)
    return above.add_child(instance=page)


def ask(queries: list[Query], placed: dict[tuple[str, str], str]) -> dict[str, list[str]]:
    """Ask the site's own search: query id -> ids of what it found, the best first."""
    ranks = {}
    for query in queries:
        entries = find(query.words, query.language, count=DEPTH).entries
        ranks[query.id] = [placed[(entry.source, entry.object_key)] for entry in entries]
    return ranks


def scores(queries: list[Query], ranks: dict[str, list[str]]) -> list[Score]:
    """The figures per kind, in the order of the set, and of all together at the end."""
    by_kind: dict[str, list[Query]] = {}
    for query in queries:
        by_kind.setdefault(query.kind, []).append(query)
    found = [_score(kind, group, ranks) for kind, group in by_kind.items()]
    asking = [query for query in queries if query.expected]
    empty = [query for query in queries if not query.expected]
    if asking:
        found.append(_score("with an answer", asking, ranks))
    if empty:
        found.append(_score("without one: nothing found", empty, ranks))
    return [*found, _score("all", queries, ranks)]


def _score(kind: str, queries: list[Query], ranks: dict[str, list[str]]) -> Score:
    count = len(queries) or 1
    recall = sum(recall_of(query, ranks[query.id]) for query in queries) / count
    return Score(kind, len(queries), recall, sum(rank_of(query, ranks[query.id]) for query in queries) / count)


def recall_of(query: Query, ranked: list[str]) -> float:
    """Share of the expected among the first five; 1 where nothing was expected and nothing found."""
    if not query.expected:
        return float(not ranked)
    wanted = set(query.expected)
    return len(wanted & set(ranked[:TOP])) / min(len(wanted), TOP)


def rank_of(query: Query, ranked: list[str]) -> float:
    """One over the place of the first expected among the first ten; 1 where nothing was expected and nothing found."""
    if not query.expected:
        return float(not ranked)
    return next((1 / place for place, one in enumerate(ranked[:DEPTH], 1) if one in query.expected), 0.0)


__all__ = [
    "BadSet",
    "Doc",
    "Query",
    "Score",
    "ask",
    "publish",
    "rank_of",
    "read_docs",
    "read_queries",
    "recall_of",
    "scores",
    "scratch_community",
]
