"""Lists of files in folders: the store of forms, documents that belong to no register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.blocks import FolderBlock, PageBodyBlock, words_of
from cms.models.base import BasePage, LegalBasisMixin
from cms.models.panels import page_screen
from cms.stream import BodyField


class DocumentsPage(LegalBasisMixin, BasePage):  # type: ignore[django-manager-missing]
    """Files by folder, each with kind, size and date."""

    folders = BodyField([("folder", FolderBlock())], verbose_name=_("folders"), blank=True)
    body = BodyField(PageBodyBlock(), verbose_name=_("text"), blank=True)

    template = "cms/documents_page.html"
    parent_page_types = ["cms.SectionPage", "cms.ServiceCataloguePage", "cms.ContentPage"]
    subpage_types = ["cms.DocumentsPage"]
    edit_handler = page_screen(FieldPanel("lede"), FieldPanel("body"), FieldPanel("folders"), FieldPanel("legal_basis"))

    class Meta:
        verbose_name = _("list of files")
        verbose_name_plural = _("lists of files")

    @property
    def body_text(self) -> str:
        titles = (
            f"{row['document'].title} {row.get('note') or ''}"
            for block in self.folders
            for row in block.value["files"]
            if row.get("document")
        )
        return f"{words_of(self.folders)} {' '.join(titles)} {words_of(self.body)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        children = [child for child in self.get_children().live().specific() if child.is_honest]
        folders = [
            {
                "id": f"f-{number}",
                "title": block.value["title"],
                "text": block.value.get("text") or "",
                "files": list(block.value["files"]),
            }
            for number, block in enumerate(self.folders, start=1)
        ]
        context.update(
            folders=folders,
            files_total=sum(len(folder["files"]) for folder in folders),
            toc=[{"id": folder["id"], "title": folder["title"]} for folder in folders] if len(folders) > 2 else [],
            children=[{"title": child.title, "url": child.url, "text": child.lede} for child in children],
        )
        return context
