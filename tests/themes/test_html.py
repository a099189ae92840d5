"""The rules of sound HTML, which every sample page and every public page is asked by, notice what they are for."""

from __future__ import annotations

import pytest

from tests.a11y.html_rules import mistakes


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p><div></div></p>", "<div> inside <p>"),
        ("<ul><p>a</p></ul>", "<p> directly in <ul>"),
        ("<ul>a</ul>", "words directly"),
        ('<a href="/"><button type="button">a</button></a>', "<button> inside <a>"),
        ("<b><i></b></i>", "while <i> is open"),
        ('<img src="a.png">', "<img> without alt"),
        ('<i id="a"></i><i id="a"></i>', "id a twice"),
        ('<label for="b">a</label>', "for leads to no id"),
        ("<center></center>", "obsolete"),
        ("<section>", "while <section> is open"),
        ('<td colspan="2">a</td>', "outside"),
        ('<button type="go">a</button>', 'type="go"'),
        ('<p lang="">a</p>', "empty lang"),
        ('<form action=""></form>', "empty action"),
        ("<h1><p>a</p></h1>", "<p> inside <h1>"),
    ],
)
def test_a_mistake_is_noticed(body: str, words: str) -> None:
    html = f'<!doctype html><html lang="hy"><head><title>a</title></head><body>{body}</body></html>'
    assert any(words in mistake for mistake in mistakes(html))


def test_a_sound_page_is_left_alone() -> None:
    html = '<!doctype html><html lang="hy"><head><title>a</title></head><body><dl><div><dt>a</dt><dd>b</dd></div></dl>'
    assert mistakes(html + '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg></body></html>') == []
