"""The community's style sheet: its colour in all its shades."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.models.profile import DEFAULT_ACCENT, SiteProfile
from cms.page_cache import allow_caching
from themes import accent

YEAR = 365 * 24 * 3600
_HEX = re.compile(r"\A[0-9a-f]{6}\Z")


def may_change_look(request: HttpRequest) -> bool:
    """Whoever may change the profile may see what it would look like."""
    user = getattr(request, "user", None)
    return bool(user and user.has_perm("wagtailadmin.access_admin") and user.has_perm("cms.change_siteprofile"))


@lru_cache(maxsize=256)
def accent_css(colour: str) -> str:
    """The style sheet of a colour; the default one when the colour cannot be read."""
    readable = colour if accent.check(colour).accepted else DEFAULT_ACCENT
    return accent.render_css(accent.derive(readable))


def css_stamp(colour: str) -> str:
    """Changes with the content, so that browsers may keep the style sheet for a year."""
    return blake2b(accent_css(colour).encode(), digest_size=4).hexdigest()


@require_safe
def theme_css(request: HttpRequest) -> HttpResponse:
    """`/theme.css?v=<stamp>`: kept for a year under its stamp, asked again without one."""
    profile = SiteProfile.objects.first()
    colour = profile.accent if profile else DEFAULT_ACCENT
    asked = request.GET.get("preview", "")
    if _HEX.match(asked) and may_change_look(request):
        return HttpResponse(
            accent_css(f"#{asked}"), content_type="text/css; charset=utf-8", headers={"Cache-Control": "no-store"}
        )
    response = HttpResponse(accent_css(colour), content_type="text/css; charset=utf-8")
    is_current = request.GET.get("v") == css_stamp(colour)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_current else "public, max-age=60"
    return allow_caching(response)
