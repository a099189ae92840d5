"""What every page of residents that takes postings needs: never kept, protected, nothing read that is too large."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from services_api.cases import uploads

View = Callable[..., HttpResponse]
# All files of one posting together, and the text around them.
MAX_REQUEST_BYTES = 60 * uploads.MEGABYTE


def guarded(view: View, too_large: View) -> View:
    """Never cached; too large postings are refused before they are read (the CSRF check would read them)."""
    protected = csrf_protect(sensitive_post_parameters()(view))

    @csrf_exempt
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = 0
        if size > MAX_REQUEST_BYTES:
            response = too_large(request, **arguments)
            response["Connection"] = "close"
            return response
        return protected(request, **arguments)

    return checked
