"""The whole site on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.languages import has_honest_title
from cms.models.base import BasePage
from cms.models.panels import page_screen

# Three levels below the home page; what is written every day (news, events) is reached through its list.
DEEPEST = 4


class SiteMapPage(BasePage):
    """All sections and their pages, as a list in a list."""

    template = "cms/site_map_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    edit_handler = page_screen(FieldPanel("lede"), review=False)

    class Meta:
        verbose_name = _("site map")
        verbose_name_plural = _("site maps")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["branches"] = branches(self.get_parent(), without=self.pk)
        return context


def branches(home: Page, without: int) -> list[dict[str, Any]]:
    """Pages below the home page as a tree `[{title, url, children}]`; two queries, whatever the number of pages."""
    from cms.models import LISTED_TYPES

    daily = [model._meta.model_name for model in LISTED_TYPES]
    pages = (
        Page.objects.descendant_of(home)
        .live()
        .public()
        .filter(depth__lte=DEEPEST)
        .exclude(pk=without)
        .exclude(content_type__model__in=daily)
        .select_related("alias_of")
        .order_by("path")
    )
    root: list[dict[str, Any]] = []
    by_path: dict[str, dict[str, Any]] = {}
    for page in pages:
        if not has_honest_title(page):
            continue
        row: dict[str, Any] = {"title": page.title, "url": page.url, "children": []}
        by_path[page.path] = row
        parent = by_path.get(page.path[: -Page.steplen])
        if parent is not None:
            parent["children"].append(row)
        elif page.depth == home.depth + 1:
            root.append(row)
    return root
