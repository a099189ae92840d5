"""schema.org of a page: `{% structured_data "NewsArticle" %}` in block `structured` of the page's template."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from themes.structured import as_json, graph

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context, kind: str = "") -> SafeString:
    """The JSON-LD of the page in the context; the kind is a key of themes.structured.KINDS or empty."""
    site: dict[str, Any] = context["site"]
    page = context.get("page")
    channel = context.get("apply_url") or getattr(page, "online_url", "")
    online = str(channel or "") if kind == "GovernmentService" else ""
    address = site.get("canonical_url") or site.get("root_url", "")
    return as_json(graph(kind, page, site, context.get("crumbs"), address, get_language() or "hy", online))
