"""The running product and one browser, for the tests of this folder and of tests/a11y.

The product is the real one: PostgreSQL, gunicorn, Celery worker and dispatcher under their supervisor, in the local
mode with the demo communities. It is started once per test process, by the first test that needs it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from infra.chaos.product import Product, ProductFailed
from infra.local import processes
from infra.local.paths import var_dir

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PATIENCE_MS = 20_000  # the two processors may be busy with other tests
LOGS = ("web", "worker", "dispatcher")
LAST_BYTES = 3_000

expect.set_options(timeout=PATIENCE_MS)
_running: Product | None = None


def running_product() -> Product:
    """The product, started on the first call. `end_product` stops it when the tests are over."""
    global _running
    if _running is None:
        place = var_dir().parent  # beside the workers' own folders: their database fixture empties them
        _remove_leftovers(place)
        _running = Product(place / f"e2e-{os.getpid()}", demo=True)
        try:
            _running.start()
        except ProductFailed as failed:
            pytest.fail(f"The product did not start:\n{failed}", pytrace=False)
    return _running


def end_product() -> None:
    """Stop the product and remove its data, whatever happened before. Called at the end of the test session."""
    global _running
    if _running is not None:
        _running.remove()
        _running = None


def _remove_leftovers(place: Path) -> None:
    """Data of a test run that was killed: its processes died with it, its folder stayed."""
    for folder in place.glob("e2e-*"):
        number = folder.name.removeprefix("e2e-")
        if number.isdigit() and not processes.alive(int(number)):
            Product(folder, demo=True).remove()


def last_words(product: Product) -> list[tuple[str, str]]:
    """The ends of the product's logs, for the report of a failed test."""
    found = []
    for name in LOGS:
        path = product.var / "log" / f"{name}.log"
        if path.exists():
            found.append((f"{name}.log", path.read_bytes()[-LAST_BYTES:].decode("utf-8", "replace")))
    return found


@dataclass
class Stage:
    """Where the journeys take place: addresses of the product and visitors with browsers of their own."""

    product: Product
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    def address(self, host: str, path: str = "/") -> str:
        """The address of a page: `address("goris", "/en/")`; an empty host is the ministry's."""
        return f"http://{host}{'.' if host else ''}localhost:{self.product.port}{path}"

    def visitor(self, *, viewport: dict[str, int] = DESK, **options: Any) -> BrowserContext:
        """A browser that has never been here. `options` as for Playwright: java_script_enabled, color_scheme ..."""
        given: dict[str, Any] = {"locale": "hy-AM", "timezone_id": "Asia/Yerevan", "reduced_motion": "reduce"}
        context = self.browser.new_context(viewport=viewport, **{**given, **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        context.set_default_navigation_timeout(PATIENCE_MS)
        self.contexts.append(context)
        return context

    def page(self, **options: Any) -> Page:
        """One tab of a new visitor."""
        return self.visitor(**options).new_page()

    def leave(self) -> None:
        """All visitors go home."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()


# A module's browser ends with the module: while Playwright runs, Django refuses the database to this thread, and
# other tests may follow in this process.
@pytest.fixture(scope="module")
def browser_of_module(chromium_launch_options: dict[str, Any]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_launch_options)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def stage_of_module(browser_of_module: Browser) -> Iterator[Stage]:
    """For tests that share visitors; most want `stage`."""
    stage = Stage(running_product(), browser_of_module)
    yield stage
    stage.leave()


@pytest.fixture
def stage(browser_of_module: Browser) -> Iterator[Stage]:
    """A stage whose visitors leave after the test."""
    stage = Stage(running_product(), browser_of_module)
    yield stage
    stage.leave()


def report_failure(item: pytest.Item, report: pytest.TestReport) -> None:
    """A failed test shows the ends of the logs and a picture of every open page."""
    if not report.failed or _running is None:
        return
    for name, text in last_words(_running):
        report.sections.append((name, text))
    stage = getattr(item, "funcargs", {}).get("stage")
    if report.when == "call" and stage is not None:
        for number, page in enumerate(page for context in stage.contexts for page in context.pages):
            path = var_dir().parent / "failures" / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', item.name)}-{number}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path)
            report.sections.append(("page", f"{page.url}\npicture: {path}"))
