"""Pictures, films and files."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


def any_picture() -> Any:
    """A picture of the community for the preview of a block, None when there is none yet."""
    from wagtail.images import get_image_model

    return get_image_model().objects.order_by("pk").first()


def any_document() -> Any:
    """A document of the community for the preview of a block, None when there is none yet."""
    from wagtail.documents import get_document_model

    return get_document_model().objects.order_by("pk").first()


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "blocks/image.html"
        description = _("A picture; its description is read out to those who do not see it.")

    def get_preview_value(self) -> Any:
        return self.to_python({"image": getattr(any_picture(), "pk", None), "caption": "Նռան այգի Մեղրիում"})


class FilesBlock(blocks.StructBlock):
    files = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"), min_num=1)

    class Meta:
        label = _("Files")
        icon = "doc-full"
        template = "blocks/files.html"
        description = _("Documents to download, with kind and size.")

    def get_preview_value(self) -> Any:
        found = any_document()
        return self.to_python({"files": [found.pk] if found else []})


class PhotoBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Photo")
        icon = "image"


class PicturesBlock(blocks.StructBlock):
    items = blocks.ListBlock(PhotoBlock(), label=_("Photos"), min_num=2, max_num=24)

    class Meta:
        label = _("Pictures")
        icon = "image"
        template = "blocks/pictures.html"
        description = _("Several pictures in a grid; each opens larger.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": value.get("items") or []}
        return context

    def get_preview_value(self) -> Any:
        found = any_picture()
        rows = [{"image": found.pk, "caption": "Նռան այգի"}] * 2 if found else []
        return self.to_python({"items": rows})


# Where films of communities stand. Nothing of these sites is asked before a reader follows the link.
_FILM_SITES = re.compile(
    r"https://(?:(?:www\.)?youtube\.com/(?:watch\?v=|live/|shorts/)|youtu\.be/|(?:www\.)?vimeo\.com/)[\w-]{3,}"
)


class VideoValue(blocks.StructValue):
    """A film, wherever it stands."""

    @cached_property
    def site(self) -> str:
        """Name of the site that the link leads to, empty for a file of our own."""
        address = self.get("address") or ""
        return "Vimeo" if "vimeo.com" in address else "YouTube" if address else ""


class VideoBlock(blocks.StructBlock):
    """A film on another site, as a link with a picture, or a file of our own that loads when it is started."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    address = blocks.URLBlock(
        label=_("Address of the film"), required=False, help_text=_("On YouTube or Vimeo, as the browser shows it.")
    )
    file = DocumentChooserBlock(label=_("Or a file of our own"), required=False, help_text=_("MP4 or WebM."))
    poster = ImageChooserBlock(label=_("Picture before the film starts"), required=False)
    length = blocks.CharBlock(label=_("Length"), required=False, max_length=20, help_text=_("For example 12:40."))
    words = blocks.RichTextBlock(
        label=_("What is said"),
        required=False,
        features=["bold", "ol", "ul", "link"],
        help_text=_("For those who do not hear it; not needed when the film has captions."),
    )

    class Meta:
        label = _("Video")
        icon = "media"
        template = "blocks/video.html"
        value_class = VideoValue
        description = _("A film that loads only after a click.")
        preview_value = {"title": "Ավագանու նիստ", "address": "https://www.youtube.com/watch?v=aaaaaaaaaaa"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        if bool(cleaned.get("address")) == bool(cleaned.get("file")):
            errors["address"] = ValidationError(_("Give either an address or a file."))
        elif cleaned.get("address") and not _FILM_SITES.match(cleaned["address"]):
            errors["address"] = ValidationError(_("Give the address of a film on YouTube or Vimeo."))
        elif cleaned.get("file") and cleaned["file"].file_extension.lower() not in {"mp4", "webm"}:
            errors["file"] = ValidationError(_("The file must be MP4 or WebM."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned
