"""Guides: what to do in a life event, step by step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel

from cms.blocks import PageBodyBlock, StepBlock, words_of
from cms.models.base import BasePage
from cms.models.panels import page_screen
from cms.models.tags import PageTag
from cms.stream import BodyField


class GuidePage(BasePage):
    """A life event (a child is born, a house is built): the steps in order, each with where it is done."""

    steps = BodyField([("step", StepBlock())], verbose_name=_("steps"), blank=True)
    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    tags = ClusterTaggableManager(through=PageTag, blank=True, verbose_name=_("topics"))

    template = "cms/guide_page.html"
    parent_page_types = ["cms.SectionPage"]
    subpage_types: list[str] = []
    edit_handler = page_screen(FieldPanel("lede"), FieldPanel("steps"), FieldPanel("body"), FieldPanel("tags"))

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    @property
    def body_text(self) -> str:
        return f"{words_of(self.steps)} {words_of(self.body)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        others = GuidePage.objects.sibling_of(self, inclusive=False).live()[:5]
        context.update(
            steps=[block.value for block in self.steps],
            related=[{"title": other.title, "url": other.url} for other in others],
            office={"name": self.responsible} if self.responsible else None,
        )
        return context
