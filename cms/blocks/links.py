"""The one block for every kind of link, and what is made of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.addresses import PLACES, page_address, place_address, service_address
from cms.blocks.text import SMALL_RICH_TEXT


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


class StepBlock(blocks.StructBlock):
    """One step of a life event: what to do, and where it is done."""

    title = blocks.CharBlock(label=_("What to do"), max_length=120)
    text = blocks.RichTextBlock(label=_("How"), features=SMALL_RICH_TEXT, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Where it is done"), default=[])

    class Meta:
        label = _("Step")
        icon = "list-ol"


class StepsBlock(blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "blocks/steps.html"
        description = _("What to do, one after another, and where it is done.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": value.get("items") or []}
        return context

    def get_preview_value(self) -> Any:
        rows = [
            {"title": "Հավաքեք փաստաթղթերը", "text": "<p>Անձնագիր և վկայական։</p>", "links": []},
            {"title": "Դիմեք", "text": "<p>Առցանց կամ գրասենյակում։</p>", "links": []},
        ]
        return self.to_python({"items": rows})


class CardBlock(LinkBlock):
    text = blocks.CharBlock(label=_("Short explanation"), required=False, max_length=160)

    class Meta:
        label = _("Card")
        icon = "link"


class CardsBlock(blocks.StructBlock):
    items = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=2, max_num=8)

    class Meta:
        label = _("Links in two columns")
        icon = "grip"
        template = "blocks/cards.html"
        description = _("Two to eight ways on, each with a short explanation.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        rows = [
            {"title": card["title"], "text": card.get("text") or "", "url": card.url}
            for card in value.get("items") or []
        ]
        context["value"] = {"items": [row for row in rows if row["url"]]}
        return context

    def get_preview_value(self) -> Any:
        target = {"page": None, "service": "", "address": "", "text": "Համարով և գաղտնագրով"}
        rows = [
            {**target, "title": "Դիմումի ընթացքը", "place": "case"},
            {**target, "title": "Որոնում", "place": "search"},
        ]
        return self.to_python({"items": rows})


class TopicBlock(blocks.StructBlock):
    """The newest pages of a topic, in the language of the page that shows them."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    topic = blocks.CharBlock(label=_("Topic"), max_length=60, help_text=_("As it is written in the field «topics»."))
    number = blocks.IntegerBlock(label=_("How many"), default=5, min_value=1, max_value=20)

    class Meta:
        label = _("Pages of a topic")
        icon = "tag"
        template = "blocks/topic.html"
        description = _("The newest pages that carry a topic; the list grows by itself.")
        preview_value = {"title": "Ջրամատակարարում", "topic": "ջուր", "number": 3}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        page = (parent_context or {}).get("page")
        context["rows"] = _pages_of(value["topic"], page, value["number"]) if getattr(page, "locale_id", None) else []
        return context


def _pages_of(topic: str, page: Any, number: int) -> list[dict[str, Any]]:
    """`[{title, url, text, date}]` of live pages with a topic in the language of `page`, without itself."""
    from wagtail.models import Page

    found = (
        Page.objects.live()
        .public()
        .filter(locale_id=page.locale_id, tagged_items__tag__name__iexact=topic.strip())
        .exclude(pk=page.pk)
        .order_by("-first_published_at", "-pk")
        .distinct()[:number]
        .specific()
    )
    return [
        {"title": each.title, "url": each.url, "text": each.lede, "date": getattr(each, "date", None)} for each in found
    ]
