"""News: a list, and the news themselves."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageQuerySet
from wagtail.search import index

from cms.blocks import PageBodyBlock
from cms.dates import today
from cms.models.base import BasePage
from cms.models.media import SiteImage
from cms.models.paging import LongListPaginator
from cms.models.panels import page_screen
from cms.models.tags import PageTag
from cms.stream import BodyField

NEWS_A_PAGE = 12
# What the lists draw (themes: components/news_image.html).
LIST_RENDITIONS = (
    "format-webp|fill-480x300",
    "format-webp|fill-960x600",
    "format-jpeg|fill-480x300",
    "format-jpeg|fill-960x600",
)


class NewsIndexPage(BasePage):
    """The list of news, the newest first."""

    template = "cms/news_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage", "cms.SyndicatedPage"]
    max_count_per_parent = 1
    show_in_menus_default = True
    edit_handler = page_screen(FieldPanel("lede"), review=False)

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["page_obj"] = LongListPaginator(news_of(self), NEWS_A_PAGE).get_page(request.GET.get("p"))
        return context


class NewsPage(BasePage):
    """A news item. It can be published at a time and taken away at another one."""

    date = models.DateField(_("date"), default=today, db_index=True)
    place = models.CharField(_("settlement"), max_length=100, blank=True)
    image = models.ForeignKey(
        "cms.SiteImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Its description is read out to those who do not see it: write what is in the picture."),
    )
    image_caption = models.CharField(_("caption"), max_length=200, blank=True)
    body = BodyField(PageBodyBlock(), verbose_name=_("text"))
    tags = ClusterTaggableManager(through=PageTag, blank=True, verbose_name=_("topics"))

    search_kind = "news"
    template = "cms/news_page.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    search_fields = [*BasePage.search_fields, index.FilterField("date")]
    edit_handler = page_screen(
        FieldRowPanel([FieldPanel("date"), FieldPanel("place")]),
        FieldPanel("lede"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_caption")], heading=_("Picture")),
        FieldPanel("body"),
        FieldPanel("tags"),
    )

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    @property
    def publisher(self) -> str:
        return self.responsible

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        others = NewsPage.objects.sibling_of(self, inclusive=False).live().order_by("-date", "-pk")[:3]
        context["related"] = [{"title": other.title, "url": other.url} for other in others]
        return context


def news_of(parent: NewsIndexPage) -> PageQuerySet:
    """Published news of a list, the newest first, with what the list draws."""
    images = SiteImage.objects.prefetch_renditions(*LIST_RENDITIONS)
    return (
        NewsPage.objects.child_of(parent)
        .live()
        .order_by("-date", "-pk")
        .defer("body")
        .prefetch_related(Prefetch("image", queryset=images))
    )


def latest_news(parent: NewsIndexPage, number: int) -> list[NewsPage]:
    """The newest published news of a list."""
    return list(news_of(parent)[:number])
