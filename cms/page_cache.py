"""The full-page cache for visitors who are not signed in: one per process, per tenant, purged exactly.

A page is kept with the stamps of the tenant's pages and of the register (tenants.generations); whoever publishes
bumps the stamp, and every process forgets at its next request. Bodies are kept compressed and are given out as
they are to browsers that accept gzip. A hit asks the database nothing.

Only answers that a view has marked with `allow_caching` are kept: everything else passes through untouched.

When a page cannot be made (the database is away, a template is broken), the copy made last is given out for a while
instead of an error: RFC 5861, stale-if-error. A page that somebody took away answers 404 and is no error.
"""

from __future__ import annotations

import gzip
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from tenants import generations
from tenants.context import current_schema
from tenants.hosts import REGISTER_GENERATION

Handler = Callable[[HttpRequest], HttpResponse]
MAX_BYTES = 8 * 1024 * 1024
MAX_BODY_BYTES = 512 * 1024
# How long after it was made a copy may stand in for a page that cannot be made, here and in caches before us.
STALE_SECONDS = 3600
CACHE_CONTROL = f"public, max-age=0, stale-if-error={STALE_SECONDS}"
_MARK = "may_be_cached"
# The queries that choose a public page: a page number, a stamp, one of six ways of reading (cms.reading_mode), and the
# filters of registers, whose values are short. A register's page marks only answers to values that it knows
# (cms.models.registers), so nobody fills the cache with guesses.
_MODE = "mode=(?:light|dark|contrast|large|largest|low-vision)"
_FILTER = "(?:year|kind|state|stage|place|sort)=[a-z0-9_-]{0,20}"
_PARAMETER = rf"(?:p=\d{{1,4}}|v=[0-9a-f]{{1,16}}|bom=1|q=|{_MODE}|{_FILTER})"
_KNOWN_QUERY = re.compile(rf"\A(?:{_PARAMETER}(?:&{_PARAMETER}){{0,5}})?\Z")
_NEVER_KEPT = {
    "set-cookie",
    "x-page-cache",
    "content-length",
    "date",
    "content-encoding",
    "etag",
    "x-request-id",
    "x-correlation-id",
}


def pages_generation(schema: str) -> str:
    """Name of the stamp of everything that a tenant's public pages show."""
    return f"pages:{schema}"


def forget_pages(schema: str | None = None) -> None:
    """All public pages of a tenant (default: the current one) are computed anew, in all processes."""
    generations.bump(pages_generation(schema or current_schema()))


def stamp(schema: str) -> str:
    """What a kept page must still be equal to: the tenant's pages and the register of communities."""
    return f"{generations.current(pages_generation(schema))}/{generations.current(REGISTER_GENERATION)}"


def allow_caching(response: HttpResponse) -> HttpResponse:
    """Mark an answer as one and the same for every visitor who is not signed in."""
    setattr(response, _MARK, True)
    return response


def holds_until(request: HttpRequest, moment: float) -> None:
    """The page being built is true only until this moment (seconds since the epoch): it says «open now»."""
    known = getattr(request, "page_holds_until", None)
    request.page_holds_until = moment if known is None else min(known, moment)  # type: ignore[attr-defined]


