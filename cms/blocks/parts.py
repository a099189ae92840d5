"""What the fields of single page types are made of: folders of files, drafts, a digest."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks.text import SMALL_RICH_TEXT


class ListedFileBlock(blocks.StructBlock):
    """A file with the day from which it holds."""

    document = DocumentChooserBlock(label=_("File"))
    date = blocks.DateBlock(label=_("Date"), required=False)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        label = _("File")
        icon = "doc-full"


class FolderBlock(blocks.StructBlock):
    """Files under one heading."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.CharBlock(label=_("Short explanation"), required=False, max_length=300)
    files = blocks.ListBlock(ListedFileBlock(), label=_("Files"))

    class Meta:
        label = _("Folder")
        icon = "folder-open-inverse"


class DraftBlock(blocks.StructBlock):
    """A draft under discussion. Normative ones also stand on e-draft.am (law on local self-government, 11(8))."""

    title = blocks.CharBlock(label=_("Draft"), max_length=300)
    text = blocks.RichTextBlock(label=_("Justification"), features=SMALL_RICH_TEXT, required=False)
    document = DocumentChooserBlock(label=_("File"), required=False)
    edraft_number = blocks.CharBlock(label=_("Number on e-draft.am"), required=False, max_length=20)
    edraft_url = blocks.URLBlock(label=_("Address on e-draft.am"), required=False)

    class Meta:
        label = _("Draft")
        icon = "doc-empty"


class DigestRowBlock(blocks.StructBlock):
    """One received proposal and what became of it, in the columns of the digests on e-draft.am."""

    author = blocks.CharBlock(label=_("Author"), max_length=120)
    date = blocks.DateBlock(label=_("Received on"), required=False)
    content = blocks.TextBlock(label=_("Proposal"))
    conclusion = blocks.CharBlock(label=_("Conclusion"), max_length=300, help_text=_("Accepted, refused, in part."))
    changes = blocks.TextBlock(label=_("Changes made"), required=False)

    class Meta:
        label = _("Row of the digest")
        icon = "table"


def words_of(stream: Any) -> str:
    """The searchable words of a stream of blocks."""
    return " ".join(str(part) for part in stream.stream_block.get_searchable_content(stream)) if stream else ""
