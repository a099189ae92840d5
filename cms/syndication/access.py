"""Who may share (the ministry's chief editors) and who may decide about what was shared (a community's)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.permissions import page_permission_policy

from tenants.context import current_community

View = Callable[..., HttpResponse]


def may_publish(user: Any) -> bool:
    """True for those who may publish pages somewhere on the site."""
    return bool(page_permission_policy.user_has_permission(user, "publish"))


def on_ministry() -> bool:
    """True on the ministry's host."""
    community = current_community()
    return community is not None and community.is_ministry


def on_community() -> bool:
    """True on a community's host."""
    community = current_community()
    return community is not None and not community.is_ministry


def _only(is_here: Callable[[], bool], view: View) -> View:
    @wraps(view)
    def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_publish(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    inside = require_admin_access(allowed)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_here():
            raise Http404
        return inside(request, *args, **kwargs)

    return guarded


def ministry_only(view: View) -> View:
    """404 on every other tenant, before anything else is looked at; then sign-in, then the right to publish."""
    return _only(on_ministry, view)


def community_only(view: View) -> View:
    """404 on the ministry's host; then sign-in, then the right to publish."""
    return _only(on_community, view)
