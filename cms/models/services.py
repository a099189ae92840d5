"""The catalogue of services: cards of the published procedures, each at /services/<code>/."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from cms import services_catalogue
from cms.models.base import BasePage
from cms.models.panels import page_screen
from cms.page_cache import allow_caching


class ServiceCataloguePage(BasePage):
    """The section «Ծառայություններ». Its cards are records of services_api, not pages."""

    template = "cms/service_catalogue_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ContentPage"]
    max_count_per_parent = 1
    show_in_menus_default = True
    edit_handler = page_screen(FieldPanel("lede"), review=False)

    class Meta:
        verbose_name = _("catalogue of services")
        verbose_name_plural = _("catalogues of services")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if len(path_components) == 1 and self.live:
            code = path_components[0]
            if services_catalogue.is_published(code):
                return RouteResult(self, kwargs={"code": code})
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        services = services_catalogue.published(self.language)
        pages = self.get_children().live().specific()
        guides = [{"title": page.title, "text": page.lede, "url": page.url, "is_online": False} for page in pages]
        groups = [{"title": _("Apply and ask"), "services": services}] if services else []
        if guides:
            groups.append({"title": _("Help"), "services": guides})
        context.update(groups=groups, services_total=len(services))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = kwargs.pop("code", "")
        if not code:
            return super().serve(request, *args, **kwargs)
        language = self.language
        card = services_catalogue.card(code, language)
        if card is None:
            raise Http404
        request.current_page = self  # type: ignore[attr-defined]
        request.current_subpath = f"{code}/"  # type: ignore[attr-defined]
        context = {
            "page": card,
            "apply_url": card.apply_url,
            "facts": card.facts,
            "related": [row for row in services_catalogue.published(language) if row["code"] != code][:4],
            "crumbs": [{"title": self.title, "url": self.url}],
            "request": request,
        }
        return allow_caching(TemplateResponse(request, "cms/service_page.html", context))

    def service_sitemap(self) -> list[str]:
        """Addresses of the cards, for the site map."""
        return [row["url"] for row in services_catalogue.published(self.language)]
