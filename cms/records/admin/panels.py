"""Panels of the records' forms, assembled in one place so that all forms look and order alike."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface

from cms.records.admin.permissions import PUBLISH


def row(*names: str) -> FieldRowPanel:
    """Short fields side by side."""
    return FieldRowPanel([FieldPanel(name) for name in names])


def form(*content: Any, translated: tuple[str, ...] = ()) -> TabbedInterface:
    """The Armenian words and facts, the translations, publication."""
    facts = [
        FieldPanel("title_hy"),
        *content,
        FieldPanel("text_hy"),
        *(FieldPanel(f"{name}_hy") for name in translated),
    ]
    english = [FieldPanel(f"{name}_en") for name in ("title", "text", *translated)]
    russian = [FieldPanel(f"{name}_ru") for name in ("title", "text", *translated)]
    return TabbedInterface(
        [
            ObjectList(facts, heading=_("Facts")),
            ObjectList(
                [MultiFieldPanel(english, heading=_("in English")), MultiFieldPanel(russian, heading=_("in Russian"))],
                heading=_("Translations"),
            ),
            ObjectList(
                [FieldPanel("is_published", permission=PUBLISH), FieldPanel("slug"), FieldPanel("legacy_id")],
                heading=_("Publication"),
            ),
        ]
    )


def mandates() -> InlinePanel:
    """The terms of office of a person."""
    return InlinePanel(
        "mandates",
        heading=capfirst(_("terms of office")),
        label=_("term of office"),
        panels=[
            row("body", "post"),
            row("starts_on", "ends_on"),
            row("settlement", "position"),
            FieldPanel("title_hy"),
            row("title_en", "title_ru"),
            FieldPanel("basis"),
        ],
    )
