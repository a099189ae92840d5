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
from cms.models.service_cards import ServiceCardPage
from cms.page_cache import allow_caching


class ServiceCataloguePage(BasePage):
    """The section «Ծառայություններ». Its cards are records of services_api, not pages."""

    template = "cms/service_catalogue_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ServiceCardPage", "cms.ContentPage", "cms.SectionPage", "cms.DocumentsPage"]
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
        pages = [page for page in self.get_children().live().specific() if page.is_honest]
        cards = [page for page in pages if isinstance(page, ServiceCardPage)]
        help_pages = [_row(page) for page in pages if not isinstance(page, ServiceCardPage)]
        groups: list[dict[str, Any]] = [{"title": _("Apply and ask"), "services": services}] if services else []
        for code, label in ServiceCardPage.Topic.choices:
            rows = [_row(page) for page in cards if page.topic == code]
            if rows:
                groups.append({"title": label, "services": rows})
        if help_pages:
            groups.append({"title": _("Help"), "services": help_pages})
        context.update(groups=groups, services_total=len(services) + len(cards))
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
        request.shown_title = card.title  # type: ignore[attr-defined]
        context = {
            "page": card,
            "apply_url": card.apply_url,
            "facts": card.facts,
            "related": [row for row in services_catalogue.published(language) if row["code"] != code][:4],
            "crumbs": [{"title": self.title, "url": self.url}],
            "request": request,
        }
        return allow_caching(TemplateResponse(request, "cms/service_page.html", context))


def _row(page: Any) -> dict[str, Any]:
    return {
        "title": page.title,
        "text": page.lede,
        "url": page.url,
        "is_online": bool(getattr(page, "online_url", "")),
    }
