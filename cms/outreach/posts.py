"""Forms on cached pages: they can carry no CSRF token and set no cookie, so other things prove where they come from.

Browsers say it themselves: `Sec-Fetch-Site` (all since 2023), else `Origin`, which is sent with every POST. What says
neither is no browser of somebody who reads the page. None of these forms acts with anybody's rights.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest

# Hidden from people; programs that fill in every field fill in this one too.
HONEYPOT = "website"


def comes_from_here(request: HttpRequest) -> bool:
    """True for a form that was sent from a page of this very site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    parts = urlsplit(origin)
    return parts.scheme == request.scheme and parts.netloc == request.get_host()


def is_program(request: HttpRequest) -> bool:
    """True when the field that people do not see was filled in."""
    return bool(request.POST.get(HONEYPOT))
