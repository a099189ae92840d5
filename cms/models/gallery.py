"""Photographs with captions, in albums."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.blocks import PhotoBlock
from cms.models.base import BasePage
from cms.models.media import SiteImage
from cms.models.news import LIST_RENDITIONS
from cms.models.panels import page_screen
from cms.stream import BodyField

PHOTOS_A_PAGE = 24
ALBUMS_A_PAGE = 24


class GalleryPage(BasePage):
    """An album; the first of them holds the others. Works without script: a photo is a link to its larger self."""

    date = models.DateField(_("date"), null=True, blank=True)
    cover = models.ForeignKey(
        "cms.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    photos = BodyField([("photo", PhotoBlock())], verbose_name=_("photos"), blank=True)

    template = "cms/gallery_page.html"
    parent_page_types = ["cms.SectionPage", "cms.GalleryPage"]
    subpage_types = ["cms.GalleryPage"]
    search_fields = [*BasePage.search_fields, index.FilterField("date")]
    edit_handler = page_screen(
        FieldPanel("date"), FieldPanel("lede"), FieldPanel("cover"), FieldPanel("photos"), review=False
    )

    class Meta:
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")

    @property
    def body_text(self) -> str:
        return " ".join(block.value.get("caption") or "" for block in self.photos)

    @property
    def image(self) -> Any:
        """The picture that stands for the album in lists."""
        return self.cover

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        images = SiteImage.objects.prefetch_renditions(*LIST_RENDITIONS)
        albums = (
            GalleryPage.objects.child_of(self)
            .live()
            .order_by("-date", "-pk")
            .defer("photos")
            .prefetch_related(Prefetch("cover", queryset=images))
        )
        album_page = Paginator(albums, ALBUMS_A_PAGE).get_page(request.GET.get("p"))
        photos = [block.value for block in self.photos]
        photo_page = Paginator(photos, PHOTOS_A_PAGE).get_page(request.GET.get("p"))
        context.update(
            albums=list(album_page),
            photos=list(photo_page),
            page_obj=photo_page if photos else album_page,
        )
        return context
