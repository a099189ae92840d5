"""The blocks of a page's text: few, two levels at most, each with a preview and a description (templates: themes)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.addresses import PLACES, page_address, place_address, service_address

RICH_TEXT = ["bold", "italic", "h3", "ol", "ul", "link", "document-link"]
SMALL_RICH_TEXT = ["bold", "italic", "ol", "ul", "link"]


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


class HeadingValue(blocks.StructValue):
    """A heading with the name that the contents list points at."""

    @cached_property
    def anchor(self) -> str:
        return slugify(self.get("text") or "", allow_unicode=True)


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "blocks/heading.html"
        value_class = HeadingValue
        description = _("Begins a new part of the page and stands in the contents list.")
        preview_value = {"text": "Ինչպես դիմել"}


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SMALL_RICH_TEXT)

    class Meta:
        label = _("Notice")
        icon = "warning"
        template = "blocks/note.html"
        description = _("Something a reader must not miss.")
        preview_value = {"title": "Ուշադրություն", "text": "<p>Դեկտեմբերի 31-ին ընդունելություն չկա։</p>"}


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "blocks/quote.html"
        description = _("Somebody's own words.")
        preview_value = {"text": "Ճանապարհը պատրաստ կլինի մինչև ձմեռ։", "source": "Համայնքի ղեկավար"}


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Image")
        icon = "image"
        template = "blocks/image.html"
        description = _("A picture; its description is read out to those who do not see it.")


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=80)
    value = blocks.CharBlock(label=_("How much"), max_length=80)

    class Meta:
        label = _("Fact")
        icon = "list-ul"


class FactsBlock(blocks.StructBlock):
    items = blocks.ListBlock(FactBlock(), label=_("Facts"), min_num=1)

    class Meta:
        label = _("Facts")
        icon = "list-ul"
        template = "blocks/facts.html"
        description = _("Short pairs: what and how much.")
        preview_value = {"items": [{"label": "Երկարություն", "value": "2,4 կմ"}]}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        # `value.items` of a StructValue is the method of the mapping; the template needs the field.
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": value.get("items") or []}
        return context


class FilesBlock(blocks.StructBlock):
    files = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"), min_num=1)

    class Meta:
        label = _("Files")
        icon = "doc-full"
        template = "blocks/files.html"
        description = _("Documents to download, with kind and size.")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SMALL_RICH_TEXT)

    class Meta:
        label = _("Question and answer")
        icon = "help"


class QuestionsBlock(blocks.StructBlock):
    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        template = "blocks/questions.html"
        description = _("Questions that unfold.")
        preview_value = {"items": [{"question": "Որքա՞ն է տևում", "answer": "<p>Մինչև 30 օր։</p>"}]}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["value"] = {"items": value.get("items") or []}
        return context


class ButtonBlock(LinkBlock):
    class Meta:
        label = _("Button")
        icon = "link"
        template = "blocks/button.html"
        value_class = LinkValue
        description = _("The one thing to do on this page.")
        preview_value = {"title": "Դիմել առցանց", "address": "https://example.am/"}


class TextTableBlock(TypedTableBlock):
    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.DecimalBlock(label=_("Quantity"), required=False)

    class Meta:
        label = _("Table")
        icon = "table"
        template = "blocks/table.html"
        description = _("Rows and columns with headings; give it a caption.")


class PageBodyBlock(blocks.StreamBlock):
    """The text of every page."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=RICH_TEXT,
        template="blocks/paragraph.html",
        description=_("Ordinary text: paragraphs, lists, links."),
        preview_value="<p>Դիմումը կարող եք ներկայացնել առցանց կամ գրասենյակում։</p>",
    )
    note = NoteBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    facts = FactsBlock()
    files = FilesBlock()
    questions = QuestionsBlock()
    table = TextTableBlock()
    button = ButtonBlock()


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
