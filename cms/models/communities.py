"""The ministry's list of the country's communities."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.blocks import PageBodyBlock
from cms.models.base import BasePage
from cms.models.panels import page_screen
from cms.naming import name_in
from cms.stream import BodyField
from tenants import hosts
from tenants.context import current_community
from tenants.models import Community


class CommunitiesPage(BasePage):
    """All communities by province, from the register, with links to those whose site answers."""

    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)

    template = "cms/communities_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    show_in_menus_default = True
    edit_handler = page_screen(FieldPanel("lede"), FieldPanel("body"), review=False)

    class Meta:
        verbose_name = _("list of communities")
        verbose_name_plural = _("lists of communities")

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """Only the ministry has one."""
        community = current_community()
        return bool(community and community.is_ministry) and super().can_create_at(parent)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = self.language
        communities = list(
            Community.objects.municipalities()
            .exclude(status=Community.Status.ARCHIVED)
            .select_related("marz")
            .prefetch_related("domains")
            .order_by("marz__code", "name_hy" if language == "hy" else "name_en")
        )
        context.update(
            marzes=[
                {"name": name_in(marz, language), "communities": [_row(community, language) for community in group]}
                for marz, group in groupby(communities, key=lambda community: community.marz)
            ],
            communities_total=len(communities),
            communities_live=sum(community.status == Community.Status.ACTIVE for community in communities),
        )
        return context


def _row(community: Community, language: str) -> dict[str, Any]:
    is_live = community.status == Community.Status.ACTIVE
    host = community.primary_host() if is_live else ""
    return {
        "name": name_in(community, language),
        "url": hosts.address(host) + "/" if host else "",
        "status": community.status,
        "status_text": community.get_status_display(),
        "population": community.population,
    }
