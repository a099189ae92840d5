"""The text of a shared item as staff read it before they decide."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.syndication.contents import clean, list_entries
from cms.syndication.models import SharedItem

register = template.Library()


@register.filter
def texts_of(item: SharedItem) -> list[dict[str, Any]]:
    """`{language, title, lede, html, url}` for each language that is written."""
    return [
        {
            "language": code,
            "title": item.text("title", code),
            "lede": item.text("lede", code),
            "url": item.text("url", code),
            "html": _html(item.content[code].get("body", [])),
        }
        for code, _name in settings.LANGUAGES
        if code in item.content
    ]


def _html(rows: list[dict[str, Any]]) -> SafeString:
    return format_html_join("\n", "{}", ((_block(row["type"], row["value"]),) for row in rows))


def _block(kind: str, value: Any) -> SafeString:
    if kind == "paragraph":
        return mark_safe(clean(value))  # noqa: S308 - cleaned one word ago
    if kind == "heading":
        return format_html("<h3>{}</h3>", value.get("text", ""))
    if kind == "note":
        return format_html("<h3>{}</h3>{}", value.get("title", ""), mark_safe(clean(value.get("text", ""))))  # noqa: S308
    if kind == "quote":
        return format_html(
            "<blockquote>{} <cite>{}</cite></blockquote>", value.get("text", ""), value.get("source", "")
        )
    entries = list_entries(value)
    if kind == "facts":
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", ((e["label"], e["value"]) for e in entries))
        )
    return format_html_join(
        "",
        "<h3>{}</h3>{}",
        ((e["question"], mark_safe(clean(e["answer"]))) for e in entries),  # noqa: S308
    )
