"""The blocks of a page's text (templates: themes). One module a kind; other rooms import from here."""

from cms.blocks.body import STYLED, PageBodyBlock
from cms.blocks.figures import ChartBlock, TextTableBlock
from cms.blocks.links import (
    ButtonBlock,
    CardsBlock,
    LinkBlock,
    LinkValue,
    StepBlock,
    StepsBlock,
    TaskBlock,
    TopicBlock,
)
from cms.blocks.media import FilesBlock, ImageBlock, PhotoBlock, PicturesBlock, VideoBlock
from cms.blocks.parts import (
    DigestRowBlock,
    DraftBlock,
    FolderBlock,
    ListedFileBlock,
    words_of,
)
from cms.blocks.people import FigureBlock, OfficeBlock, PersonBlock, PlacesBlock, ReceptionBlock
from cms.blocks.registers import RegisterBlock, shown_list
from cms.blocks.text import (
    RICH_TEXT,
    SMALL_RICH_TEXT,
    FactBlock,
    FactsBlock,
    HeadingBlock,
    HeadingValue,
    NoteBlock,
    QuestionBlock,
    QuestionsBlock,
    QuoteBlock,
    TimelineBlock,
)

__all__ = [
    "RICH_TEXT",
    "SMALL_RICH_TEXT",
    "STYLED",
    "ButtonBlock",
    "CardsBlock",
    "ChartBlock",
    "DigestRowBlock",
    "DraftBlock",
    "FactBlock",
    "FactsBlock",
    "FigureBlock",
    "FilesBlock",
    "FolderBlock",
    "HeadingBlock",
    "HeadingValue",
    "ImageBlock",
    "LinkBlock",
    "LinkValue",
    "ListedFileBlock",
    "NoteBlock",
    "OfficeBlock",
    "PageBodyBlock",
    "PersonBlock",
    "PhotoBlock",
    "PicturesBlock",
    "PlacesBlock",
    "QuestionBlock",
    "QuestionsBlock",
    "QuoteBlock",
    "ReceptionBlock",
    "RegisterBlock",
    "StepBlock",
    "StepsBlock",
    "TaskBlock",
    "TextTableBlock",
    "TimelineBlock",
    "TopicBlock",
    "VideoBlock",
    "shown_list",
    "words_of",
]
