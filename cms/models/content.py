"""Sections and ordinary pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel

from cms.blocks import PageBodyBlock
from cms.models.base import BasePage, LegalBasisMixin
from cms.models.panels import page_screen
from cms.models.tags import PageTag
from cms.stream import BodyField

# Fewer headings than this need no contents list.
MIN_HEADINGS_FOR_CONTENTS = 3


class SectionPage(BasePage):
    """One of the fixed sections: an introduction and the list of its pages."""

    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)

    template = "cms/section_page.html"
    parent_page_types = ["cms.HomePage", "cms.ServiceCataloguePage"]
    subpage_types = [
        "cms.ContentPage",
        "cms.ContactPage",
        "cms.EventIndexPage",
        "cms.GalleryPage",
        "cms.ConsultationIndexPage",
        "cms.DocumentsPage",
        "cms.PublicationPage",
        "cms.GuidePage",
        "cms.FormPage",
        "cms.RegisterPage",
    ]
    show_in_menus_default = True
    edit_handler = page_screen(FieldPanel("lede"), FieldPanel("body"))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = self.get_children().live().specific()
        context["children"] = [
            {"title": page.title, "url": page.url, "text": page.lede} for page in pages if page.is_honest
        ]
        return context


class ContentPage(LegalBasisMixin, BasePage):  # type: ignore[django-manager-missing]
    """An ordinary page."""

    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    tags = ClusterTaggableManager(through=PageTag, blank=True, verbose_name=_("topics"))

    template = "cms/content_page.html"
    parent_page_types = ["cms.HomePage", "cms.SectionPage", "cms.ServiceCataloguePage", "cms.ContentPage"]
    subpage_types = ["cms.ContentPage", "cms.PublicationPage", "cms.DocumentsPage", "cms.FormPage"]
    edit_handler = page_screen(FieldPanel("lede"), FieldPanel("body"), FieldPanel("legal_basis"), FieldPanel("tags"))

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        headings = [block.value for block in self.body if block.block_type == "heading"]
        children = [child for child in self.get_children().live().specific() if child.is_honest]
        context.update(
            toc=[{"id": value.anchor, "title": value["text"]} for value in headings]
            if len(headings) >= MIN_HEADINGS_FOR_CONTENTS
            else [],
            related=[{"title": child.title, "url": child.url} for child in children],
            sessions=self._sessions(request),
            office={"name": self.responsible} if self.responsible else None,
        )
        return context

    def _sessions(self, request: HttpRequest) -> dict[str, Any] | None:
        """The broadcasts and recordings, on the seeded page of the council's sessions."""
        from cms.records.live import sessions_shown
        from cms.seeds.tree import translation_key

        is_theirs = self.translation_key == translation_key("sessions")
        return sessions_shown(request, self.language) if is_theirs else None
