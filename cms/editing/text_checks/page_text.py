"""What a page says, taken apart: texts, headings, links, pictures, tables. Asks no database.

The bodies are read as stored (raw JSON of the StreamField) and are written back as such: identifiers of blocks, block
kinds that nobody knows any more and rich text keep their form.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from cms.editing.text_checks.passages import Passage, Role
from cms.languages import language_of

Path = tuple[str | int, ...]
# Fields of Wagtail's own page that people write.
_PAGE_FIELDS = ("title", "seo_title", "search_description")
# As much of the summary as search engines get (cms.models.base).
DESCRIPTION_LENGTH = 300
_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    path: Path
    label: str
    block_id: str
    # The stored HTML of a heading inside rich text; empty for a block of its own.
    html: str = ""


@dataclass(frozen=True)
class Link:
    words: str
    attributes: dict[str, str]
    html: str
    inner: str
    passage: Passage


@dataclass(frozen=True)
class Picture:
    """A use of a picture; `alt` is what this use says of itself, None when the picture's own description holds."""

    pk: int
    path: Path
    label: str
    block_id: str
    alt: str | None = None


@dataclass(frozen=True)
class Table:
    path: Path
    label: str
    block_id: str
    caption: str


@dataclass
class PageText:
    """One page (a draft or what is published), ready to be checked and changed."""

    page: Page
    passages: list[Passage] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _bodies: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> PageText:
        text = cls(page)
        text._read()
        return text

    @cached_property
    def language(self) -> str:
        return language_of(self.page)

    @property
    def has_summary(self) -> bool:
        return not hasattr(self.page, "lede") or bool(self.page.lede.strip())

    @property
    def _description_follows(self) -> bool:
        """The words for search engines are those of the summary, so nobody is told of a slip twice."""
        lede = getattr(self.page, "lede", "")
        return bool(lede) and self.page.search_description == lede[:DESCRIPTION_LENGTH]

    def write(self, path: Path, value: Any) -> None:
        """Put a text back where it was read from (in memory; saving is the caller's)."""
        name = str(path[0])
        if len(path) == 1:
            if name == "lede" and self._description_follows:
                self.page.search_description = value[:DESCRIPTION_LENGTH]
            setattr(self.page, name, value)
            return
        target: Any = self._bodies[name]
        for step in path[1:-1]:
            target = target[step]
        target[path[-1]] = value
        self._store(name)

    def remove(self, path: Path) -> None:
        """Take a block out of a body."""
        name = str(path[0])
        target: Any = self._bodies[name]
        for step in path[1:-1]:
            target = target[step]
        del target[path[-1]]
        self._store(name)

    def _store(self, name: str) -> None:
        stream_block = self.page._meta.get_field(name).stream_block  # type: ignore[union-attr]
        raw = copy.deepcopy(self._bodies[name])
        setattr(self.page, name, StreamValue(stream_block, raw, is_lazy=True))

    def _read(self) -> None:
        for model_field in _written_fields(self.page):
            name, label = model_field.name, force_str(model_field.verbose_name).capitalize()
            value = getattr(self.page, name)
            if isinstance(model_field, StreamField):
                raw = copy.deepcopy(list(model_field.stream_block.get_prep_value(value) or []))
                self._bodies[name] = raw
                self._stream(model_field.stream_block, raw, (name,), label)
            elif isinstance(model_field, models.ForeignKey):
                if pk := getattr(self.page, model_field.attname):
                    self.pictures.append(Picture(pk, (name,), label, ""))
            elif value and not (name == "search_description" and self._description_follows):
                is_html = isinstance(model_field, RichTextField)
                role: Role = "title" if name in {"title", "seo_title"} else "text"
                self._add(Passage((name,), label, value, is_html, role, "", self.language))

    def _add(self, passage: Passage) -> None:
        self.passages.append(passage)
        if not passage.is_html:
            return
        for match in _HEADING.finditer(passage.value):
            words = unescape(_TAG.sub("", match.group(2))).strip()
            level = int(match.group(1))
            self.headings.append(Heading(level, words, passage.path, passage.label, passage.block_id, match.group()))
        for match in _LINK.finditer(passage.value):
            words = unescape(_TAG.sub("", match.group(2))).strip()
            attributes = {key: unescape(value) for key, value in _ATTRIBUTE.findall(match.group(1))}
            self.links.append(Link(words, attributes, match.group(), match.group(2), passage))

    def _stream(self, block: Any, raw: list[Any], path: Path, label: str, outer_id: str = "") -> None:
        for number, row in enumerate(raw):
            if not isinstance(row, dict) or row.get("type") not in block.child_blocks:
                continue
            child = block.child_blocks[row["type"]]
            words = f"{label} › {force_str(child.label)}" if force_str(child.label) else label
            self._value(
                child, row.get("value"), (*path, number, "value"), words, row.get("id") or outer_id, row["type"]
            )

    def _value(self, block: Any, value: Any, path: Path, label: str, block_id: str, name: str) -> None:
        """One value of a body, whatever block it is of."""
        if isinstance(block, ImageBlock) and isinstance(value, dict):
            if value.get("image") and not value.get("decorative"):
                self.pictures.append(Picture(value["image"], path, label, block_id, value.get("alt_text") or ""))
        elif isinstance(block, ImageChooserBlock):
            if isinstance(value, int):
                self.pictures.append(Picture(value, path, label, block_id))
        elif isinstance(block, TypedTableBlock):
            self._table(block, value, path, label, block_id)
        elif isinstance(block, blocks.StreamBlock):
            self._stream(block, value if isinstance(value, list) else [], path, label, block_id)
        elif isinstance(block, blocks.ListBlock):
            for number, row in enumerate(value or []):
                wrapped = isinstance(row, dict) and row.get("type") == "item" and "value" in row
                inner, at = (row["value"], (number, "value")) if wrapped else (row, (number,))
                own_id = row.get("id") if wrapped else None
                self._value(block.child_block, inner, (*path, *at), label, own_id or block_id, name)
        elif isinstance(block, blocks.StructBlock):
            self._struct(block, value or {}, path, label, block_id, name)
        elif isinstance(value, str) and _is_written(block):
            # An empty text is kept too: an empty heading is worth a word.
            self._text(block, value, path, label, block_id, name)

    def _struct(self, block: Any, value: dict[str, Any], path: Path, label: str, block_id: str, name: str) -> None:
        for key, child in block.child_blocks.items():
            words = f"{label} › {force_str(child.label)}"
            if isinstance(child, ImageChooserBlock) and not isinstance(child, ImageBlock):
                alt = value.get("alt_text") or value.get("alt") or None
                if value.get(key) and not value.get("decorative"):
                    self.pictures.append(Picture(value[key], (*path, key), label, block_id, alt))
                continue
            inner_name = "heading" if name == "heading" and key in {"text", "title"} else key
            self._value(child, value.get(key), (*path, key), words, block_id, inner_name)

    def _text(self, block: Any, value: str, path: Path, label: str, block_id: str, name: str) -> None:
        is_html = isinstance(block, blocks.RichTextBlock)
        role: Role = "heading" if name == "heading" else "title" if name in {"title", "label", "question"} else "text"
        if role == "heading":
            self.headings.append(Heading(2, value.strip(), path, label, block_id))
        if value.strip():
            self._add(Passage(path, label, value, is_html, role, block_id, self.language))

    def _table(self, block: Any, value: Any, path: Path, label: str, block_id: str) -> None:
        if not isinstance(value, dict):
            return
        caption = value.get("caption") or ""
        self.tables.append(Table(path, label, block_id, caption))
        if caption:
            self._add(Passage((*path, "caption"), label, caption, False, "title", block_id, self.language))
        kinds = [column.get("type") for column in value.get("columns", [])]
        for number, column in enumerate(value.get("columns", [])):
            if heading := column.get("heading"):
                at = (*path, "columns", number, "heading")
                self._add(Passage(at, label, heading, False, "cell", block_id, self.language))
        for number, row in enumerate(value.get("rows", [])):
            for place, cell in enumerate(row.get("values", [])):
                child = block.child_blocks.get(kinds[place]) if place < len(kinds) else None
                if isinstance(cell, str) and cell.strip() and child is not None and _is_written(child):
                    is_html = isinstance(child, blocks.RichTextBlock)
                    at = (*path, "rows", number, "values", place)
                    self._add(Passage(at, label, cell, is_html, "cell", block_id, self.language))


