"""What is asked of a page once it is open: axe, its weight, its manners."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request

# What axe is asked: all of WCAG 2.2 AA and its best practices; what can differ between the light and the dark look of
# one and the same page; what can differ between its languages, which are names and lengths of words.
RULES: dict[str, Any] = {
    "everything": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "colours": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "words": {
        "type": "rule",
        "values": [
            *("aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "aria-progressbar-name"),
            *("button-name", "document-title", "empty-heading", "empty-table-header", "html-has-lang"),
            *("html-lang-valid", "image-alt", "image-redundant-alt", "input-button-name", "label", "landmark-unique"),
            *("link-name", "select-name", "summary-name", "svg-img-alt", "target-size", "valid-lang"),
        ],
    },
}
MAX_BYTES = 150_000
MAX_REQUESTS = 15
PHOTOS = "/media/"
# The browser's own line about the answer 404, 410 or 422 of a page that says in words what is wrong.
EXPECTED_STATUSES = ("status of 404", "status of 410", "status of 422")
WATCH_POLICY = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", event =>
    window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


@dataclass
class Watcher:
    """Sees everything that a page asks for and complains about, from the last navigation on."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext) -> Watcher:
        """A new tab without a cache of files, so that each page is weighed like a first visit."""
        page = context.new_page()
        watcher = cls(page)
        context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.add_init_script(WATCH_POLICY)
        page.on("request", watcher._asked)
        page.on("console", watcher._said)
        page.on("pageerror", watcher._failed)
        return watcher

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.requests.clear()
            self.complaints.clear()
        self.requests.append(request)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        about_the_page = message.location.get("url") == self.page.url
        if not (about_the_page and any(words in message.text for words in EXPECTED_STATUSES)):
            self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def manners(self) -> list[str]:
        """What is wrong with the page as the network and the console see it; empty when nothing is."""
        own = urlsplit(self.page.url).netloc
        wrong = [f"console: {text}" for text in self.complaints]
        wrong += [f"policy: {text}" for text in self.page.evaluate("window.violations")]
        urls = [urlsplit(request.url) for request in self.requests if not request.url.startswith(("data:", "blob:"))]
        wrong += [f"another host: {url.geturl()}" for url in urls if url.netloc != own]
        weights = {
            urlsplit(request.url).path: _bytes_of(request)
            for request in self.requests
            if not urlsplit(request.url).path.startswith(PHOTOS) and not request.url.startswith("data:")
        }
        if len(weights) > MAX_REQUESTS:
            wrong.append(f"{len(weights)} requests without photos: {' '.join(weights)}")
        if sum(weights.values()) > MAX_BYTES:
            wrong.append(f"{sum(weights.values())} bytes without photos: {weights}")
        return wrong


def _bytes_of(request: Request) -> int:
    """What came over the wire for one request, with its headers."""
    if request.response() is None:
        return 0
    sizes = request.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


def axe_findings(page: Page, asked: str = "everything") -> list[str]:
    """What axe finds, one line a place. `asked`: everything, colours or words."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": RULES[asked], "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"{violation['id']} ({violation['impact']}): {' '.join(map(str, node['target']))} {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def overhang(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
