"""Figures, offices and people of the home page and of the contacts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.phones import phone_href


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


class PersonBlock(blocks.StructBlock):
    """Whom to turn to: a person or an office with phone, address and hours."""

    name = blocks.CharBlock(label=_("Person or office"), max_length=120)
    post = blocks.CharBlock(label=_("Position"), required=False, max_length=160)
    photo = ImageChooserBlock(label=_("Photo"), required=False)
    phone = blocks.CharBlock(label=_("Phone"), required=False, max_length=30)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    address = blocks.CharBlock(label=_("Address"), required=False, max_length=160)
    hours_text = blocks.CharBlock(label=_("Hours"), required=False, max_length=120)

    class Meta:
        label = _("Contact")
        icon = "user"
        template = "blocks/person.html"
        description = _("Whom to turn to, with phone, e-mail and hours.")
        preview_value = {
            "name": "Սոցիալական աջակցության բաժին",
            "post": "",
            "phone": "0286 43 536",
            "hours_text": "Երկուշաբթի–ուրբաթ 9:00–18:00",
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["phone_href"] = phone_href(value.get("phone") or "")
        return context


class PlaceBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Place"), max_length=120)
    address = blocks.CharBlock(label=_("Address"), required=False, max_length=160)
    latitude = blocks.DecimalBlock(label=_("Latitude"), required=False, min_value=38, max_value=42)
    longitude = blocks.DecimalBlock(label=_("Longitude"), required=False, min_value=43, max_value=47)

    class Meta:
        label = _("Place")
        icon = "site"


class PlacesBlock(blocks.StructBlock):
    items = blocks.ListBlock(PlaceBlock(), label=_("Places"), min_num=1)

    class Meta:
        label = _("Places and map")
        icon = "site"
        template = "blocks/places.html"
        description = _("Addresses; each leads to a map of another site, which is asked only after a click.")
        preview_value = {"items": [{"name": "Համայնքապետարան", "address": "Զորավար Անդրանիկի 2", "latitude": None}]}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": [{**place, "map_url": map_url(place)} for place in value.get("items") or []]}
        return context


def map_url(place: Any) -> str:
    """Address of a place on the open map; by its coordinates, else empty. Degrees, WGS 84."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None:
        return ""
    query = urlencode({"mlat": latitude, "mlon": longitude})
    return f"https://www.openstreetmap.org/?{query}#map=17/{latitude}/{longitude}"
