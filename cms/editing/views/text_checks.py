"""The list of findings beside the text, again after each automatic saving."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.editing.drafts import draft_for, may_change
from cms.editing.text_checks import Finding, check_page

# Longer lists tell a person nothing more; "fix all safe ones" sees them all.
MOST_SHOWN = 60


def findings_context(page: Page, user: Any) -> dict[str, Any]:
    """What the list needs, for a specific draft."""
    findings = check_page(page)
    changeable = may_change(page, user)
    return {
        "checked_page": page,
        "groups": [group for group in _groups(findings[:MOST_SHOWN]) if group["rows"]],
        "number": sum(finding.weight != "advice" for finding in findings),
        "total": len(findings),
        "hidden": max(0, len(findings) - MOST_SHOWN),
        "safe": sum(finding.is_safe for finding in findings) if changeable else 0,
        "may_change": changeable,
    }


def _groups(findings: list[Finding]) -> list[dict[str, Any]]:
    rows: dict[str, list[dict[str, Any]]] = {"block": [], "wrong": [], "advice": []}
    for finding in findings:
        picture = reverse("wagtailimages:edit", args=[finding.picture]) if finding.picture else ""
        rows[finding.weight].append({"finding": finding, "picture_url": picture})
    return [{"weight": weight, "rows": found} for weight, found in rows.items()]


@never_cache
@require_safe
def findings_of_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """The list alone, for the draft that was saved last."""
    page = draft_for(request, page_id)
    return render(request, "editing/includes/findings.html", findings_context(page, request.user))


__all__ = ["findings_context", "findings_of_page"]
