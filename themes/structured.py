"""What a page says to search engines, as schema.org in JSON-LD (https://schema.org, https://www.w3.org/TR/json-ld11/).

Pure functions over the plain objects of themes/README.md. The result stands in a script element of a data type: it is
never executed, so a strict `script-src` says nothing about it. Values are escaped by `as_json`, whatever people wrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

Thing = dict[str, Any]
CONTEXT = "https://schema.org"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Nothing of these may stand in a script element as it is.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_json(things: list[Thing]) -> SafeString:
    """One JSON-LD document of several things, safe inside a script element."""
    text = json.dumps({"@context": CONTEXT, "@graph": things}, ensure_ascii=False, default=_moment)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - the characters that could leave the element are escaped


def organisation(site: dict[str, Any]) -> Thing:
    """The community as an office with address and reception hours."""
    root, contact = site.get("root_url", ""), site.get("contact") or {}
    address = _filled(
        {
            "@type": "PostalAddress" if contact.get("address") else "",
            "streetAddress": contact.get("address"),
            "addressRegion": site.get("region"),
            "addressCountry": "AM",
        }
    )
    hours = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"{CONTEXT}/{DAYS[day]}" for day in span["days"]],
            "opens": span["opens"],
            "closes": span["closes"],
        }
        for span in site.get("opening_spans") or []
    ]
    return _filled(
        {
            "@type": "GovernmentOrganization",
            "@id": f"{root}/#organisation",
            "name": site.get("name"),
            "url": f"{root}/",
            "logo": _absolute(root, site.get("arms_url")),
            "address": address if contact.get("address") else None,
            "telephone": (contact.get("phone_href") or "").removeprefix("tel:"),
            "email": contact.get("email"),
            "openingHoursSpecification": hours,
            "sameAs": [link["url"] for link in site.get("social") or []],
        }
    )


def breadcrumbs(site: dict[str, Any], crumbs: Any, title: str, address: str) -> Thing | None:
    """The way from the home page to this one; None on the home page itself."""
    root = site.get("root_url", "")
    if not title or address == _absolute(root, site.get("home_url")):
        return None
    way = [{"title": site.get("name"), "url": site.get("home_url")}, *(crumbs or []), {"title": title, "url": address}]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": step["title"], "item": _absolute(root, step["url"])}
            for at, step in enumerate(way, 1)
        ],
    }


def news_article(page: Any, site: dict[str, Any], address: str) -> Thing:
    """A news item."""
    return {
        "@type": "NewsArticle",
        "headline": _of(page, "title"),
        "description": _of(page, "lede"),
        "datePublished": _of(page, "date"),
        "dateModified": _of(page, "updated_at"),
        "mainEntityOfPage": address,
        "publisher": _reference(site),
        "author": _reference(site),
    }


def government_service(page: Any, site: dict[str, Any], address: str) -> Thing:
    """A service of the community, as far as its page alone tells."""
    return {
        "@type": "GovernmentService",
        "name": _of(page, "title"),
        "description": _of(page, "lede"),
        "url": address,
        "serviceOperator": _reference(site),
        "areaServed": {"@type": "AdministrativeArea", "name": site.get("name")},
    }


def event(page: Any, site: dict[str, Any], address: str) -> Thing:
    """Something that takes place at a time and somewhere."""
    place = ", ".join(part for part in (_of(page, "place"), _of(page, "settlement")) if part)
    starts, ends = _of(page, "starts_at"), _of(page, "ends_at")
    if _of(page, "is_all_day"):
        starts, ends = starts and starts.date(), ends and ends.date()
    return {
        "@type": "Event",
        "name": _of(page, "title"),
        "description": _of(page, "lede"),
        "startDate": starts,
        "endDate": ends,
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "location": {"@type": "Place", "name": place or site.get("name"), "address": place or site.get("name")},
        "organizer": _reference(site),
        "url": address,
    }


def questions(page: Any, site: dict[str, Any], address: str) -> Thing | None:
    """The questions that a page answers, from its `faq` or from the blocks of its text; None when it has none."""
    rows = list(_of(page, "faq") or [])
    for block in _of(page, "body") or []:
        if getattr(block, "block_type", "") == "questions":
            rows += block.value["items"]
    pairs = [(str(_of(row, "question")), _words(_of(row, "answer"))) for row in rows]
    if not pairs:
        return None
    return {
        "@type": "FAQPage",
        "@id": f"{address}#faq",
        "mainEntity": [
            {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": answer}}
            for question, answer in pairs
            if question and answer
        ],
    }


KINDS: dict[str, Callable[[Any, dict[str, Any], str], Thing | None]] = {
    "NewsArticle": news_article,
    "GovernmentService": government_service,
    "Event": event,
}


def graph(
    kind: str, page: Any, site: dict[str, Any], crumbs: Any, address: str, language: str, online: str = ""
) -> list[Thing]:
    """Everything that a page says.

    `kind`: a key of KINDS, or "" for a page that is only a page. `online`: where a service is applied for.
    """
    things: list[Thing | None] = [organisation(site), breadcrumbs(site, crumbs, _of(page, "title") or "", address)]
    if kind:
        described = KINDS[kind](page, site, address)
        channel = {"@type": "ServiceChannel", "serviceUrl": _absolute(site.get("root_url", ""), online)}
        more = {"inLanguage": language, "availableChannel": channel if online else None}
        things.append({**described, **more} if described else None)
    things.append(questions(page, site, address))
    return [_filled(thing) for thing in things if thing]


def _of(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def _reference(site: dict[str, Any]) -> Thing:
    return {"@id": f"{site.get('root_url', '')}/#organisation"}


def _absolute(root: str, url: str | None) -> str:
    if not url:
        return ""
    return url if "://" in url else f"{root}{url}"


def _words(html: Any) -> str:
    return " ".join(strip_tags(str(getattr(html, "source", html) or "")).split())


def _filled(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value not in (None, "", [])}


def _moment(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
