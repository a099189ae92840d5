"""Reading without script and without a cookie: the mode stands in the address and goes along from page to page."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest

from cms.page_cache import pages
from cms.reading_mode import ATTRIBUTES, carried, drawn_in
from themes.templatetags.look import READING_MODES


def test_the_menu_offers_every_mode_and_no_other():
    assert {word for word, *_rest in READING_MODES} == {"", *ATTRIBUTES}


@pytest.mark.parametrize("mode", ATTRIBUTES)
def test_a_mode_is_drawn_on_the_page_without_a_cookie(meghri, client_for, mode):
    answer = client_for(meghri).get(f"/?mode={mode}")
    html = answer.content.decode()
    assert f"<html {ATTRIBUTES[mode]} lang=" in html
    assert not answer.cookies and answer["X-Robots-Tag"] == "noindex"


def test_every_link_to_a_page_carries_the_mode_and_the_menu_leads_out_of_it(meghri, client_for):
    html = client_for(meghri).get("/?mode=dark").content.decode()
    assert 'href="/news/?mode=dark"' in html and 'href="/en/?mode=dark"' in html
    assert '<input type="hidden" name="mode" value="dark">' in html
    ways_out = re.findall(r'<a href="([^"]*)"[^>]*data-look="mode" data-value=""', html)
    assert ways_out and all("mode=" not in way for way in ways_out)
    assert 'href="/news.rss"' in html and 'href="/admin/"' in html


@pytest.mark.parametrize(
    ("address", "with_mode"),
    [
        ("/news/", "/news/?mode=dark"),
        ("/news/?p=2#a", "/news/?p=2&amp;mode=dark#a"),
        ("?p=2", "?p=2&amp;mode=dark"),
        ("#main", "#main"),
        ("/media/images/a.webp", "/media/images/a.webp"),
        ("/news.rss", "/news.rss"),
        ("/documents/3/plan.pdf", "/documents/3/plan.pdf"),
        ("//evil.example/", "//evil.example/"),
        ("https://www.e-gov.am/", "https://www.e-gov.am/"),
        ("mailto:info@meghri.example", "mailto:info@meghri.example"),
    ],
)
def test_which_addresses_carry_it(address, with_mode):
    assert carried(address, "dark") == with_mode


def test_a_form_that_is_sent_stays_as_it_is():
    form = '<html><form class="f" method="post" action="/apply/"></form>'
    assert "hidden" not in drawn_in(form, "large")


def test_an_unknown_mode_changes_nothing_and_is_not_kept(meghri, client_for):
    client = client_for(meghri)
    answer = client.get("/?mode=%22%3E%3Cscript%3E")
    assert answer.status_code == HTTPStatus.OK and b"<script>" not in answer.content.replace(b"<script src", b"")
    assert "X-Page-Cache" not in answer and not pages._entries


def test_the_cache_keeps_a_page_for_each_mode_and_never_mixes_them(meghri, client_for):
    client = client_for(meghri)
    plain = client.get("/").content
    dark = client.get("/?mode=dark").content
    assert plain != dark
    assert client.get("/").content == plain
    again = client.get("/?mode=dark")
    assert again.content == dark and again["X-Page-Cache"] == "hit"
    assert client.get("/news/?p=1&mode=dark")["X-Page-Cache"] == "miss"
    assert "X-Page-Cache" not in client.get("/?mode=dark&mode=light")


def test_the_workplace_has_no_modes(meghri, client_for):
    assert b"data-mode" not in client_for(meghri).get("/admin/login/?mode=dark").content
