"""Every public page type, in three languages: nothing for axe to find, light, alone, and never too wide.

Each page is opened once in each language, in one tab for all of them, and looked at in three widths. All rules are
asked on the narrowest screen by day and on the widest by night. The frame around all pages differs by width, the pages
in it do not differ in colours: those of a few pages are asked in the other widths and lights, too. Another language
changes words and lengths: there one width answers, and the rules about words. In the first language the same page is
opened without script too, and says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

from tests.a11y.findings import Watcher, axe_findings, overhang
from tests.a11y.furnish import furnished
from tests.a11y.html_rules import mistakes
from tests.a11y.pages import FURNISHED, PAGES, PREFIX, TYPES, WAYS, PublicPage, Traces, leave_traces
from tests.e2e.languages import armenian_words
from tests.e2e.stage import PHONE, Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

# Width, light, and what is asked of axe there; "" only whether the page fits.
LOOKS = ((320, "light", "everything"), (768, "light", ""), (1280, "dark", "everything"))
COLOURS = ((320, "dark", "colours"), (1280, "light", "colours"))
IN_ALL_COLOURS = {
    "HomePage",
    "ContentPage",
    "NewsPage",
    "one-budget",
    "all-blocks",
    "form",
    "status-with-answer",
    "duties",
}
OTHER_WORDS = ((320, "light", "words"),)
ADDRESSES = [
    pytest.param(asked, language, id=f"{asked.name}-{language}") for asked in PAGES for language in asked.languages
]
STEPS = [pytest.param(name, language, id=f"{name}-{language}") for name in WAYS for language in PREFIX]
# Residents and staff write in their own language, whatever the language of the page around it.
HOLDS_WRITTEN_WORDS = {"review", "confirmation", "status-with-answer", "mailbox", "lookup-wrong-pair"}


@pytest.fixture(scope="module")
def traces(stage_of_module: Stage) -> Traces:
    return leave_traces(stage_of_module)


@pytest.fixture(scope="module")
def known(stage_of_module: Stage) -> dict[str, dict[str, str]]:
    """Addresses of one page of each type, with what the demonstration lacks."""
    return furnished(stage_of_module.product)


@pytest.fixture(scope="module")
def tab(stage_of_module: Stage) -> Watcher:
    """One tab for all pages: they are many, and its cache of files is off."""
    return Watcher.open(stage_of_module.visitor(viewport=PHONE))


@pytest.fixture(scope="module")
def without_script(stage_of_module: Stage) -> Page:
    return stage_of_module.visitor(viewport=PHONE, java_script_enabled=False).new_page()


@pytest.fixture
def watcher(tab: Watcher) -> Watcher:
    """The tab of somebody who has never been here."""
    tab.page.context.clear_cookies()
    tab.page.emulate_media(color_scheme="light")
    tab.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return tab


def test_one_of_each_type_is_looked_at(known: dict[str, dict[str, str]]) -> None:
    from cms.models import PAGE_TYPES

    assert {model.__name__ for model in PAGE_TYPES} == {*TYPES, "RegisterPage", "SyndicatedPage", "CommunitiesPage"}
    assert {*(each.name for each in PAGES), *WAYS} >= IN_ALL_COLOURS
    assert set(FURNISHED) <= set(known)
    assert set(known) - set(FURNISHED) <= {"SyndicatedPage"}


@pytest.mark.parametrize(("asked", "language"), ADDRESSES)
def test_page_with_an_address(
    stage_of_module: Stage,
    watcher: Watcher,
    without_script: Page,
    known: dict[str, dict[str, str]],
    asked: PublicPage,
    language: str,
) -> None:
    address = stage_of_module.address(asked.host, asked.at(language, known))
    answer = watcher.page.goto(address)
    assert answer is not None and mistakes(answer.text()) == []
    assert_is_for_everybody(watcher, asked.name, language)
    if language == asked.languages[0]:
        without_script.goto(address)
        assert words_of(without_script) == words_of(watcher.page) != ""


@pytest.mark.parametrize(("name", "language"), STEPS)
def test_page_on_the_way(stage_of_module: Stage, watcher: Watcher, traces: Traces, name: str, language: str) -> None:
    WAYS[name](watcher.page, stage_of_module, PREFIX[language], traces)
    assert_is_for_everybody(watcher, name, language)


def assert_is_for_everybody(watcher: Watcher, name: str, language: str) -> None:
    page = watcher.page
    assert page.locator("html").get_attribute("lang") == language
    assert watcher.manners() == []
    looks = LOOKS if language == "hy" else OTHER_WORDS
    assert seen_by_everybody(page, (*looks, *COLOURS) if name in IN_ALL_COLOURS and language == "hy" else looks) == []
    if language != "hy" and name not in HOLDS_WRITTEN_WORDS:
        assert armenian_words(page) == []


def words_of(page: Page) -> str:
    """What the page says; what only script can do («remember my settlement») is hidden without it, and counts too."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate("document.querySelectorAll('main [hidden]').forEach(each => each.hidden = false)")
    return " ".join(page.locator("main").inner_text().split())


def seen_by_everybody(page: Page, looks: Sequence[tuple[int, str, str]]) -> list[str]:
    """Findings of all looks: what axe sees, and what can only be reached by scrolling sideways."""
    found = []
    for width, mode, asked in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
        place = f"{mode} {width}"
        if overhang(page) > 0:
            found.append(f"{place}: {overhang(page)} px too wide")
        if asked:
            found += [f"{place}: {finding}" for finding in axe_findings(page, asked)]
    return found


@pytest.mark.parametrize("mode", ["contrast", "largest", "low-vision"])
@pytest.mark.parametrize("host", ["meghri", "tumanyan"])
def test_ways_of_reading_in_both_themes(stage_of_module: Stage, watcher: Watcher, host: str, mode: str) -> None:
    """Tumanyan has the second theme. Without script: the mode stands in the address."""
    for path in ("/", "/news/", "/community/contacts/"):
        watcher.page.goto(stage_of_module.address(host, f"{path}?mode={mode}"))
        assert watcher.page.locator("html").get_attribute("data-mode" if mode != "largest" else "data-text")
        assert seen_by_everybody(watcher.page, (LOOKS[0], COLOURS[0])) == []
