"""What the website's tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from cms import chrome, languages, page_cache
from cms.models import HomePage, NewsIndexPage, NewsPage
from tenants.models import Community


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """The website's caches of this process are empty before and after each test."""
    for forget in (page_cache.pages.clear, chrome._known.clear, languages._codes.clear):
        forget()
    yield
    for forget in (page_cache.pages.clear, chrome._known.clear, languages._codes.clear):
        forget()


@pytest.fixture
def in_meghri(meghri: Community, as_tenant: Callable[[Community], Community]) -> Community:
    return as_tenant(meghri)


@pytest.fixture
def add_news(in_meghri: Community) -> Callable[..., NewsPage]:
    """A published news item of Meghri: `add_news("Վերնագիր")`."""

    def add(title: str, slug: str = "", language: str = "hy", **fields: object) -> NewsPage:
        index = NewsIndexPage.objects.get(locale__language_code=language)
        page = NewsPage(title=title, slug=slug or f"n-{NewsPage.objects.count()}", lede="Ամփոփում", **fields)
        index.add_child(instance=page)
        page.save_revision().publish()
        return page

    return add


def home(language: str = "hy") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)
