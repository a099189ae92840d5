"""Who may see the console: staff of the ministry's tenant with the right to manage communities."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import permission_required, require_admin_access

View = Callable[..., HttpResponse]
MANAGE = "console.manage_communities"


def is_ministry(request: HttpRequest) -> bool:
    """True on the ministry's own host."""
    community = getattr(request, "tenant", None)
    return community is not None and community.is_ministry


def may_manage(request: HttpRequest) -> bool:
    """True for a member of the ministry's staff with the right, on the ministry's host."""
    return is_ministry(request) and request.user.has_perm(MANAGE)


def officer(request: HttpRequest) -> AbstractUser:
    """Who acts; the records of the console name this person."""
    user = request.user
    if not isinstance(user, AbstractUser):
        raise PermissionDenied
    return user


def ministry_only(view: View) -> View:
    """404 on every other tenant, before anything else is looked at; then sign-in, then the right."""
    inside = require_admin_access(permission_required(MANAGE)(view))

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_ministry(request):
            raise Http404
        return inside(request, *args, **kwargs)

    return guarded
