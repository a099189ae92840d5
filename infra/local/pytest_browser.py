"""A pytest plugin: tests marked `e2e` run in a Chromium that was found or fetched; E2E=0 skips them on purpose.

Loaded by `-p infra.local.pytest_browser`. `make test` finds the browser first and hands it over as $CHROMIUM.
"""

from typing import Any

import pytest

from infra.local import browser

ARGUMENTS = [
    "--no-sandbox",  # root and containers have none; the tests open our own pages only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With E2E=0 every browser test says that it is skipped on purpose."""
    if browser.wanted():
        return
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.skip(reason="E2E=0: browser tests are skipped on purpose"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that starts; where none can be had the test fails and says how to get one."""
    try:
        return browser.find()
    except browser.NoBrowserError as problem:
        pytest.fail(str(problem), pytrace=False)


@pytest.fixture(scope="session")
def chromium_launch_options(chromium: str) -> dict[str, Any]:
    """Arguments for Playwright: `playwright.chromium.launch(**chromium_launch_options)`."""
    return {"executable_path": chromium, "args": ARGUMENTS, "headless": True}
