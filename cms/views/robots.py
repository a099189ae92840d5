"""For search engines: the site map with all languages, and what is not for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from cms import services_catalogue
from cms.addresses import prefix
from cms.languages import MAX_ARMENIAN_SHARE, armenian_share
from cms.models import HomePage, ServiceCataloguePage
from cms.page_cache import allow_caching

# The most that one file may hold (sitemaps.org), counted in addresses.
MAX_ADDRESSES = 50_000
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Address(NamedTuple):
    """A public page: local address, language, when it changed; `key` is the same in all its languages."""

    key: str
    url: str
    language: str
    changed: datetime | None


Source = Callable[[], Iterable[Address]]
_sources: list[Source] = []


def add_to_site_map(source: Source) -> Source:
    """Other parts name their public addresses here (registers of records). Runs in the tenant, a few queries."""
    _sources.append(source)
    return source


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
def sitemap_xml(request: HttpRequest, part: int = 0) -> HttpResponse:
    """All public addresses, each with its other languages (hreflang).

    Beyond 50,000 the first file names the others, `/sitemap-1.xml` and on.
    """
    host = _host(request)
    addresses = list(public_addresses())
    if part == 0 and len(addresses) > MAX_ADDRESSES:
        return _index(host, -(-len(addresses) // MAX_ADDRESSES))
    first = max(part - 1, 0) * MAX_ADDRESSES
    if first >= len(addresses) and part:
        raise Http404
    groups: dict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        groups[address.key].append(address)
    shown = addresses[first : first + MAX_ADDRESSES]
    body = "".join(_entry(host, address, groups[address.key]) for address in shown)
    return _xml(f'<urlset {_NAMESPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{body}</urlset>\n')


def public_addresses() -> Iterator[Address]:
    """Pages, service cards and what other parts have named. The number of queries does not grow with the pages."""
    codes = dict(Locale.all_objects.values_list("pk", "language_code"))
    roots = {
        path: prefix(codes[locale])
        for path, locale in HomePage.objects.live().values_list("url_path", "locale_id")
        if locale in codes
    }
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("path")
    rows = pages.values_list(
        "translation_key", "url_path", "locale_id", "title", "alias_of__locale_id", "last_published_at"
    )
    for key, path, locale, title, source_locale, changed in rows.iterator(chunk_size=2000):
        code = codes.get(locale, "")
        is_foreign = code != settings.LANGUAGE_CODE
        if is_foreign and (
            (source_locale is not None and source_locale != locale) or armenian_share(title) > MAX_ARMENIAN_SHARE
        ):
            continue
        root = "/" + path.split("/")[1] + "/"
        if root in roots:
            yield Address(str(key), roots[root] + path[len(root) :], code, changed)
    for catalogue in ServiceCataloguePage.objects.live().select_related("locale"):
        code = catalogue.locale.language_code
        for row in services_catalogue.published(code):
            yield Address(f"service:{row['code']}", row["url"], code, None)
    for source in _sources:
        yield from source()


def _xml(content: str) -> HttpResponse:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'
    return allow_caching(HttpResponse(xml, content_type="application/xml; charset=utf-8"))


def _index(host: str, files: int) -> HttpResponse:
    body = "".join(
        f"<sitemap><loc>{escape(host)}/sitemap-{number}.xml</loc></sitemap>\n" for number in range(1, files + 1)
    )
    return _xml(f"<sitemapindex {_NAMESPACES}>\n{body}</sitemapindex>\n")


def _entry(host: str, address: Address, group: list[Address]) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other.language}" href="{escape(host + other.url)}"/>'
        for other in group
    )
    changed = f"<lastmod>{address.changed:%Y-%m-%d}</lastmod>" if address.changed else ""
    return f"<url><loc>{escape(host + address.url)}</loc>{changed}{links if len(group) > 1 else ''}</url>\n"
