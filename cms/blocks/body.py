"""The text of every page: few kinds of blocks, two levels at most, each with a preview and a description."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.blocks.links import ButtonBlock
from cms.blocks.media import FilesBlock, ImageBlock
from cms.blocks.text import RICH_TEXT, FactsBlock, HeadingBlock, NoteBlock, QuestionsBlock, QuoteBlock


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
