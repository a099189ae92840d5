"""The outer evaluator: what a visitor finds, and what it makes of broken, unmarked, foreign and hidden pages."""

from __future__ import annotations

import http.server
import threading
from datetime import date

import pytest
import time_machine

from cms.disclosure.checking import check
from cms.disclosure.models import CheckResult, Source, Standing
from cms.disclosure.outer import look
from cms.disclosure.visitor import MAX_PAGES, Answer, in_process, over_http, walk
from tenants.context import current_community, tenant

NOON = "2026-11-25 12:00 +0400"
SAFE = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
WORDS = "Համայնքի բյուջեի, գույքի և ծառայությունների մասին տեղեկություններ։"


def html(*links: str, duty: str = "", lang: str = "hy", words: str = WORDS) -> str:
    anchors = "".join(f'<a href="{link}">հղում</a>' for link in links)
    mark = f' data-duty="{duty}"' if duty else ""
    return f'<!doctype html><html lang="{lang}"><body>{anchors}<main><div{mark}>{words}</div></main></body></html>'


class Site:
    """A website in a dictionary; remembers what was asked for."""

    def __init__(self, pages: dict[str, Answer | str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, path: str) -> Answer:
        self.asked.append(path)
        page = self.pages.get(path, Answer(404, SAFE, ""))
        return page if isinstance(page, Answer) else Answer(200, SAFE, page)


@pytest.fixture
def found(meghri):
    """`found(site)`: what a visitor of this site finds about the accessibility statement."""

    def visit(pages: dict[str, Answer | str]) -> Standing:
        with tenant(meghri), time_machine.travel(NOON):
            check(meghri)
            look(meghri, Site(pages))
            return CheckResult.objects.get(duty__code="accessibility", source=Source.OUTER)

    return visit


GOOD = html(duty="accessibility vacancies")


def test_a_marked_armenian_page_two_clicks_away_is_found(found):
    result = found({"/": html("/community/"), "/community/": html("/accessibility/"), "/accessibility/": GOOD})
    assert (result.verdict, result.message, result.params) == ("pass", "reached", {"clicks": 2})
    assert result.evidence_url == "/accessibility/"


def test_a_broken_page_is_not_kept(found):
    result = found({"/": html("/accessibility/"), "/accessibility/": Answer(500, SAFE, "")})
    assert (result.verdict, result.message, result.params) == ("fail", "answers", {"status": 500})


def test_a_page_without_the_mark_is_not_kept(found):
    result = found({"/": html("/accessibility/"), "/accessibility/": html(duty="budget")})
    assert (result.verdict, result.message) == ("fail", "unmarked")


@pytest.mark.parametrize(
    "page",
    [html(duty="accessibility", lang="en"), html(duty="accessibility", words="The statement is here in English.")],
    ids=["lang", "words"],
)
def test_a_page_in_another_language_is_not_kept(found, page):
    assert found({"/": html("/accessibility/"), "/accessibility/": page}).message == "other_language"


def test_a_page_that_nothing_leads_to_is_not_kept(found):
    result = found({"/": html("/a/"), "/a/": html("/b/"), "/b/": html("/c/"), "/c/": html("/accessibility/")})
    assert (result.verdict, result.message) == ("fail", "unreachable")


def test_missing_security_headers_are_tolerated_and_named(found):
    bare = Answer(200, {"content-type": "text/html"}, GOOD)
    result = found({"/": html("/accessibility/"), "/accessibility/": bare})
    assert (result.verdict, result.message) == ("tolerated", "headers")
    assert "content-security-policy" in result.params["names"]


def test_a_silent_site_keeps_nothing(meghri):
    def silent(path: str) -> Answer:
        raise OSError("no route")

    with tenant(meghri):
        outcome = look(meghri, silent)
        assert outcome.met == 0
        assert set(CheckResult.objects.values_list("message", flat=True)) == {"silent"}


def test_a_walk_never_leaves_the_host_nor_enters_what_is_not_for_visitors():
    site = Site(
        {
            "/": html(
                "https://elsewhere.am/x/", "//evil.am/", "mailto:a@b.am", "/admin/", "/search/?q=a", "/en/", "/a/"
            ),
            "/a/": Answer(302, {"location": "https://elsewhere.am/"}, ""),
        }
    )
    seen = walk(site, "meghri.localhost", {"/a/"})
    assert site.asked == ["/", "/a/"]
    assert seen["/a/"].status == 302


def test_a_walk_is_bounded_and_goes_to_the_wanted_pages_first():
    news = {f"/news/{number}/": html() for number in range(500)}
    site = Site({"/": html(*news, "/open/"), "/open/": html("/open/budget/"), "/open/budget/": html(), **news})
    seen = walk(site, "meghri.localhost", {"/open/budget/", "/never/"})
    assert seen["/open/budget/"].clicks == 2
    assert len(site.asked) <= MAX_PAGES
    quick = Site(site.pages)
    walk(quick, "meghri.localhost", {"/open/budget/"})
    assert len(quick.asked) < len(site.asked)


def test_the_product_itself_answers_in_this_process_and_the_tenant_stays(meghri):
    with tenant(meghri):
        answer = in_process(meghri)("/accessibility/")
        assert current_community() == meghri
    assert answer.status == 200
    assert 'lang="hy"' in answer.body
    assert set(SAFE) <= set(answer.headers)


@pytest.mark.slow
def test_a_visitor_of_a_real_community_finds_the_seeded_pages(meghri):
    with tenant(meghri):
        check(meghri)
        look(meghri)
        results = {row.duty.code: row for row in CheckResult.objects.filter(source="outer").select_related("duty")}
    unseen = {code: row.message for code, row in results.items() if row.message != "reached"}
    assert not unseen, "every duty has a page in the tree, three clicks away, that carries its mark"
    assert len(results) >= 25


def test_real_http_has_a_time_limit_and_reads_no_more_than_needed():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = html(duty="budget", words=self.headers["Host"]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """No words on the test's output."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://meghri.localhost:{server.server_address[1]}"
        answer = over_http(address, pause=0)("/")
        server.shutdown()
    assert answer.status == 200 and address.removeprefix("http://") in answer.body
    with pytest.raises(OSError):
        over_http(address, timeout=0.5, pause=0)("/")


def test_what_a_visitor_sees_is_history_too(meghri):
    with tenant(meghri):
        check(meghri, date(2026, 11, 25))
        look(meghri, Site({"/": html()}), date(2026, 11, 25))
        assert set(CheckResult.objects.values_list("source", flat=True)) == {"inner", "outer"}
