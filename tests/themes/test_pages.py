"""Every page of the look with believable content: it renders, obeys the strict CSP and says what it has to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.backends.django import DjangoTemplates
from django.utils import translation

from tests.a11y.html_rules import mistakes
from tests.themes.sample_pages import sample_pages
from tests.themes.sample_values import ANSWER, BASE, Render, case, field, form, news, page, site

TEMPLATES = sorted(path.relative_to(BASE / "templates").as_posix() for path in (BASE / "templates").rglob("*.html"))
OTHER_THEMES = sorted(folder for folder in BASE.parent.glob("*/templates") if folder.parent != BASE)
PAGES = sample_pages()
Drawn = Callable[[str], str]
WITHOUT_SITE = {"500", "csrf", "suspended", "maintenance", "unknown-host"}
VOID = {"meta", "link", "input", "img", "br", "source", "hr", "path", "circle", "stop"}


def rendered(render: Render, name: str, language: str = "hy") -> str:
    template, context = PAGES[name]
    return render(template, context if name in WITHOUT_SITE else {**context, "site": site()}, language)


@pytest.fixture(scope="session")
def armenian(engine: DjangoTemplates) -> dict[str, str]:
    """The samples as Armenian pages of one theme, drawn by the first test that asks: several tests read each."""
    return {}


@pytest.fixture
def in_armenian(armenian: dict[str, str], render: Render) -> Drawn:
    def drawn(name: str) -> str:
        if name not in armenian:
            armenian[name] = rendered(render, name)
        return armenian[name]

    return drawn


class Markup(HTMLParser):
    """Collects what the tests ask about and checks that tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_every_template_compiles(engine: DjangoTemplates) -> None:
    for template in TEMPLATES:
        engine.get_template(template)


@pytest.mark.parametrize("folder", OTHER_THEMES, ids=lambda folder: folder.parent.name)
def test_another_theme_draws_only_what_base_knows_and_copies_nothing(folder: Any) -> None:
    """A template that base does not have would never be asked for; one that is equal to base's is a copy."""
    for path in folder.rglob("*.html"):
        own = BASE / "templates" / path.relative_to(folder)
        assert own.is_file(), path
        assert own.read_text(encoding="utf-8") != path.read_text(encoding="utf-8"), path


def test_every_page_template_has_a_sample() -> None:
    pages = {
        name
        for name in TEMPLATES
        if not name.startswith(("components/", "blocks/"))
        and name not in {"base.html", "plain.html", "cms/styleguide.html"}
    }
    assert pages == {template for template, _ in PAGES.values()}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_the_content_security_policy(render: Render, in_armenian: Drawn, name: str) -> None:
    """No inline script or style, no foreign host, no handler in an attribute."""
    for html in (in_armenian(name), rendered(render, name, "en"), rendered(render, name, "ru")):
        assert_keeps_the_policy(html)


def assert_keeps_the_policy(html: str) -> None:
    markup = Markup(html)
    assert not markup.open
    for tag, attributes in markup.tags:
        assert "style" not in attributes, (tag, attributes)
        assert tag != "style"
        assert not any(attribute.startswith("on") for attribute in attributes), (tag, attributes)
        if tag == "script" and attributes.get("type") != "application/ld+json":
            assert attributes.get("src", "").startswith("/static/")  # type: ignore[union-attr]
        is_address_only = attributes.get("rel") in {"canonical", "alternate"}
        for attribute in ("src", "srcset", "action") + (("href",) if tag == "link" and not is_address_only else ()):
            assert not re.match(r"(https?:)?//", attributes.get(attribute) or ""), (tag, attributes)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "unknown-host"])
