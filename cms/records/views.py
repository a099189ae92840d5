"""Files of the registers' pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve


def register_file(request: HttpRequest, path: str, file: str) -> HttpResponse:
    """Hand the file to the page that it belongs to (`RegisterPage.route`); 404 below any other page."""
    response: HttpResponse = serve(request, f"{path}{file}/")
    return response
