"""Search over the published pages of the current language."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from cms import services_catalogue
from cms.languages import current_language, is_honest
from cms.search_text import fold, question

RESULTS_A_PAGE = 10
MAX_QUERY = 200
MAX_RESULTS = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search/?q=`: pages and services whose words begin with the asked ones, best first."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_QUERY]
    results = find(words, current_language()) if words else []
    page = Paginator(results, RESULTS_A_PAGE).get_page(request.GET.get("p"))
    return render(request, "search/results.html", {"query": words, "page_obj": page})


def find(words: str, language: str) -> list[dict[str, Any]]:
    """What the site has about these words in a language: `{url, title, text, kind, date}`."""
    asked = question(words)
    if not asked:
        return []
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        return []
    pages = Page.objects.live().public().filter(locale=locale, depth__gt=1)
    found = pages.autocomplete(asked, operator="and")[:MAX_RESULTS]
    specific = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found]).specific()}
    ordered = [specific[page.pk] for page in found if page.pk in specific]
    return [*_services(asked, language), *(_result(page) for page in ordered if is_honest(page))]


def _services(asked: str, language: str) -> list[dict[str, Any]]:
    beginnings = asked.split()
    found = []
    for service in services_catalogue.published(language):
        words = fold(f"{service['title']} {service['text']}").split()
        if all(any(word.startswith(beginning) for word in words) for beginning in beginnings):
            found.append(
                {"url": service["url"], "title": service["title"], "text": service["text"], "kind": "", "date": None}
            )
    return found


def _result(page: Any) -> dict[str, Any]:
    return {
        "url": page.url,
        "title": page.title,
        "text": page.lede,
        "kind": page.get_verbose_name() if hasattr(page, "date") else "",
        "date": getattr(page, "date", None),
    }
