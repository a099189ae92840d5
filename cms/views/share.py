"""The community's share card, `/share.png`, in each language."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms import look, share_card
from cms.languages import current_language
from cms.page_cache import allow_caching
from cms.views.theme import YEAR
from tenants.context import current_community


@require_safe
def share_png(request: HttpRequest) -> HttpResponse:
    """1200 × 630 pixels with arms, name and colour; kept for a year under its stamp, asked again without one."""
    community = current_community()
    if community is None:
        raise Http404
    profile, language = look.profile(), current_language()
    response = HttpResponse(share_card.card(community, profile, language), content_type="image/png")
    is_current = request.GET.get("v") == share_card.stamp(community, profile, language)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_current else "public, max-age=60"
    return allow_caching(response)
