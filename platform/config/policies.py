"""Content security policy of the staff's workplace.

Public pages have the strict policy of `CONTENT_SECURITY_POLICY`. Wagtail's admin writes inline styles and a few inline
scripts, so its policy allows those, but still no request to any other host, no plug-ins and no foreign frames.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
HEADER = "Content-Security-Policy"
WORKPLACE = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "object-src 'none'",
    ]
)


class WorkplacePolicyMiddleware:
    """Sets the policy of the workplace on answers below /admin/ that have none."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response.headers.setdefault(HEADER, WORKPLACE)
        return response
