"""The settings of the look: the colour with swatches and figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from themes import accent

# Colours that every community may take: each stands in the landscape, each is readable (a test asks accent.check).
PALETTE = (
    ("#9b1c31", _("pomegranate")),
    ("#0b5a82", _("Sevan")),
    ("#1f6b3a", _("moss")),
    ("#a34a12", _("apricot")),
    ("#7a4a12", _("tuff")),
    ("#5b3a8c", _("violet")),
    ("#8a2f5d", _("wild rose")),
    ("#37505c", _("basalt")),
)


class AccentInput(forms.TextInput):
    """A colour as six digits, the palette beside it, and what the chosen colour measures."""

    template_name = "cms/look/accent_input.html"

    class Media:
        js = ("cms/js/accent.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(
            name, value, {**(attrs or {}), "pattern": "#?[0-9a-fA-F]{6}", "spellcheck": "false"}
        )
        context["palette"] = [{"value": colour, "label": label} for colour, label in PALETTE]
        context["measured"] = measured(str(value or ""))
        return context


def measured(colour: str) -> dict[str, Any] | None:
    """What a colour measures and becomes by day and by night; None for what is no colour.

    `contrast` is the lowest of the places where text stands in it (1..21, 4.5 is needed), `proposal` the nearest
    readable colour.
    """
    try:
        verdict = accent.check(colour)
    except ValueError:
        return None
    shades = accent.derive(verdict.proposal)
    return {
        "chosen": accent.normalise(colour),
        "accepted": verdict.accepted,
        "proposal": verdict.proposal,
        "contrast": round(verdict.contrast, 1),
        "shades": [
            {"label": _("on the page"), "colour": shades.base, "ground": accent.SURFACE},
            {"label": _("on its tint"), "colour": shades.base, "ground": shades.base_tint},
            {"label": _("on a button"), "colour": accent.WHITE, "ground": shades.base_fill},
            {"label": _("at night"), "colour": shades.dark, "ground": accent.DARK_SURFACE},
            {"label": _("on a button at night"), "colour": accent.WHITE, "ground": shades.dark_fill},
        ],
    }
