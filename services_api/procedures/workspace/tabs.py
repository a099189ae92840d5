"""The row of tabs on a draft: one screen for each part of a procedure, in the order in which they are made."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

# Name of the address (urls.py) and what the tab is called. A new screen of a draft is a line here.
TABS = (
    ("form", pgettext_lazy("tab of a procedure", "Form")),
    ("steps", pgettext_lazy("tab of a procedure", "Steps")),
    ("terms", pgettext_lazy("tab of a procedure", "Terms")),
    ("edit", pgettext_lazy("tab of a procedure", "Texts")),
    ("letters", pgettext_lazy("tab of a procedure", "Letters")),
    ("examples", pgettext_lazy("tab of a procedure", "Examples")),
    ("try", pgettext_lazy("tab of a procedure", "Try")),
    ("version", pgettext_lazy("tab of a procedure", "Check and publish")),
)


def tab_row(code: str, number: int, current: str) -> list[dict[str, Any]]:
    """{name, url, label, is_current} for each tab of a draft; `current` is the name of the address that is open."""
    return [
        {
            "name": name,
            "url": reverse(f"procedures_workspace:{name}", args=[code, number]),
            "label": label,
            "is_current": name == current,
        }
        for name, label in TABS
    ]
