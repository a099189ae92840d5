"""What this part registers itself: pages, services, and the files that published pages give out."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import strip_tags
from wagtail.models import Page

from cms import services_catalogue
from cms.languages import is_honest, language_of
from cms.models.base import BasePage
from cms.search.models import Kind
from cms.search.sources import Found, register_source
from cms.search.watching import PAGES, SERVICES

_SPACE = re.compile(r"\s+")


def plain(html: str) -> str:
    """The words of HTML; what stands in separate elements stays separate."""
    return _SPACE.sub(" ", strip_tags(html.replace("<", " <"))).strip()


def _pages() -> Any:
    return Page.objects.live().public().filter(depth__gt=1).specific()


def _page(page: Any, language: str) -> Found | None:
    if not isinstance(page, BasePage) or not page.url or not is_honest(page):
        return None
    return Found(
        title=page.title,
        url=page.url,
        body=f"{page.lede}\n{plain(page.search_body())}".strip(),
        date=getattr(page, "date", None),
        kind=page.search_kind,
    )


def _services() -> list[dict[str, str]]:
    return [{"code": row["code"]} for row in services_catalogue.published("hy")]


def _service(row: dict[str, str], language: str) -> Found | None:
    card = services_catalogue.card(row["code"], language)
    if card is None:
        return None
    texts = [card.lede, *(plain(getattr(card, heading, "")) for heading in services_catalogue.HEADINGS)]
    texts += [f"{entry['question']} {plain(entry['answer'])}" for entry in card.faq]
    texts += [f"{fact['label']} {fact['value']}" for fact in card.facts]
    return Found(
        title=card.title,
        url=services_catalogue.service_address(row["code"], language),
        body="\n".join(text for text in texts if text),
    )


register_source(Kind.PAGE, name=PAGES, rows=_pages, found=_page, language=language_of)
register_source(Kind.SERVICE, name=SERVICES, rows=_services, found=_service)
