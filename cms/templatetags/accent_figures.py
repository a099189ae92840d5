"""Contrast of two colours, for the settings and the style guide."""

from __future__ import annotations

from django import template
from django.utils.formats import localize

from themes import accent

register = template.Library()


@register.filter
def contrast_on(colour: str, ground: str) -> str:
    """Contrast of a colour on a ground by WCAG 2.2, rounded down to one digit: 7.6 : 1."""
    return f"{localize(int(accent.contrast(colour, ground) * 10) / 10)} : 1"
