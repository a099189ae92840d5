"""Every public page type, in three languages: nothing for axe to find, light, alone, and never too wide.

Armenian pages are looked at on a phone and on a desk, by day and by night; English and Russian ones on a phone by day,
since they differ in words only.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.a11y.findings import Watcher, axe_findings, overhang
from tests.a11y.pages import PAGES, PREFIX, WAYS, WORDS, PublicPage, Traces, leave_traces
from tests.e2e.languages import armenian_words
from tests.e2e.stage import DESK, PHONE, Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

NARROW = {"width": 320, "height": 640}
ADDRESSES = [
    pytest.param(asked, language, id=f"{asked.name}-{language}") for asked in PAGES for language in asked.languages
]
STEPS = [pytest.param(name, language, id=f"{name}-{language}") for name in WAYS for language in PREFIX]
# Residents and staff write in their own language, whatever the language of the page around it.
HOLDS_WRITTEN_WORDS = {"review", "confirmation", "status-with-answer", "mailbox", "lookup-wrong-pair"}


@pytest.fixture(scope="module")
def traces(stage_of_module: Stage) -> Traces:
    return leave_traces(stage_of_module)


@pytest.fixture
def watcher(stage_of_module: Stage) -> Iterator[Watcher]:
    context = stage_of_module.visitor(viewport=PHONE)
    yield Watcher.open(context)
    context.close()
    stage_of_module.contexts.remove(context)


def address_of(stage: Stage, page: PublicPage, language: str) -> str:
    return stage.address(page.host, PREFIX[language] + page.path.format(word=WORDS[language]))


@pytest.mark.parametrize(("asked", "language"), ADDRESSES)
def test_page_with_an_address(stage_of_module: Stage, watcher: Watcher, asked: PublicPage, language: str) -> None:
    watcher.page.goto(address_of(stage_of_module, asked, language))
    assert_is_for_everybody(watcher, asked.name, language)


@pytest.mark.parametrize(("name", "language"), STEPS)
def test_page_on_the_way(stage_of_module: Stage, watcher: Watcher, traces: Traces, name: str, language: str) -> None:
    WAYS[name](watcher.page, stage_of_module, PREFIX[language], traces)
    assert_is_for_everybody(watcher, name, language)


def assert_is_for_everybody(watcher: Watcher, name: str, language: str) -> None:
    page = watcher.page
    assert page.locator("html").get_attribute("lang") == language
    assert watcher.manners() == []
    assert seen_by_axe(page, language) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert overhang(page) <= 0, f"{overhang(page)} px too wide for 320 px"
    if language != "hy" and name not in HOLDS_WRITTEN_WORDS:
        assert armenian_words(page) == []


def seen_by_axe(page: Page, language: str) -> list[str]:
    """Findings of all looks that matter for the language."""
    found = []
    for viewport in (PHONE, DESK) if language == "hy" else (PHONE,):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        for mode in ("light", "dark") if language == "hy" else ("light",):
            page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
            findings = axe_findings(page, colours_only=mode == "dark")
            found += [f"{mode} {viewport['width']}: {finding}" for finding in findings]
    return found


@pytest.mark.parametrize("asked", [pytest.param(page, id=page.name) for page in PAGES])
def test_page_says_the_same_without_script(stage_of_module: Stage, asked: PublicPage) -> None:
    language = asked.languages[0]
    told = []
    for javascript in (True, False):
        context = stage_of_module.visitor(viewport=PHONE, java_script_enabled=javascript)
        tab = context.new_page()
        tab.goto(address_of(stage_of_module, asked, language))
        told.append(" ".join(tab.locator("main").inner_text().split()))
        context.close()
        stage_of_module.contexts.remove(context)
    assert told[0] == told[1] != ""
