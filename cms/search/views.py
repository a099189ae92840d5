"""`/search/?q=` and the suggestions under the search box."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.languages import current_language
from cms.page_cache import stamp
from cms.search import finding, snippets, suggesting, unanswered
from cms.search.models import Kind
from tenants.context import current_schema

RESULTS_A_PAGE = 10
LAST_PAGE = finding.CANDIDATES // RESULTS_A_PAGE
SUGGESTIONS_SECONDS = 300


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found, by kind and year; without words only the box."""
    words = _words(request)
    language = current_language()
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    year = (
        int(request.GET["year"]) if request.GET.get("year", "").isdecimal() and request.GET["year"].isascii() else None
    )
    year = year if year is None or year < 10_000 else None
    if not words:
        return render(request, "search/results.html", {"query": "", "page_obj": None})
    number = _page_number(request)
    found = finding.find(words, language, kind=kind, year=year, start=(number - 1) * RESULTS_A_PAGE)
    if not found.total:
        unanswered.remember(words, language)
    page = Paginator(range(found.shown), RESULTS_A_PAGE).get_page(number)
    page.object_list = _results(found, language)  # type: ignore[assignment]
    context = {
        "query": words,
        "page_obj": page,
        "total": found.total,
        "read_as": found.question.corrected,
        "all_words": found.all_words,
        "missing": found.question.missing,
        "kinds": _telling(_kinds(found, words, kind, year), found),
        "years": _telling(_years(found, words, kind, year), found),
        "is_narrowed": bool(kind or year),
        "everything_url": f"?{urlencode({'q': words})}",
    }
    return render(request, "search/results.html", context)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[: finding.MAX_QUERY]


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("p", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def _results(found: finding.Results, language: str) -> list[dict[str, Any]]:
    stems = snippets.found_stems(found.question)
    return [
        {
            "url": entry.url,
            "title": snippets.marked(entry.title, language, stems),
            "text": snippets.excerpt(entry.body, language, stems),
            "kind": entry.get_kind_display(),
            "date": entry.date,
        }
        for entry in found.entries
    ]


def _telling(choices: list[dict[str, Any]], found: finding.Results) -> list[dict[str, Any]]:
    """The choices of a facet, [] where choosing would leave everything as it is."""
    tells = any(choice["is_current"] or choice["count"] < found.shown for choice in choices)
    return choices if tells else []


def _kinds(found: finding.Results, words: str, kind: str, year: int | None) -> list[dict[str, Any]]:
    return [
        {"title": label, "count": found.kinds[value], "is_current": value == kind, "url": _url(words, value, year)}
        for value, label in Kind.choices
        if value in found.kinds
    ]


def _years(found: finding.Results, words: str, kind: str, year: int | None) -> list[dict[str, Any]]:
    return [
        {"title": str(value), "count": number, "is_current": value == year, "url": _url(words, kind, value)}
        for value, number in sorted(found.years.items(), reverse=True)
    ]


def _url(words: str, kind: str, year: int | None) -> str:
    asked = {"q": words, "kind": kind, "year": year}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that begin like what is being typed: `{"suggestions": [{title, url, kind}]}`."""
    words = _words(request)[: suggesting.MAX_LENGTH]
    language = current_language()
    key = f"suggest:{stamp(current_schema())}:{language}:{words.casefold().encode().hex()}"
    found = cache.get(key)
    if found is None:
        found = suggesting.suggest(words, language)
        cache.set(key, found, SUGGESTIONS_SECONDS)
    answer = JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = f"public, max-age={SUGGESTIONS_SECONDS}"
    return answer


__all__ = ["search", "suggest"]
