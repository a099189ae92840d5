"""What the tests of the search share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cms import search_index
from cms.models import NewsIndexPage, NewsPage
from cms.search import synonyms
from cms.search.finding import find
from tenants.models import Community


@pytest.fixture(autouse=True)
def no_own_synonyms() -> None:
    synonyms._own.clear()


@pytest.fixture
def in_meghri(meghri: Community, as_tenant: Callable[[Community], Community]) -> Community:
    return as_tenant(meghri)


@pytest.fixture
def news(in_meghri: Community) -> Callable[..., NewsPage]:
    """A published and indexed news item of Meghri."""

    def add(title: str, language: str = "hy", **fields: object) -> NewsPage:
        index = NewsIndexPage.objects.get(locale__language_code=language)
        page = NewsPage(title=title, slug=f"s-{NewsPage.objects.count()}", locale=index.locale, **fields)
        index.add_child(instance=page)
        page.save_revision().publish()
        search_index.refresh([page])
        return page

    return add


def urls(words: str, language: str = "hy") -> list[str]:
    """Addresses of what is found, the best first."""
    return [entry.url for entry in find(words, language, count=50).entries]
