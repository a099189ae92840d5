"""Publications: programmes, reports, strategies as chapters of HTML instead of one PDF."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from cms.blocks import ListedFileBlock, PageBodyBlock
from cms.models.base import BasePage, LegalBasisMixin
from cms.models.below import BelowMixin
from cms.models.panels import page_screen
from cms.models.tags import PageTag
from cms.page_cache import allow_caching
from cms.stream import BodyField


class PublicationPage(BelowMixin, LegalBasisMixin, BasePage):  # type: ignore[django-manager-missing]
    """A document of several chapters: contents, introduction, files; as a whole at `whole/`, for printing."""

    date = models.DateField(_("date"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True, help_text=_("Of the decision that adopted it."))
    body = BodyField(PageBodyBlock(), verbose_name=_("introduction"), blank=True)
    files = BodyField([("file", ListedFileBlock())], verbose_name=_("files"), blank=True)
    tags = ClusterTaggableManager(through=PageTag, blank=True, verbose_name=_("topics"))

    search_kind = "document"
    template = "cms/publication_page.html"
    parent_page_types = ["cms.HomePage", "cms.SectionPage", "cms.ContentPage"]
    subpage_types = ["cms.ChapterPage"]
    below = {"whole": "whole"}
    search_fields = [*BasePage.search_fields, index.FilterField("date")]
    edit_handler = page_screen(
        FieldRowPanel([FieldPanel("date"), FieldPanel("number")]),
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("files"),
        FieldPanel("legal_basis"),
        FieldPanel("tags"),
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def chapters(self) -> list[ChapterPage]:
        """Published chapters in their order."""
        return list(ChapterPage.objects.child_of(self).live().order_by("path").defer("body"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context.update(
            chapters=contents(self.chapters()),
            files=[block.value for block in self.files],
            whole_url=f"{self.url or ''}whole/",
        )
        return context

    def below_whole(self, request: HttpRequest) -> HttpResponse:
        context = super().get_context(request)
        chapters = list(ChapterPage.objects.child_of(self).live().order_by("path"))
        context.update(
            chapters=[
                {"number": number, "title": chapter.title, "lede": chapter.lede, "body": chapter.body}
                for number, chapter in enumerate(chapters, start=1)
            ],
            crumbs=[*context["crumbs"], {"title": self.title, "url": self.url}],
        )
        return allow_caching(TemplateResponse(request, "cms/publication_whole.html", context))


class ChapterPage(BasePage):
    """One chapter, with the way to the one before and the one after."""

    body = BodyField(PageBodyBlock(), verbose_name=_("text"))

    search_kind = "document"
    template = "cms/chapter_page.html"
    parent_page_types = ["cms.PublicationPage"]
    subpage_types: list[str] = []
    edit_handler = page_screen(FieldPanel("lede"), FieldPanel("body"))

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        publication = self.get_parent().specific
        rows = contents(publication.chapters(), current=self.pk)
        here = next((number for number, row in enumerate(rows) if row["is_current"]), None)
        context.update(
            publication={"title": publication.title, "url": publication.url, "updated_at": publication.updated_at},
            chapters=rows,
            number=here + 1 if here is not None else None,
            previous=rows[here - 1] if here else None,
            following=rows[here + 1] if here is not None and here + 1 < len(rows) else None,
            whole_url=f"{publication.url or ''}whole/",
        )
        return context


def contents(chapters: list[ChapterPage], current: int | None = None) -> list[dict[str, Any]]:
    """Rows of a contents list: number, title, text, url, is_current."""
    return [
        {
            "number": number,
            "title": chapter.title,
            "text": chapter.lede,
            "url": chapter.url,
            "is_current": chapter.pk == current,
        }
        for number, chapter in enumerate(chapters, start=1)
    ]
