"""Who sees the screens of the exchange."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from tenants.workplace import with_right

# Whoever appoints colleagues administers the community: the same people answer for what leaves it.
ADMINISTERS = "accounts.change_user"
administers = with_right(ADMINISTERS)


class Administration(WagtailAdminTemplateMixin):  # type: ignore[misc]
    """A screen for those who administer the community; nobody else may see it, and no cache keeps it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not administers(request):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response
