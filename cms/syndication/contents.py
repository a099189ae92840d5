"""From a page of the ministry to content that any community can show, and back to blocks.

Pictures inside a text, files and links to places of the ministry's own site do not travel: a community's files are
its own. Links become full addresses of the ministry's site.
"""

from __future__ import annotations

import re
from typing import Any

import nh3
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from cms.languages import is_honest, language_of
from cms.services_catalogue import CARD_TAGS

# Kinds of blocks that stand on their own.
PORTABLE = ("heading", "paragraph", "note", "quote", "facts", "questions")
_LOCAL = re.compile(r'(href=")/(?!/)')


def clean(html: str) -> str:
    """HTML of another site that may be shown as it is."""
    return nh3.clean(html, tags=CARD_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})


def of_page(page: Page, address: str) -> dict[str, dict[str, Any]]:
    """Content by language, from a page and its honest, published translations.

    `address`: scheme and host of the ministry's site, without a slash at the end.
    """
    found = {}
    translations = Page.objects.filter(translation_key=page.translation_key, live=True).specific()
    for translation in translations:
        if is_honest(translation):
            found[language_of(translation)] = {
                "title": translation.title,
                "lede": translation.lede,
                "body": _portable(translation.body, address),
                "url": address + (translation.url or ""),
            }
    return found


def left_behind(page: Page) -> int:
    """How many blocks of a page do not travel (pictures, files, buttons, tables)."""
    return sum(block.block_type not in PORTABLE for block in page.body)


def _portable(body: Any, address: str) -> list[dict[str, Any]]:
    rows = body.get_prep_value() if hasattr(body, "get_prep_value") else list(body)
    return [
        {"type": row["type"], "value": _with_full_links(row["value"], address)}
        for row in rows
        if row["type"] in PORTABLE
    ]


def _with_full_links(value: Any, address: str) -> Any:
    if isinstance(value, str):
        html = expand_db_html(value) if "<" in value else value
        return _LOCAL.sub(rf"\1{address}/", html)
    if isinstance(value, dict):
        return {name: _with_full_links(part, address) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_full_links(part, address) for part in value]
    return value


def as_blocks(rows: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Blocks of a page's body; everything that is HTML is cleaned once more, since it comes from another schema."""
    return [(row["type"], _block(row["type"], row["value"])) for row in rows if row["type"] in PORTABLE]


def list_entries(value: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of a block that holds a list, as the list block stores them."""
    return [entry["value"] for entry in value.get("items", [])]


def _block(kind: str, value: Any) -> Any:
    if kind == "paragraph":
        return RichText(clean(value))
    if kind == "note":
        return {**value, "text": RichText(clean(value.get("text", "")))}
    if kind in ("facts", "questions"):
        entries = list_entries(value)
        if kind == "questions":
            entries = [{**entry, "answer": RichText(clean(entry.get("answer", "")))} for entry in entries]
        return {**value, "items": entries}
    return value
