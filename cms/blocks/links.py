"""The one block for every kind of link, and what is made of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.addresses import PLACES, page_address, place_address, service_address


class LinkValue(blocks.StructValue):
    """Where a link leads, whatever kind it is of."""

    @cached_property
    def url(self) -> str:
        """The address in the language of the page that is being shown; empty when the target is gone."""
        if self.get("page"):
            return page_address(self["page"])
        if self.get("service"):
            return service_address(self["service"], get_language())
        if self.get("place"):
            return place_address(self["place"], get_language())
        return self.get("address") or ""


class LinkBlock(blocks.StructBlock):
    """The one block for every kind of link: exactly one target."""

    title = blocks.CharBlock(label=_("Words of the link"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    service = blocks.CharBlock(
        label=_("Service"), required=False, max_length=60, help_text=_("Code of a published procedure.")
    )
    place = blocks.ChoiceBlock(label=_("Part of the site"), required=False, choices=PLACES)
    address = blocks.URLBlock(label=_("Address of another site"), required=False)

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue

    targets = ("page", "service", "place", "address")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        chosen = [name for name in self.targets if cleaned.get(name)]
        if len(chosen) != 1:
            message = ValidationError(_("Choose exactly one target of the link."))
            raise blocks.StructBlockValidationError(block_errors=dict.fromkeys(chosen or ["page"], message))
        return cleaned


class TaskBlock(LinkBlock):
    """What people come for most often: one of the six on the home page."""

    text = blocks.CharBlock(label=_("Short explanation"), required=False, max_length=120)

    class Meta:
        label = _("Top task")
        icon = "tick"


class ButtonBlock(LinkBlock):
    class Meta:
        label = _("Button")
        icon = "link"
        template = "blocks/button.html"
        value_class = LinkValue
        description = _("The one thing to do on this page.")
        preview_value = {"title": "Դիմել առցանց", "address": "https://example.am/"}
