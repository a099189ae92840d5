"""The first rows of a register in the middle of a text or on the home page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.page_cache import holds_until


def list_choices() -> list[tuple[str, Any]]:
    """Registers and those of their parts that have pages of their own, by the names of the menu."""
    from cms.records.shown.listed import choices

    return choices()


class RegisterBlock(blocks.StructBlock):
    """The newest rows of a register: of the vacancies, say, those that still take applications."""

    register = blocks.ChoiceBlock(label=_("Register"), choices=list_choices)
    title = blocks.CharBlock(
        label=_("Heading"), max_length=120, required=False, help_text=_("Empty: the name of the register's page.")
    )
    number = blocks.IntegerBlock(label=_("How many"), default=5, min_value=1, max_value=20)
    only_open = blocks.BooleanBlock(
        label=_("Only those that still take applications"),
        required=False,
        help_text=_("For vacancies and auctions: what has ended leaves the list by itself."),
    )

    class Meta:
        label = _("List of a register")
        icon = "table"
        template = "blocks/register.html"
        description = _("The newest vacancies, reports, procurements; the list follows the register by itself.")
        preview_value = {"register": "vacancies", "title": "Թափուր պաշտոններ", "number": 3, "only_open": False}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        language = getattr(page, "language", "") or get_language() or "hy"
        context["list"] = shown_list(value, language, (parent_context or {}).get("request"))
        return context


def shown_list(value: Any, language: str, request: Any) -> dict[str, Any]:
    """What templates draw of a block (themes/README.md); the page is kept only while its words on deadlines hold."""
    from cms.records.shown.listed import listed

    found = listed(value["register"], language, value["number"], only_open=bool(value.get("only_open")))
    until = found.pop("until")
    if until is not None and request is not None:
        holds_until(request, until)
    return {**found, "title": value.get("title") or found["page_title"] or found["label"]}
