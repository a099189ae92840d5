"""For search engines: the site map with all languages, and what is not for them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.languages import is_honest
from cms.models import ServiceCataloguePage
from cms.page_cache import allow_caching

MAX_ADDRESSES = 50_000


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the staff's part and personal pages may not."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/api/", "/apply/", "/case/", "/search/")),
        *(f"Disallow: /{code}/{path}/" for code in ("en", "ru") for path in ("apply", "case", "search")),
        f"Sitemap: {_host(request)}/sitemap.xml",
        "",
    ]
    return allow_caching(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """All published pages and service cards, each with its other languages (hreflang)."""
    host = _host(request)
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    pages = Page.objects.live().public().filter(depth__gt=1).specific()
    for page in pages[:MAX_ADDRESSES]:
        if not is_honest(page) or not page.url:
            continue
        code = page.language
        changed = page.last_published_at
        groups[page.translation_key].append({"url": host + page.url, "code": code, "changed": changed})
        if isinstance(page, ServiceCataloguePage):
            for address in page.service_sitemap():
                groups[address.rstrip("/").rsplit("/", 1)[-1]].append(
                    {"url": host + address, "code": code, "changed": None}
                )
    body = "".join(_entry(entry, group) for group in groups.values() for entry in group)
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"{body}</urlset>\n"
    )
    return allow_caching(HttpResponse(xml, content_type="application/xml; charset=utf-8"))


def _entry(entry: dict[str, Any], group: list[dict[str, Any]]) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other["code"]}" href="{escape(other["url"])}"/>' for other in group
    )
    changed = f"<lastmod>{entry['changed']:%Y-%m-%d}</lastmod>" if entry["changed"] else ""
    return f"<url><loc>{escape(entry['url'])}</loc>{changed}{links if len(group) > 1 else ''}</url>\n"
