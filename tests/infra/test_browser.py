"""Browser tests run in a real Chromium or say why they do not."""

import stat
from pathlib import Path

import pytest

from infra.local import browser


@pytest.fixture(autouse=True)
def nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_download", lambda: None)
    monkeypatch.setattr(browser, "_package", lambda: None)


def _program(path: Path, code: int = 0) -> Path:
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_named_browser_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = _program(tmp_path / "my-chromium")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert browser.find() == str(named)


def test_a_named_browser_that_does_not_start_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", str(_program(tmp_path / "broken", code=1)))
    with pytest.raises(browser.NoBrowserError, match="does not start"):
        browser.find()


def test_one_on_the_path_is_taken_that_without_windows_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    mine = _program(tmp_path / "chromium")
    assert browser.find() == str(mine)
    without_windows = _program(tmp_path / "chromium-headless-shell")
    assert browser.find() == str(without_windows)


def test_a_distribution_without_that_package_gives_the_whole_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    asked: list[str] = []

    def only_the_whole_one(*arguments: str) -> bool:
        asked.append(arguments[-1])
        return arguments[-1] == "chromium"

    monkeypatch.setattr(browser, "_apt", only_the_whole_one)
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    assert browser._package() is None
    assert asked == ["update", "chromium-headless-shell", "chromium"]


def test_where_none_can_be_had_it_fails_and_says_how(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("E2E", raising=False)
    monkeypatch.setattr(browser, "_on_path", lambda: None)
    monkeypatch.setattr(browser, "_of_playwright", lambda: None)
    assert browser.main() == 1
    assert "apt-get install chromium" in capsys.readouterr().err


def test_e2e_0_skips_on_purpose_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("E2E", "0")
    assert browser.main() == 0
    assert "skipped on purpose" in capsys.readouterr().err
