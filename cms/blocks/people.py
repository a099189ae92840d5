"""Figures, offices and people of the home page and of the contacts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks


class FigureBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=60)
    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=20)

    class Meta:
        label = _("Figure")
        icon = "order"


class OfficeBlock(blocks.StructBlock):
    """A place where people are received, in one of the settlements."""

    name = blocks.CharBlock(label=_("Settlement or office"), max_length=100)
    address = blocks.CharBlock(label=_("Address"), required=False, max_length=160)
    phone = blocks.CharBlock(label=_("Phone"), required=False, max_length=30)
    hours_text = blocks.CharBlock(label=_("Hours"), required=False, max_length=120)

    class Meta:
        label = _("Office")
        icon = "home"


class ReceptionBlock(blocks.StructBlock):
    """Somebody who receives residents: the head first."""

    post = blocks.CharBlock(label=_("Position"), max_length=120)
    name = blocks.CharBlock(label=pgettext_lazy("whole name of a person", "Name"), max_length=120)
    hours_text = blocks.CharBlock(label=_("Receives"), required=False, max_length=120)
    phone = blocks.CharBlock(label=_("Phone"), required=False, max_length=30)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)

    class Meta:
        label = _("Reception")
        icon = "user"
