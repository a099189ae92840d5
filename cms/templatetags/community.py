"""The community's name in the workplace of its staff."""

from __future__ import annotations

from django import template

from cms.languages import current_language
from cms.naming import site_name
from tenants.context import current_community

register = template.Library()


@register.simple_tag
def community_title() -> str:
    """«Մեղրի համայնք» in the language of the interface; empty outside a tenant."""
    community = current_community()
    return site_name(community, current_language()) if community else ""
