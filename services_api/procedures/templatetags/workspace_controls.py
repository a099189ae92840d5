"""Controls of the clerk's screens."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: Any, language: str) -> SafeString:
    """A control whose content is written in a language, marked so for readers and spelling."""
    drawn: SafeString = field.as_widget(attrs={"lang": language})
    return drawn