def test_a_page_is_sound_for_readers(in_armenian: Drawn, name: str) -> None:
    """Sound HTML, one h1, one main, unique ids, every reference to an id leads somewhere, every control has a label."""
    assert mistakes(in_armenian(name)) == []
    markup = Markup(in_armenian(name))
    tags = [tag for tag, _ in markup.tags]
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    assert ("html", {"lang": "hy"}) in markup.tags
    ids = [attributes["id"] for _, attributes in markup.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for _, attributes in markup.tags:
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            for reference in (attributes.get(attribute) or "").split():
                assert reference in ids, reference
    for tag, attributes in markup.tags:
        if tag == "a" and (attributes.get("href") or "").startswith("#"):
            assert (attributes["href"] or "")[1:] in ids, attributes
        if tag == "img":
            assert "alt" in attributes


@pytest.mark.parametrize("name", [name for name in PAGES if name != "unknown-host"])
def test_no_english_is_left_on_an_armenian_page(in_armenian: Drawn, name: str) -> None:
    """Runs of Latin words stand only in elements marked as foreign, in addresses and in example data."""
    html = re.sub(r"<head>.*?</head>", "", in_armenian(name), flags=re.S)
    html = re.sub(r"<(\w+)[^>]*\blang=\"(?!hy)[^>]*>.*?</\1>", "", html, flags=re.S) if 'lang="en"' in html else html
    words = re.findall(
        r"[A-Za-z]{4,}", re.sub(r"<[^>]+>|[^\s<]+@[^\s<]+|https?:[^\s<]+|\w+\.(docx|example|am)\b", " ", html)
    )
    assert not words, words


def test_a_news_picture_is_offered_as_webp_in_two_widths(render: Render) -> None:
    class Rendition(SimpleNamespace):
        def img_tag(self, attributes: dict[str, Any]) -> str:
            pairs = {"src": self.url, "width": self.width, "height": 300, **attributes}
            return "<img " + " ".join(f'{name}="{value}"' for name, value in pairs.items()) + ">"

    class Picture:
        def get_rendition(self, spec: str) -> Rendition:
            return self.get_renditions(spec)[spec]

        def get_renditions(self, *filters: Any) -> dict[str, Rendition]:
            specs = [getattr(each, "spec", each) for each in filters]
            return {spec: Rendition(url=f"/media/{spec}", width=int(re.findall(r"\d+", spec)[0])) for spec in specs}

    item = news(1)[0]
    item.image = Picture()
    html = render("components/news_list.html", {"news": [item]})
    assert 'type="image/webp"' in html
    assert "/media/format-webp|fill-480x300 480w, /media/format-webp|fill-960x600 960w" in html
    assert 'alt=""' in html
    assert 'loading="lazy"' in html
    assert "6.5rem" not in html, "the first picture is as wide as a phone"
    # The others are thumbnails there: a phone must not fetch them in full width before the first one has come.
    second = news(1)[0]
    second.image = Picture()
    html = render("components/news_list.html", {"news": [item, second], "plain": True})
    if "m-news" in html:  # a theme that has no thumbnails
        return
    first, others = html.split("</li>")[:2]
    assert 'fetchpriority="high"' in first and "calc(100vw - 2rem)" in first and "lazy" not in first
    assert "6.5rem" in others and 'loading="lazy"' in others


def test_a_community_without_pictures_and_figures_still_has_a_home_page(render: Render) -> None:
    html = rendered(render, "home-bare")
    assert "Ինչո՞վ կարող ենք օգնել" in html
    assert "Նորություններ</h2>" not in html


def test_the_community_style_sheet_comes_after_the_tokens(render: Render) -> None:
    html = rendered(render, "home")
    assert html.index("tokens.css") < html.index('href="/theme.css"') < html.index("base.css")


def test_only_headings_with_an_answer_are_shown(render: Render) -> None:
    html = rendered(render, "service")
    assert "Ո՞ւմ համար է" in html
    assert "Ո՞վ ունի արտոնություն" not in html
    assert html.count('href="#whom"') == 1


def test_a_form_with_errors_names_the_fields_and_leads_to_them(render: Render) -> None:
    html = rendered(render, "form-error")
    assert "<title>Սխալ՝ Քայլ 2 / 5. Երեխայի տվյալները – Մեղրի համայնք</title>" in html
    assert "Շարունակելու համար ուղղեք 3 կետ" in html
    assert '<a href="#f-kg-1">Ընտրեք մանկապարտեզը</a>' in html
    assert 'aria-describedby="f-cert-h f-cert-e" aria-invalid="true"' in " ".join(html.split())
    assert 'value="draft"' not in html and 'name="draft" value="abc"' in html


def test_what_was_filled_in_is_escaped_and_kept(render: Render) -> None:
    described = form(False)
    described["groups"][0]["fields"][0]["value"] = '"><script>alert(1)</script>'
    html = render("procedures/form.html", {"form": described, "site": site()})
    assert "&quot;&gt;&lt;script&gt;" in html
    assert "<script>alert" not in html


def test_a_waiting_case_says_what_is_needed_and_until_when(render: Render) -> None:
    html = rendered(render, "status")
    assert "30 նոյեմբերի 2026" in html
    assert "մնացել է 22 օր" in html
    assert 'aria-current="step">Քննվում է' in html
    assert '<meta name="robots" content="noindex">' in html


def test_an_answered_case_shows_the_answer_and_no_term(render: Render) -> None:
    html = render("cases/status.html", {"case": case(answer=ANSWER, is_closed=True, needed=None), "site": site()})
    assert "Բավարարվել է" in html
    assert "Պատասխան գրություն" in html
    assert "Պատասխանը կստանաք մինչև" not in html


def test_a_late_answer_is_called_late(render: Render) -> None:
    assert "պատասխանն ուշանում է" in rendered(render, "status-late")


def test_seventy_one_communities_stand_on_one_page(render: Render) -> None:
    html = rendered(render, "communities")
    assert html.count("<li>") >= 70
    assert "գործում է" in html


def test_the_pages_of_a_long_list_keep_the_words_of_the_search(render: Render) -> None:
    template, context = PAGES["search"]
    html = render(template, {**context, "site": site()}, path="/search/?q=abc")
    assert 'href="?q=abc&amp;p=2"' in html
    assert 'aria-current="page">1<' in html


def test_the_error_page_needs_nothing(engine: DjangoTemplates) -> None:
    """Django renders it without request and context when everything else has failed."""
    with translation.override("hy"):
        html = engine.get_template("500.html").render()
    assert "Սխալը մեր կողմից է" in html


def test_an_unknown_host_learns_nothing(render: Render) -> None:
    html = render("tenants/unknown_host.html", {})
    assert "css" not in html and "Հ" not in html and "static" not in html


def test_a_missing_translation_is_said_in_the_language_that_was_asked_for(render: Render) -> None:
    html = render(
        "cms/section_page.html",
        {"page": page(), "children": [], "fallback": {"asked": "ru", "name": "Русский"}, "site": site()},
    )
    assert '<p lang="ru">Этой страницы на вашем языке пока нет. Она показана на армянском.</p>' in html


@pytest.mark.parametrize(
    ("block", "value", "expected"),
    [
        ("heading", {"text": "Ինչպես դիմել", "anchor": "ինչպես-դիմել"}, '<h2 id="ինչպես-դիմել">Ինչպես դիմել</h2>'),
        ("paragraph", "<p>Տեքստ</p>", "<p>Տեքստ</p>"),
        ("note", {"title": "Ուշադրություն", "text": "<p>Ջուր չի լինի։</p>"}, "<b>Ուշադրություն</b>"),
        ("quote", {"text": "Ջուր կա։", "source": "բնակիչ"}, "<footer>բնակիչ</footer>"),
        ("facts", {"items": [{"label": "Արժեքը", "value": "312 մլն ֏"}]}, "<dt>Արժեքը</dt><dd>312 մլն ֏</dd>"),
        ("questions", {"items": [{"question": "Ե՞րբ", "answer": "<p>Վաղը։</p>"}]}, "<summary>Ե՞րբ</summary>"),
        ("button", {"title": "Դիմել", "url": "/apply/"}, '<a class="button button--quiet" href="/apply/">Դիմել'),
        (
            "files",
            {"files": [{"title": "Կարգ", "url": "/documents/1/", "file_extension": "pdf", "file_size": 84_000}]},
            '<a href="/documents/1/">Կարգ</a>',
        ),
        ("table", {"caption": "Սակագներ", "columns": [{"heading": "Ծառայություն"}], "rows": []}, "<caption>Սակագներ"),
    ],
)
def test_the_blocks_of_a_text(render: Render, block: str, value: Any, expected: str) -> None:
    assert expected in render(f"blocks/{block}.html", {"value": value})


def test_a_password_is_never_written_back(render: Render) -> None:
    described = field("password", "password", "Գաղտնաբառ", value="secret", autocomplete="new-password")
    html = render("components/forms/field.html", {"field": described})
    assert 'type="password"' in html
    assert "secret" not in html
