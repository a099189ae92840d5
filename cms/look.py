"""The look of the current tenant: its profile, read once for a stamp of its pages, and the theme that it chose.

A preview shows an unsaved profile for the length of one block; nothing that is drawn in it is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import DatabaseError

from cms.page_cache import stamp
from tenants.context import current_community
from themes.choice import BASE

if TYPE_CHECKING:
    from cms.models import SiteProfile

MAX_REMEMBERED = 600
_known: dict[str, tuple[str, SiteProfile | None]] = {}
_previewed: ContextVar[SiteProfile | None] = ContextVar("previewed_profile", default=None)


def profile() -> SiteProfile | None:
    """The profile that pages are drawn with now; None outside a tenant. Read only: it is shared between requests."""
    chosen = _previewed.get()
    if chosen is not None:
        return chosen
    community = current_community()
    if community is None:
        return None
    now_stamp = stamp(community.schema_name)
    known = _known.get(community.schema_name)
    if known is None or known[0] != now_stamp:
        if len(_known) >= MAX_REMEMBERED:
            _known.clear()
        known = _known[community.schema_name] = (now_stamp, _read())
    return known[1]


def _read() -> SiteProfile | None:
    from cms.models import SiteProfile

    return SiteProfile.base_queryset().prefetch_related("hours", "social_links").first()


def theme_of_tenant() -> str:
    """Name of the current tenant's theme, for themes.choice."""
    try:
        chosen = profile()
    except DatabaseError:
        # The page that says that something is broken must still find its template.
        return BASE
    return chosen.theme if chosen is not None else BASE


def is_preview() -> bool:
    """True while an unsaved look is drawn."""
    return _previewed.get() is not None


@contextmanager
def previewing(chosen: SiteProfile) -> Iterator[None]:
    """Draw everything inside the block with this profile."""
    token = _previewed.set(chosen)
    try:
        yield
    finally:
        _previewed.reset(token)


def forget() -> None:
    """For tests: nothing is remembered."""
    _known.clear()
