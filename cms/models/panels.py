"""The editing screens of all page types, assembled in one place so that they look and order alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from cms.editing.forms import LatinSlugInput


def page_screen(*content: Any, review: bool = True) -> TabbedInterface:
    """Content, then search engines and address, then publishing and review."""
    upkeep: Sequence[Any] = [PublishingPanel(), CommentPanel()]
    if review:
        upkeep = [
            *upkeep,
            MultiFieldPanel([FieldPanel("reviewed_until"), FieldPanel("responsible")], heading=_("Upkeep")),
        ]
    return TabbedInterface(
        [
            ObjectList([TitleFieldPanel("title"), *content], heading=_("Content")),
            ObjectList(
                [
                    FieldPanel("slug", widget=LatinSlugInput),
                    FieldPanel("seo_title"),
                    FieldPanel("search_description"),
                    FieldPanel("share_image"),
                    FieldPanel("show_in_menus"),
                ],
                heading=_("Address and search engines"),
            ),
            ObjectList(list(upkeep), heading=_("Publishing and upkeep")),
        ]
    )
