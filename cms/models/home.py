"""The home page of one language: what people come for, first."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.blocks import FigureBlock, RegisterBlock, TaskBlock, shown_list
from cms.languages import answer_for_untranslated, current_language, default_home, is_honest
from cms.models.base import BasePage
from cms.models.panels import page_screen
from cms.page_cache import allow_caching
from cms.stream import BodyField
from tenants.context import current_community

NEWS_ON_HOME = 3
MAX_TASKS = 6
MAX_LISTS = 3


class HomePage(BasePage):
    """The root of a language's tree; one for each language of the site."""

    hero_title = models.CharField(
        _("greeting"), max_length=100, blank=True, help_text=_("The question above the search; empty: the usual one.")
    )
    hero_text = models.CharField(_("text under the greeting"), max_length=200, blank=True)
    tasks = BodyField(
        [("task", TaskBlock())],
        verbose_name=_("top tasks"),
        blank=True,
        max_num=MAX_TASKS,
        help_text=_("The six things that residents come for most often."),
    )
    figures = BodyField([("figure", FigureBlock())], verbose_name=_("the community in figures"), blank=True, max_num=4)
    figures_note = models.CharField(
        _("source of the figures"), max_length=160, blank=True, help_text=_("Where the figures come from, and of when.")
    )

    lists = BodyField(
        [("register", RegisterBlock())],
        verbose_name=_("lists of registers"),
        blank=True,
        max_num=MAX_LISTS,
        help_text=_("Below the news: vacancies, auctions, procurements. An empty list is not shown here."),
    )

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.SectionPage",
        "cms.ServiceCataloguePage",
        "cms.NewsIndexPage",
        "cms.AnnouncementIndexPage",
        "cms.ContentPage",
        "cms.PublicationPage",
        "cms.FormPage",
        "cms.SiteMapPage",
        "cms.CommunitiesPage",
    ]
    max_count = len(settings.LANGUAGES)

    edit_handler = page_screen(
        FieldPanel("lede"),
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading=_("Greeting")),
        FieldPanel("tasks"),
        FieldPanel("lists"),
        MultiFieldPanel([FieldPanel("figures"), FieldPanel("figures_note")], heading=_("Figures")),
        review=False,
    )

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def body_text(self) -> str:
        return f"{self.hero_title} {self.hero_text}"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page; if the language does not have it, its original, so that the visitor is told the truth."""
        asked = current_language()
        if self.language == asked:
            try:
                result = super().route(request, path_components)
                if is_honest(result.page):
                    return result
            except Http404:
                if asked == settings.LANGUAGE_CODE:
                    raise
        home = self if self.language == settings.LANGUAGE_CODE else default_home(self)
        if home is None or asked == settings.LANGUAGE_CODE:
            raise Http404
        original = super(HomePage, home).route(request, path_components)
        return RouteResult(self, kwargs={"original": original.page, "asked": asked})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        original = kwargs.pop("original", None)
        if original is not None:
            return answer_for_untranslated(request, original, kwargs["asked"])
        community = current_community()
        if community is not None and community.is_ministry:
            board = self.communities_page()
            if board is not None and board.url:
                return allow_caching(HttpResponseRedirect(board.url))
        return super().serve(request, *args, **kwargs)

    def communities_page(self) -> Page | None:
        """The ministry's list of communities, which is what its visitors come for."""
        from cms.models.communities import CommunitiesPage

        return CommunitiesPage.objects.child_of(self).live().first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms import chrome, home_parts, services_catalogue
        from cms.models.news import NewsIndexPage, latest_news

        context = super().get_context(request, *args, **kwargs)
        language = self.language
        index = NewsIndexPage.objects.child_of(self).live().first()
        services = services_catalogue.published(language)
        context.update(
            hero={"title": self.hero_title, "text": self.hero_text},
            tasks=self._tasks(),
            services_total=len(services),
            services_url=services_catalogue.catalogue_url(language),
            alerts=chrome.announced_alerts(request),
            news=latest_news(index, NEWS_ON_HOME) if index else [],
            news_url=index.url if index else "",
            figures=[block.value for block in self.figures],
            figures_note=self.figures_note,
            lists=[shown_list(block.value, language, request) for block in self.lists],
            hours=chrome.hours(request),
            **home_parts.context(request, self),
            **_places(language),
        )
        return context

    def _tasks(self) -> list[dict[str, str]]:
        values = [block.value for block in self.tasks]
        tasks = ({"title": value["title"], "text": value["text"], "url": value.url} for value in values)
        return [task for task in tasks if task["url"]]


def _places(language: str) -> dict[str, Any]:
    """The community's settlements from the register, the largest first."""
    community = current_community()
    if community is None or community.is_ministry:
        return {}
    from cms.naming import name_in

    settlements = list(community.settlements.all())
    settlements.sort(key=lambda place: (place.kind != "town", -(place.population or 0), place.name_hy))
    dates = {place.population_date for place in settlements if place.population_date}
    note = _("Population by the census of %(year)s.") % {"year": max(dates).year} if dates else ""
    return {
        "places": [
            {"name": name_in(place, language), "population": place.population, "url": ""} for place in settlements
        ],
        "places_note": note,
    }


__all__ = ["HomePage"]
