"""Small addresses of the workplace (Wagtail admin)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control

from cms.models import NewsIndexPage, SiteProfile
from cms.models.profile import DEFAULT_ACCENT
from themes import accent

# The frame stays ink, so that the community's colour marks what can be done.
INK, INK_DEEP = "#26303a", "#1b1f24"


def go_to_news(request: HttpRequest) -> HttpResponse:
    """The list of Armenian news in the explorer."""
    index = NewsIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return redirect("wagtailadmin_explore", index.pk) if index else redirect("wagtailadmin_explore_root")


@cache_control(private=True, max_age=300)
def admin_css(request: HttpRequest) -> HttpResponse:
    """Wagtail's own colour variables in the community's colour."""
    profile = SiteProfile.objects.first()
    colour = profile.accent if profile and accent.check(profile.accent).accepted else DEFAULT_ACCENT
    shades = accent.derive(colour)
    css = (
        f":root{{--w-color-secondary:{shades.base};--w-color-secondary-400:{shades.base_hover};"
        f"--w-color-secondary-600:{shades.base_hover};--w-color-primary:{INK};--w-color-primary-200:{INK_DEEP}}}\n"
        f".sidebar{{border-inline-end:4px solid {shades.base}}}\n"
        ".h-brand{display:block;padding:.25rem;font-weight:600;line-height:1.3;text-align:center;color:#fff}\n"
        ".sidebar--slim .h-brand{font-size:.5rem;font-weight:400;overflow-wrap:anywhere}\n"
        # Capitals spell «և» wrongly.
        ".c-status,.w-status,.page-status-tag{text-transform:none}\n"
        # Armenian words are longer than the English ones that Wagtail measured.
        ".c-status,.w-status,.page-status-tag{white-space:nowrap}\n"
        ".sidebar:not(.sidebar--slim) .menuitem-label"
        "{font-size:.78125rem;margin-inline-start:.375rem;white-space:normal}\n"
        ".sidebar:not(.sidebar--slim) .sidebar-menu-item__link{padding-inline:.5rem .25rem}\n"
        "@media(max-width:50em){#listing-results{overflow-x:auto}.listing .title{min-width:12rem}}\n"
        # Settings of the look: swatches and contrast.
        ".h-swatches,.h-shades{display:flex;flex-wrap:wrap;gap:.5rem;margin:.75rem 0;padding:0;list-style:none}\n"
        ".h-swatch{display:inline-flex;align-items:center;gap:.5rem;min-height:2.75rem;padding:0 .75rem;"
        "border:1px solid currentColor;border-radius:4px;background:none;color:inherit;cursor:pointer}\n"
        ".h-swatch__colour{display:inline-block;width:1.5rem;height:1.5rem;border:1px solid #767676}\n"
        ".h-shades li{display:inline-flex;align-items:center;gap:.5rem;margin-inline-end:1rem}\n"
    )
    return HttpResponse(css, content_type="text/css; charset=utf-8")
