"""What every room's screens for staff share: entries of the menu, and views, that some people see and others do not.

It stands in the lowest room because all rooms have such screens and none of them knows all the others.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

Allows = Callable[[HttpRequest], bool]
View = Callable[..., HttpResponse]
# Nobody turns so many pages; a program that does would make the database count through all rows each time.
MOST_PAGES = 400


class ListPage:
    """One page of a list that is never counted: whether there is a next one, one row more tells."""

    def __init__(self, rows: Any, number: str, size: int, most: int = MOST_PAGES) -> None:
        """`rows` can be cut (a query); `number` is what the address says, nonsense is the first page."""
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        self.number = int(number) if is_number and 0 < int(number) <= most else 1
        first = (self.number - 1) * size
        found = list(rows[first : first + size + 1])
        self.rows, self.has_next = found[:size], len(found) > size and self.number < most

    @property
    def previous_number(self) -> int:
        """0 on the first page."""
        return self.number - 1

    @property
    def next_number(self) -> int:
        return self.number + 1


class MenuEntry(MenuItem):  # type: ignore[misc]
    """An entry that is shown to those whom `to` lets in. It hides nothing: the view must ask the same question."""

    def __init__(self, label: Any, url: Any, *, to: Allows, **given: Any) -> None:
        """`given`: name, icon_name, order, as of Wagtail's own entry."""
        super().__init__(label, url, **given)
        self._allows = to

    def is_shown(self, request: HttpRequest) -> bool:
        return self._allows(request)


def with_right(permission: str) -> Allows:
    """The question whether somebody has a right, by its full name: `outreach.view_subscriber`."""

    def allows(request: HttpRequest) -> bool:
        return bool(request.user.has_perm(permission))

    return allows


def staff_only(allows: Allows) -> Callable[[View], View]:
    """A view for staff whom `allows` lets in: others are asked to sign in, or told that they may not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not allows(request):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        inside: View = require_admin_access(guarded)
        return inside

    return decorate


__all__ = ["ListPage", "MenuEntry", "staff_only", "with_right"]
