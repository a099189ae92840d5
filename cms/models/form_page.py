"""Forms that a community puts together itself: questions to an office, registration for an event."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import FORM_FIELD_CHOICES, AbstractFormField, FormMixin

from cms.blocks import PageBodyBlock
from cms.models.base import BasePage
from cms.models.below import BelowMixin
from cms.models.panels import page_screen
from cms.stream import BodyField

# What the look can draw; moments and addresses of sites are typed as text.
DRAWN_KINDS = {
    "singleline",
    "multiline",
    "email",
    "number",
    "checkbox",
    "checkboxes",
    "dropdown",
    "radio",
    "date",
}


class FormField(AbstractFormField):
    """A question of a form."""

    field_type = models.CharField(
        _("kind of field"),
        max_length=16,
        choices=[choice for choice in FORM_FIELD_CHOICES if choice[0] in DRAWN_KINDS],
        default="singleline",
    )
    page = ParentalKey("cms.FormPage", on_delete=models.CASCADE, related_name="form_fields", verbose_name=_("form"))

    class Meta(AbstractFormField.Meta):
        verbose_name = _("field of a form")
        verbose_name_plural = _("fields of a form")


class FormPage(BelowMixin, FormMixin, BasePage):  # type: ignore[django-manager-missing]
    """A form. What is sent is stored, and a letter goes to the office that answers."""

    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    to_address = models.EmailField(
        _("who is told"),
        blank=True,
        help_text=_("The e-mail address of the office; empty: what is sent is only stored."),
    )
    submit_label = models.CharField(_("words on the button"), max_length=40, blank=True)
    thanks = models.TextField(
        _("words after sending"), max_length=500, blank=True, help_text=_("What happens next, and when.")
    )
    purpose = models.CharField(
        _("what the data are used for"),
        max_length=250,
        blank=True,
        help_text=_("Shown above the button: the law on personal data wants people to know it."),
    )

    template = "cms/form_page.html"
    parent_page_types = ["cms.HomePage", "cms.SectionPage", "cms.ContentPage"]
    subpage_types: list[str] = []
    below = {"sent": "sent"}
    preview_modes = BasePage.preview_modes
    edit_handler = page_screen(
        FieldPanel("lede"),
        FieldPanel("body"),
        InlinePanel("form_fields", heading=_("Fields of the form"), label=_("Field")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("to_address"), FieldPanel("submit_label")]),
                FieldPanel("thanks"),
                FieldPanel("purpose"),
            ],
            heading=_("Sending"),
        ),
        review=False,
    )

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from cms.views.forms import show_form

        if kwargs.get("below"):
            return super().serve(request, *args, **kwargs)
        return show_form(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from cms.views.forms import show_form

        return show_form(request, self)

    def below_sent(self, request: HttpRequest) -> HttpResponse:
        from cms.views.forms import show_thanks

        return show_thanks(request, self)
