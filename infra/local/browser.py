"""Find a Chromium for the end-to-end tests, and print its path.

    python -m infra.local.browser

In this order: $CHROMIUM, one on PATH, Playwright's own, Playwright's download, the distribution's package (as root).
`E2E=0` skips on purpose.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The one without windows first: what nobody sees costs it nothing, so pages take two thirds of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium-headless-shell", "chromium")
DOWNLOAD_SECONDS = 600


class NoBrowserError(Exception):
    """No Chromium can be had. The message is one line with what to do."""


def wanted() -> bool:
    """Whether the tests in a browser are to run: always, unless E2E=0 says no."""
    return os.environ.get("E2E", "1") != "0"


def find() -> str:
    """The path of a Chromium that starts, fetched if there is none. Raises NoBrowserError."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        if not _starts(named):
            raise NoBrowserError(f"CHROMIUM={named} does not start: correct it, or unset it to have one looked for.")
        return named
    for attempt in (_on_path, _of_playwright, _download, _package):
        found = attempt()
        if found and _starts(found):
            return found
    raise NoBrowserError(
        "The end-to-end tests need Chromium and none can be had: install it (`apt-get install chromium`), "
        "or name one with CHROMIUM=/path, or skip them on purpose with E2E=0."
    )


def _on_path() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def _of_playwright() -> str | None:
    script = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None


def _download() -> str | None:
    _say("no Chromium on this machine: downloading Playwright's")
    try:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=DOWNLOAD_SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        _say("the download does not work from here")
        return None
    return _of_playwright()


def _package() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _apt("update")
    # Older distributions have the whole browser only.
    for package in PACKAGES:
        _say(f"installing the package {package}")
        if _apt("install", "-y", "--no-install-recommends", package):
            break
    return _on_path()


def _apt(*arguments: str) -> bool:
    command = ["apt-get", *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        _say(f"`{' '.join(command)}` does not work here")
    return done.returncode == 0


def _starts(path: str) -> bool:
    try:
        shown = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return shown.returncode == 0


def _say(line: str) -> None:
    print(f"browser: {line}", file=sys.stderr, flush=True)


def main() -> int:
    """Print the path of the browser; the exit code."""
    if not wanted():
        _say("E2E=0: the tests in a real browser are skipped on purpose")
        return 0
    try:
        print(find())
    except NoBrowserError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
