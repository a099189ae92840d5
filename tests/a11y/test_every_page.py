"""Every public page type, in three languages: nothing for axe to find, light, alone, and never too wide.

Each page is opened once in each language and looked at in three widths, by day and by night. All rules are asked on the
narrowest and the widest screen by day; at night and between them only what can differ there: colours and the width.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.a11y.findings import Watcher, axe_findings, overhang
from tests.a11y.html_rules import mistakes
from tests.a11y.pages import PAGES, PREFIX, WAYS, WORDS, PublicPage, Traces, leave_traces
from tests.e2e.languages import armenian_words
from tests.e2e.stage import DESK, PHONE, Stage

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.xdist_group("product")]

NARROW = {"width": 320, "height": 640}
TABLET = {"width": 768, "height": 1024}
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
    answer = watcher.page.goto(address_of(stage_of_module, asked, language))
    assert answer is not None and mistakes(answer.text()) == []
    assert_is_for_everybody(watcher, asked.name, language)


@pytest.mark.parametrize(("name", "language"), STEPS)
def test_page_on_the_way(stage_of_module: Stage, watcher: Watcher, traces: Traces, name: str, language: str) -> None:
    WAYS[name](watcher.page, stage_of_module, PREFIX[language], traces)
    assert_is_for_everybody(watcher, name, language)


def assert_is_for_everybody(watcher: Watcher, name: str, language: str) -> None:
    page = watcher.page
    assert page.locator("html").get_attribute("lang") == language
    assert watcher.manners() == []
    assert seen_by_everybody(page) == []
    if language != "hy" and name not in HOLDS_WRITTEN_WORDS:
        assert armenian_words(page) == []


def seen_by_everybody(page: Page) -> list[str]:
    """Findings of all looks: what axe sees, and what can only be reached by scrolling sideways."""
    found = []
    for viewport in (NARROW, TABLET, DESK):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        for mode in ("light", "dark"):
            page.emulate_media(color_scheme=mode)  # type: ignore[arg-type]
            place = f"{mode} {viewport['width']}"
            if overhang(page) > 0:
                found.append(f"{place}: {overhang(page)} px too wide")
            findings = axe_findings(page, colours_only=mode == "dark" or viewport is TABLET)
            found += [f"{place}: {finding}" for finding in findings]
    return found


@pytest.mark.parametrize("mode", ["contrast", "largest", "low-vision"])
@pytest.mark.parametrize("host", ["meghri", "tumanyan"])
def test_ways_of_reading_in_both_themes(stage_of_module: Stage, watcher: Watcher, host: str, mode: str) -> None:
    """Tumanyan has the second theme. Without script: the mode stands in the address."""
    for path in ("/", "/news/", "/community/contacts/"):
        watcher.page.goto(stage_of_module.address(host, f"{path}?mode={mode}"))
        assert watcher.page.locator("html").get_attribute("data-mode" if mode != "largest" else "data-text")
        assert seen_by_everybody(watcher.page) == []


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
