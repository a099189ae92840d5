"""The page itself, for the staff: in each theme (`?theme=`) and each way of reading (`?mode=`)."""

from __future__ import annotations

import copy
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cms import chrome, look
from cms.blocks import PageBodyBlock
from cms.styleguide.specimens import specimens
from themes import accent
from themes.choice import BASE, ROOT, theme_choices, themes
from themes.tokens import MODES, PAIRS, colours

STEPS = ("step-5", "step-4", "step-3", "step-2", "step-1", "step-0", "step--1")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Components and blocks with their states, colours with figures, icons, type. Not for visitors, never kept."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), "/admin/login/")
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    saved = look.profile()
    if saved is None:
        raise Http404
    shown = copy.copy(saved)
    asked = request.GET.get("theme", "")
    shown.theme = asked if asked in themes() else saved.theme
    with look.previewing(shown):
        context = {
            "themes": [{"name": name, "label": label} for name, label in theme_choices()],
            "theme": shown.theme,
            "palettes": [_palette(shown.theme, mode) for mode in MODES],
            "steps": STEPS,
            "icons": _icons(),
            "specimens": _components(request),
            "blocks": _blocks(),
            "hours": chrome.hours(request),
        }
        response = render(request, "cms/styleguide.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _palette(theme: str, mode: str) -> dict[str, Any]:
    values = colours(theme)[mode]
    rows = [
        {
            "front": front,
            "ground": ground,
            "front_colour": values[front],
            "ground_colour": values[ground],
            "contrast": round(accent.contrast(values[front], values[ground]), 1),
            "needed": needed,
        }
        for front, ground, needed in PAIRS
    ]
    return {"mode": mode, "rows": rows}


def _icons() -> list[str]:
    from themes.templatetags.look import icon_names

    return icon_names()


def _components(request: HttpRequest) -> list[dict[str, Any]]:
    shared = {"hours": chrome.hours(request)}
    drawn = []
    for specimen in specimens():
        template = f"components/{specimen.template}.html"
        html = render_to_string(template, {**shared, **specimen.given}, request)
        drawn.append({"name": specimen.template, "state": specimen.state, "html": SafeString(html)})
    return drawn


def _blocks() -> list[dict[str, Any]]:
    """The blocks of a page's text with the values that the editor's preview shows."""
    drawn = []
    for name, block in PageBodyBlock().child_blocks.items():
        value = block.get_preview_value()
        if value in (None, "", {}):
            continue
        drawn.append({"name": name, "label": block.label, "html": block.render(value)})
    return drawn


def unshown() -> list[str]:
    """Components of base that no specimen shows: parts of pages and of other components."""
    folder = ROOT / BASE / "templates" / "components"
    known = {specimen.template for specimen in specimens()}
    names = {path.relative_to(folder).as_posix().removesuffix(".html") for path in folder.rglob("*.html")}
    return sorted(names - known)
