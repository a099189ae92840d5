"""Pictures and files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "blocks/image.html"
        description = _("A picture; its description is read out to those who do not see it.")


class FilesBlock(blocks.StructBlock):
    files = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"), min_num=1)

    class Meta:
        label = _("Files")
        icon = "doc-full"
        template = "blocks/files.html"
        description = _("Documents to download, with kind and size.")
