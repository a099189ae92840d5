"""The running product and a browser (tests/e2e/stage.py); on failure the logs and a picture of each open page."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.e2e.stage import browser_of_module, end_product, report_failure, stage, stage_of_module

__all__ = ["browser_of_module", "stage", "stage_of_module"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    report_failure(item, report)
    return report


def pytest_sessionfinish() -> None:
    # Not later: a worker of xdist is killed ten seconds after it has said that it is finished.
    end_product()
