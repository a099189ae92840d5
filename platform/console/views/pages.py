"""What all screens of the console share: Wagtail's page furniture and the way back to the list."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from console import selectors
from tenants.models import Community


class ConsolePage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the console with breadcrumbs below "Communities"."""

    header_icon = "site"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("console:communities"), "label": _("Communities")},
            *self.parents(),
            {"url": "", "label": self.get_page_title()},
        ]

    def parents(self) -> list[dict[str, Any]]:
        """Breadcrumbs between the list and this page."""
        return []


class CommunityPage(ConsolePage):
    """A page about one community, named by its slug in the address."""

    community: Community

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.slug = kwargs["slug"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = selectors.communities().filter(slug=self.slug).first()
        if found is None:
            raise Http404
        self.community = found
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.page_title or self.community.name()

    def parents(self) -> list[dict[str, Any]]:
        if not self.page_title:
            return []
        return [{"url": reverse("console:community", args=[self.community.slug]), "label": self.community.name()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"community": self.community, **kwargs})
