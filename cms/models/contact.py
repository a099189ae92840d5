"""Contacts: where the office is, when it receives, and who receives."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel

from cms.blocks import OfficeBlock, PageBodyBlock, ReceptionBlock
from cms.models.base import BasePage
from cms.models.panels import page_screen
from cms.phones import phone_href
from cms.stream import BodyField


class ContactPage(BasePage):
    """Address, phone, e-mail and hours come from the site's profile; here stand the people and the offices."""

    people = BodyField([("person", ReceptionBlock())], verbose_name=_("who receives residents"), blank=True)
    offices = BodyField([("office", OfficeBlock())], verbose_name=_("offices in the settlements"), blank=True)
    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)

    template = "cms/contact_page.html"
    parent_page_types = ["cms.SectionPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    edit_handler = page_screen(
        HelpPanel(content=_("The address, phone, e-mail and hours are written once, in Settings → Site profile.")),
        FieldPanel("lede"),
        FieldPanel("people"),
        FieldPanel("offices"),
        FieldPanel("body"),
    )

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms import chrome

        context = super().get_context(request, *args, **kwargs)
        context.update(
            hours=chrome.hours(request),
            people=[_with_phone(block.value) for block in self.people],
            offices=[_with_phone(block.value) for block in self.offices],
        )
        return context


def _with_phone(value: Any) -> dict[str, Any]:
    return {**value, "phone_href": phone_href(value.get("phone") or "")}
