"""What a template of the look needs and Django does not have: icons, headings of a service, page numbers, hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from themes.hyphens import soften

register = template.Library()

_ICONS = Path(__file__).resolve().parent.parent / "base" / "static" / "base" / "svg" / "icons.svg"
_SYMBOL = re.compile(r'<symbol id="i-([a-z]+)" viewBox="0 0 24 24">(.*?)</symbol>')

_ARMENIAN, _CYRILLIC = re.compile("[\u0531-\u0556\u0561-\u0587]"), re.compile("[\u0400-\u04ff]")

# The 13 headings of a service, in the order of the questions a resident asks; the name is the field of the page.
SERVICE_HEADINGS = (
    ("whom", _("Who is it for?")),
    ("get", _("What will you get?")),
    ("need", _("What do you need?")),
    ("how", _("How to apply?")),
    ("time", _("How long will it take?")),
    ("price", _("What does it cost?")),
    ("benefit", _("Who has a benefit?")),
    ("next", _("What happens next?")),
    ("refuse", _("When can it be refused?")),
    ("appeal", _("How to appeal?")),
    ("law", _("Legal basis")),
    ("who", _("Whom to ask?")),
    ("faq", _("Frequently asked questions")),
)

# The home page in three orders. A part whose content is empty draws nothing, so all of them stand in each order.
HOME_LAYOUTS = {
    "tasks": (
        "hero",
        "tasks",
        "alerts",
        "session",
        "news",
        "hearings",
        "events",
        "lists",
        "figures",
        "places",
        "contact",
    ),
    "news": (
        "hero",
        "alerts",
        "news",
        "tasks",
        "session",
        "events",
        "hearings",
        "lists",
        "places",
        "figures",
        "contact",
    ),
    "figures": (
        "hero",
        "tasks",
        "figures",
        "alerts",
        "session",
        "hearings",
        "news",
        "events",
        "lists",
        "places",
        "contact",
    ),
}


@cache
def _symbols() -> dict[str, str]:
    return dict(_SYMBOL.findall(_ICONS.read_text(encoding="utf-8")))


@cache
def _icon(name: str) -> SafeString:
    drawing = _symbols()[name]
    return mark_safe(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>')  # noqa: S308 - our own file


def icon_names() -> list[str]:
    """Names of all drawings, for the style guide."""
    return sorted(_symbols())


@register.simple_tag
def icon(name: str) -> SafeString:
    """One drawing of svg/icons.svg, inlined. It is hidden from readers: a word always stands beside it.

    Raises KeyError for a name that is not drawn.
    """
    return _icon(name)


@register.simple_tag
def service_points(page: Any) -> list[dict[str, Any]]:
    """The headings of SERVICE_HEADINGS that `page` has an answer to: `[{id, title, value}]`."""
    points = ({"id": name, "title": title, "value": getattr(page, name, None)} for name, title in SERVICE_HEADINGS)
    return [point for point in points if point["value"]]


# Ways of reading in the order of the menu «Տեսք»: the word in the address, its label, what script sets instead.
READING_MODES = (
    ("", _("As on the device"), "mode", ""),
    ("light", _("Light"), "mode", "light"),
    ("dark", _("Dark"), "mode", "dark"),
    ("contrast", _("High contrast"), "mode", "contrast"),
    ("large", _("Large letters"), "text", "large"),
    ("largest", _("Largest letters"), "text", "largest"),
    ("low-vision", _("For weak eyesight"), "reading", "low-vision"),
)


@register.simple_tag(takes_context=True)
def reading_modes(context: template.Context) -> list[dict[str, Any]]:
    """`[{label, url, key, value, is_current}]`; the link keeps the page number or the words of the search."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    current = query.pop("mode", [""])[-1]
    modes = []
    for word, label, key, value in READING_MODES:
        if word:
            query["mode"] = word
        address = f"?{query.urlencode()}" if query else getattr(request, "path", "?")
        modes.append({"label": label, "url": address, "key": key, "value": value, "is_current": word == current})
    return modes


@register.simple_tag
def home_parts(layout: str) -> list[str]:
    """Templates of the home page's parts in the order of a layout; the usual order for a name that is not known."""
    return [f"components/home/{part}.html" for part in HOME_LAYOUTS.get(layout, HOME_LAYOUTS["tasks"])]


@register.filter
def elided(page: Page) -> Iterator[int | str]:
    """Page numbers around the current one; "…" stands for what is left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter(is_safe=True)
def shy(text: Any) -> str:
    """Soft hyphens in long Armenian words of a heading."""
    return soften(str(text))


@register.filter
def written_in(text: Any) -> str:
    """Language of a text by its letters (hy, ru, en): a picture has one description, whatever page shows it."""
    letters = str(text)
    if _ARMENIAN.search(letters):
        return "hy"
    return "ru" if _CYRILLIC.search(letters) else "en"


@register.filter
def times(count: int | None) -> range:
    """A range of that many, to draw the bar of steps."""
    return range(1, (count or 0) + 1)