def _chooses_a_page(query: str) -> bool:
    """Whether a query is one of the known ones, with no name twice: which of two counts is not the same everywhere."""
    if not _KNOWN_QUERY.match(query):
        return False
    names = [part.partition("=")[0] for part in query.split("&")]
    return len(names) == len(set(names))


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept answer."""

    stamp: str
    until: float
    made_at: float
    etag: str
    packed: bytes
    length: int
    headers: tuple[tuple[str, str], ...]


class _Pages:
    """Least recently used entries, bounded by bytes."""

    def __init__(self) -> None:
        self._entries: OrderedDict[tuple[str, str], Entry] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[str, str]) -> Entry | None:
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def put(self, key: tuple[str, str], entry: Entry) -> None:
        self.drop(key)
        self._entries[key] = entry
        self._bytes += len(entry.packed)
        while self._bytes > MAX_BYTES:
            _oldest, dropped = self._entries.popitem(last=False)
            self._bytes -= len(dropped.packed)

    def drop(self, key: tuple[str, str]) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= len(entry.packed)

    def clear(self) -> None:
        self._entries.clear()
        self._bytes = 0


pages = _Pages()


class PageCacheMiddleware:
    """Second in the chain: the tenant is known and served, nothing else has been done yet."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_anonymous_read(request):
            return self.get_response(request)
        schema = current_schema()
        query = request.META.get("QUERY_STRING", "")
        key = (schema, f"{request.path_info}?{query}" if query else request.path_info)
        now_stamp = stamp(schema)
        entry = pages.get(key)
        if entry is not None and entry.stamp == now_stamp and time.time() < entry.until:
            return self._answer(request, entry, "hit")
        response = self.get_response(request)
        if request.method == "GET" and self._may_keep(request, response):
            entry = self._entry(request, response, now_stamp)
            pages.put(key, entry)
            return self._answer(request, entry, "miss")
        if entry is not None:
            is_fresh_enough = time.time() < entry.made_at + STALE_SECONDS
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and is_fresh_enough:
                return self._answer(request, entry, "stale")
            if request.method == "GET":
                pages.drop(key)
        return response

    @staticmethod
    def _is_anonymous_read(request: HttpRequest) -> bool:
        """No page of staff or of a preview is ever kept or given out from here."""
        if request.method not in ("GET", "HEAD") or getattr(request, "is_dummy", False):
            return False
        if not hasattr(request, "tenant") or not _chooses_a_page(request.META.get("QUERY_STRING", "")):
            return False
        cookies = request.META.get("HTTP_COOKIE", "")
        return settings.SESSION_COOKIE_NAME not in cookies and "HTTP_AUTHORIZATION" not in request.META

    @staticmethod
    def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            getattr(response, _MARK, False)
            and response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            and not response.has_header("Set-Cookie")
            and "no-store" not in response.headers.get("Cache-Control", "")
            and "private" not in response.headers.get("Cache-Control", "")
            and len(response.content) <= MAX_BODY_BYTES
        )

    @staticmethod
    def _entry(request: HttpRequest, response: HttpResponse, now_stamp: str) -> Entry:
        body = response.content
        headers = {name: value for name, value in response.headers.items() if name.lower() not in _NEVER_KEPT}
        headers.setdefault("Cache-Control", CACHE_CONTROL)
        # The answer does not depend on cookies (a session would have bypassed the cache), only on the encoding.
        headers["Vary"] = "Accept-Encoding"
        return Entry(
            stamp=now_stamp,
            until=getattr(request, "page_holds_until", None) or float("inf"),
            made_at=time.time(),
            etag=f'W/"{blake2b(body, digest_size=12).hexdigest()}"',
            packed=gzip.compress(body, compresslevel=6, mtime=0),
            length=len(body),
            headers=tuple(headers.items()),
        )

    @staticmethod
    def _answer(request: HttpRequest, entry: Entry, how: str) -> HttpResponse:
        asked = request.META.get("HTTP_IF_NONE_MATCH")
        if asked and (asked == "*" or entry.etag in [tag.strip() for tag in asked.split(",")]):
            response: HttpResponse = HttpResponseNotModified()
            wanted = {"cache-control", "vary", "content-language", "content-security-policy"}
            for name, value in entry.headers:
                if name.lower() in wanted:
                    response.headers[name] = value
        else:
            packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
            is_head = request.method == "HEAD"
            body = b"" if is_head else entry.packed if packed else gzip.decompress(entry.packed)
            response = HttpResponse(body)
            for name, value in entry.headers:
                response.headers[name] = value
            if packed:
                response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(entry.packed) if packed else entry.length)
        response.headers["ETag"] = entry.etag
        response.headers["X-Page-Cache"] = how
        return response


__all__ = ["PageCacheMiddleware", "allow_caching", "forget_pages", "holds_until", "pages_generation", "stamp"]
