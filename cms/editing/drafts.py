"""A page as its editor sees it, and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from cms.models.base import BasePage


def draft_for(request: HttpRequest, page_id: int) -> BasePage:
    """The latest draft of a page of ours. Raises Http404, or PermissionDenied for who may not edit it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, BasePage):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def may_change(page: Page, user: Any) -> bool:
    """False for an alias, and for a page that is locked for this person (somebody approves it just now)."""
    if page.alias_of_id or not page.permissions_for_user(user).can_edit():
        return False
    lock = page.get_lock()
    return lock is None or not lock.for_user(user)


__all__ = ["draft_for", "may_change"]
