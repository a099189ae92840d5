"""What a person or a program gets when something of ours is broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.defaults import server_error as page


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a problem document (RFC 9457) for programs, the community's page for people."""
    if not request.path_info.startswith("/api/"):
        return page(request)
    problem = {
        "type": "about:blank",
        "title": _("Something went wrong on our side"),
        "status": 500,
        "detail": _("Nothing was lost or half-done. Please try again later."),
        "instance": request.path_info,
    }
    return JsonResponse(problem, status=500, content_type="application/problem+json")
