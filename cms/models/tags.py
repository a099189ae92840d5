"""Topics that pages share, so that a list of one topic can be shown."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase


class PageTag(ItemBase):
    """A page has a topic. One table for all page types."""

    content_object = ParentalKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="tagged_items", verbose_name=_("page")
    )
    tag = models.ForeignKey("taggit.Tag", models.CASCADE, related_name="tagged_pages", verbose_name=_("topic"))

    class Meta:
        verbose_name = _("topic of a page")
        verbose_name_plural = _("topics of pages")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="page_has_a_topic_once")]
