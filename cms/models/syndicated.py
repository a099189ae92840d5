"""A news item of the ministry on a community's site: shown like its own, with the source named, and never edited."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from cms.models.news import NewsPage


class _ReadOnly(PagePermissionTester):
    """Nobody edits, moves, hides or deletes it in the tree: what may be done with it stands in «From the ministry»."""

    def can_edit(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class SyndicatedPage(NewsPage):
    """A shared item. It stands among the news, so lists, feed and search need no second way."""

    source_name = models.CharField(_("source"), max_length=160)
    source_url = models.URLField(_("address of the source"), max_length=500)
    item_uuid = models.UUIDField(_("shared item"), db_index=True)
    is_locked = models.BooleanField(_("cannot be hidden"), default=False)

    template = "cms/news_page.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news item of the ministry")
        verbose_name_plural = _("news of the ministry")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """It comes from the ministry only."""
        return False

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return _ReadOnly(user, self)

    @property
    def publisher(self) -> str:
        return self.source_name

    @property
    def canonical_address(self) -> str:
        """Search engines are led to the source, so that 71 copies are not 71 pages."""
        return self.source_url
