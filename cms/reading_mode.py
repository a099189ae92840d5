"""Ways of reading without script and without a cookie: `?mode=` stands in the address and is carried by every link.

With script the choice is kept by the browser (themes/base/static/base/js/enhance.js) and nothing of this is needed.
The modes are six words, so the page cache keeps at most seven copies of a page; search engines are told to pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
# What the style sheets read on <html>, for each mode.
ATTRIBUTES = {
    "light": 'data-mode="light"',
    "dark": 'data-mode="dark"',
    "contrast": 'data-mode="contrast"',
    "large": 'data-text="large"',
    "largest": 'data-text="largest"',
    "low-vision": 'data-reading="low-vision" data-mode="contrast" data-text="largest"',
}
_HTML = re.compile(r"<html\b")
_LINK = re.compile(r'<a\b(?![^>]*\bdata-look=)[^>]*?\shref="([^"]*)"')
_SEARCH = re.compile(r'(<form\b(?![^>]*\bmethod="post")[^>]*>)', re.I)
# Pages of this site, and other places on or of the same page; neither files nor the staff's part.
_PAGE = re.compile(r"(?:/(?!/|admin/|api/|media/|static/|documents/)|\?)[^#]*\Z")
_FILE = re.compile(r"\.\w{2,5}(?:\?|\Z)")


def carried(address: str, mode: str) -> str:
    """An address as it stands in HTML, with the mode if it leads to a page of this site; otherwise as it was."""
    path, hash_sign, place = address.partition("#")
    if not _PAGE.match(path) or _FILE.search(path) or "mode=" in path:
        return address
    return f"{path}{'&amp;' if '?' in path else '?'}mode={mode}{hash_sign}{place}"


def drawn_in(html: str, mode: str) -> str:
    """A whole page in this mode."""

    def with_mode(found: re.Match[str]) -> str:
        start, end = found.start(1) - found.start(), found.end(1) - found.start()
        return found[0][:start] + carried(found[1], mode) + found[0][end:]

    html = _HTML.sub(f"<html {ATTRIBUTES[mode]}", html, count=1)
    html = _SEARCH.sub(rf'\1<input type="hidden" name="mode" value="{mode}">', html)
    return _LINK.sub(with_mode, html)


class ReadingModeMiddleware:
    """Inside the page cache, so that a page in a mode is drawn once like any other."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        mode = request.GET.get("mode", "")
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if mode in ATTRIBUTES and is_page and not request.path_info.startswith("/admin/"):
            charset = response.charset or "utf-8"
            response.content = drawn_in(response.content.decode(charset), mode).encode(charset)
            response.headers["X-Robots-Tag"] = "noindex"
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response
