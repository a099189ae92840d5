"""Pictures and documents of a community. Own models, so that later fields need no change of references."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """A picture. Its description is asked for: it is what people hear who do not see the picture."""

    is_drawing = models.BooleanField(
        _("drawing or example"), default=False, help_text=_("Not a photograph of a real event or place.")
    )

    admin_form_fields = (*Image.admin_form_fields, "is_drawing")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class SiteRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("image rendition")
        verbose_name_plural = _("image renditions")
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_a_filter")
        ]
        # Whether a picture may be shown is asked by the name of its file (cms.editing.public_files).
        indexes = [models.Index(fields=["file"], name="rendition_file")]


class SiteDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
