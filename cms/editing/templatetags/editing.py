"""Pieces of the editor's screens."""

from __future__ import annotations

from typing import Any

from django import template

from cms.editing.views.text_checks import findings_context
from cms.models.base import BasePage

register = template.Library()


@register.inclusion_tag("editing/includes/findings.html", takes_context=True)
def text_findings(context: Any) -> dict[str, Any]:
    """What the checks say about the draft that is open in the editor; nothing for things that are no pages of ours."""
    page = context.get("page")
    if not isinstance(page, BasePage) or not page.pk:
        return {}
    return findings_context(page, context["request"].user)
