"""The eyes of a visitor: an anonymous walk from the home page, three clicks deep, within one host.

Polite: one request at a time, a limit of pages, a time limit, and nothing that robots.txt forbids is asked for.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urljoin, urlsplit

from django.core.handlers.base import BaseHandler
from django.test import RequestFactory

from cms.languages import armenian_share
from tenants.context import tenant
from tenants.models import Community

MAX_CLICKS = 3
MAX_PAGES = 80
MAX_SECONDS = 180.0
MAX_BYTES = 2_000_000
MAX_REDIRECTS = 3
# Parts of the site that are no pages for reading, as robots.txt says, and other languages.
NOT_FOLLOWED = (
    "/admin/",
    "/api/",
    "/apply/",
    "/case/",
    "/search/",
    "/media/",
    "/static/",
    "/documents/",
    "/en/",
    "/ru/",
)
# Rank of a page that is neither wanted nor above a wanted one.
OTHER = 2
AGENT = "Hamaynk publication duties (weekly check)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent: status, headers by lower-case name, and the HTML; nothing of it is kept."""

    status: int
    headers: Mapping[str, str]
    body: str


# Asks for a path of the community's host. Raises OSError when there is no answer.
Fetch = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as a visitor finds it."""

    clicks: int
    status: int
    language: str = ""
    armenian: float = 0.0
    duties: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] = ()


def in_process(community: Community) -> Fetch:
    """This process itself, all middleware and views, asked as an anonymous visitor of the host."""
    handler = BaseHandler()
    handler.load_middleware()
    host = community.primary_host()
    factory = RequestFactory(SERVER_NAME=host, HTTP_HOST=host, HTTP_USER_AGENT=AGENT)

    def fetch(path: str) -> Answer:
        # The request chooses the tenant by its host and forgets it; the block gives us ours back.
        with tenant(community):
            response = handler.get_response(factory.get(path))
        body = getattr(response, "content", b"")
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, body.decode("utf-8", "replace"))

    return fetch


def over_http(address: str, *, timeout: float = 10.0, pause: float = 0.1) -> Fetch:
    """Real requests to an address such as `https://meghri.am`; `timeout` and the `pause` between two in seconds."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    host = parts.hostname or ""
    # RFC 6761: names below .localhost are this machine; not every resolver knows it.
    reached_at = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host

    def fetch(path: str) -> Answer:
        time.sleep(pause)
        connection = kind(reached_at, parts.port, timeout=timeout)
        try:
            connection.request("GET", path, headers={"Host": parts.netloc, "User-Agent": AGENT, "Accept": "text/html"})
            response = connection.getresponse()
            body = response.read(MAX_BYTES)
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, body.decode("utf-8", "replace"))
        except HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()

    return fetch


def walk(
    fetch: Fetch, host: str, wanted: Collection[str], tell: Callable[[int], None] = lambda seen: None
) -> dict[str, Seen]:
    """Pages by path, with the clicks it takes from the home page. Raises OSError when the home page gives no answer.

    Wanted pages and the sections above them are opened first; other pages only while a wanted one is still missing.
    """
    started = time.monotonic()
    seen = {"/": _open(fetch, host, "/", 0)}
    # Smallest first: wanted pages and their sections before others, few clicks before many.
    waiting: list[tuple[bool, int, str]] = []

    def note(links: Collection[str], clicks: int) -> None:
        for link in dict.fromkeys(links):
            rank = _rank(link, wanted)
            if link not in seen and clicks <= MAX_CLICKS and (rank == 0 or clicks < MAX_CLICKS):
                heapq.heappush(waiting, (rank == OTHER, clicks, link))

    note(seen["/"].links, 1)
    while waiting and len(seen) < MAX_PAGES and time.monotonic() - started < MAX_SECONDS:
        is_other, clicks, path = heapq.heappop(waiting)
        if path in seen:
            continue
        if is_other and all(each in seen for each in wanted):
            break
        try:
            seen[path] = _open(fetch, host, path, clicks)
        except OSError:
            seen[path] = Seen(clicks, 0)
        tell(len(seen))
        note(seen[path].links, clicks + 1)
    return seen


def _rank(path: str, wanted: Collection[str]) -> int:
    if path in wanted:
        return 0
    return 1 if any(each.startswith(path) for each in wanted) else OTHER


def _open(fetch: Fetch, host: str, path: str, clicks: int) -> Seen:
    answer = fetch(path)
    for _redirect in range(MAX_REDIRECTS):
        if answer.status not in {301, 302, 303, 307, 308}:
            break
        target = _inside(answer.headers.get("location", ""), path, host)
        if target is None:
            break
        answer = fetch(target)
    if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
        return Seen(clicks, answer.status, headers=answer.headers)
    reader = _Reader()
    reader.feed(answer.body)
    links = (_inside(link, path, host) for link in reader.links)
    return Seen(
        clicks=clicks,
        status=answer.status,
        language=reader.language,
        armenian=armenian_share(" ".join(reader.words)),
        duties=frozenset(reader.duties),
        headers=answer.headers,
        links=tuple(link for link in links if link is not None and not link.startswith(NOT_FOLLOWED)),
    )


def _inside(link: str, base: str, host: str) -> str | None:
    """The path of a link within the host, None for what leads elsewhere."""
    parts = urlsplit(urljoin(f"http://{host}{base}", link))
    if parts.scheme not in {"http", "https"} or parts.hostname != host:
        return None
    return parts.path or "/"


class _Reader(HTMLParser):
    """Language, marks, links and words of a page; `<main>` decides the language, menus are in it anyway."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.links: list[str] = []
        self.duties: set[str] = set()
        self.words: list[str] = []
        self._in_main = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        elif tag == "main":
            self._in_main += 1
        elif tag in {"script", "style"}:
            self._silent += 1
        self.duties.update((given.get("data-duty") or "").split())

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._in_main -= 1
        elif tag in {"script", "style"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._in_main > 0 and self._silent <= 0:
            self.words.append(data)
