"""The blocks of a page's text (templates: themes). One module a kind; other rooms import from here."""

from cms.blocks.body import PageBodyBlock, TextTableBlock
from cms.blocks.links import ButtonBlock, LinkBlock, LinkValue, TaskBlock
from cms.blocks.media import FilesBlock, ImageBlock
from cms.blocks.parts import (
    DigestRowBlock,
    DraftBlock,
    FolderBlock,
    ListedFileBlock,
    PhotoBlock,
    StepBlock,
    words_of,
)
from cms.blocks.people import FigureBlock, OfficeBlock, ReceptionBlock
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
)

__all__ = [
    "RICH_TEXT",
    "SMALL_RICH_TEXT",
    "ButtonBlock",
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
    "PhotoBlock",
    "QuestionBlock",
    "QuestionsBlock",
    "QuoteBlock",
    "ReceptionBlock",
    "StepBlock",
    "TaskBlock",
    "TextTableBlock",
    "words_of",
]
