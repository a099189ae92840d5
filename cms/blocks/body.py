"""The text of every page: few kinds of blocks, two levels at most, each with a preview and a description."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.figures import ChartBlock, TextTableBlock
from cms.blocks.links import ButtonBlock, CardsBlock, StepsBlock, TopicBlock
from cms.blocks.media import FilesBlock, ImageBlock, PicturesBlock, VideoBlock
from cms.blocks.people import PersonBlock, PlacesBlock
from cms.blocks.registers import RegisterBlock
from cms.blocks.text import (
    RICH_TEXT,
    FactsBlock,
    HeadingBlock,
    NoteBlock,
    QuestionsBlock,
    QuoteBlock,
    TimelineBlock,
)

WORDS, MEDIA, FIGURES, WAYS = _("Words"), _("Pictures and files"), _("Figures"), _("Ways on")
# Kinds whose style sheet is loaded only by pages that have one of them (blocks.css).
STYLED = {"steps", "timeline", "person", "video", "pictures", "places", "chart", "cards", "topic", "register"}


class PageBodyBlock(blocks.StreamBlock):
    """The text of every page."""

    heading = HeadingBlock(group=WORDS)
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        group=WORDS,
        features=RICH_TEXT,
        template="blocks/paragraph.html",
        description=_("Ordinary text: paragraphs, lists, links."),
        preview_value="<p>Դիմումը կարող եք ներկայացնել առցանց կամ գրասենյակում։</p>",
    )
    note = NoteBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    questions = QuestionsBlock(group=WORDS)
    timeline = TimelineBlock(group=WORDS)
    image = ImageBlock(group=MEDIA)
    pictures = PicturesBlock(group=MEDIA)
    video = VideoBlock(group=MEDIA)
    files = FilesBlock(group=MEDIA)
    facts = FactsBlock(group=FIGURES)
    table = TextTableBlock(group=FIGURES)
    chart = ChartBlock(group=FIGURES)
    steps = StepsBlock(group=WAYS)
    cards = CardsBlock(group=WAYS)
    button = ButtonBlock(group=WAYS)
    person = PersonBlock(group=WAYS)
    places = PlacesBlock(group=WAYS)
    topic = TopicBlock(group=WAYS)
    register = RegisterBlock(group=WAYS)