def _is_written(block: Any) -> bool:
    """Text in somebody's words, not a choice, an address or a code."""
    if isinstance(block, blocks.RichTextBlock):
        return True
    if isinstance(block, (blocks.URLBlock, blocks.EmailBlock, blocks.RegexBlock, blocks.ChoiceBlock)):
        return False
    is_code = isinstance(block, blocks.CharBlock) and getattr(block, "name", "") in {
        "service",
        "slug",
        "code",
        "anchor",
    }
    return isinstance(block, (blocks.CharBlock, blocks.TextBlock)) and not is_code


def _written_fields(page: Page) -> list[Any]:
    """The fields of a page whose words people write, in the order of the model; and pictures that it names."""
    fields: list[Any] = []
    for model_field in page._meta.get_fields():
        if not isinstance(model_field, models.Field):
            continue
        of_wagtail = model_field.model is Page or model_field.model._meta.app_label == "wagtailcore"
        if of_wagtail:
            if model_field.name in _PAGE_FIELDS:
                fields.append(model_field)
        elif (
            isinstance(model_field, (StreamField, RichTextField)) or _is_plain(model_field) or _is_picture(model_field)
        ):
            fields.append(model_field)
    return fields


def _is_plain(model_field: models.Field[Any, Any]) -> bool:
    if model_field.choices or not model_field.editable:
        return False
    if isinstance(model_field, (models.EmailField, models.URLField, models.SlugField)):
        return False
    return isinstance(model_field, (models.CharField, models.TextField))


def _is_picture(model_field: models.Field[Any, Any]) -> bool:
    from cms.models import SiteImage

    return isinstance(model_field, models.ForeignKey) and model_field.related_model is SiteImage


__all__ = ["Heading", "Link", "PageText", "Picture", "Table"]
