"""The menu of the workplace in the order of the day: work, the site, duties, figures, settings.

A room says its place by the order of its entry alone, so no room need know the others: below 100 is work (cases and
what comes with them; at the ministry, communities), 100 to 199 the site, 200 to 299 duties, 300 to 399 figures, and
from 400 on settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from wagtail.admin.menu import MenuItem

# The order that each group ends before: work, site, duties, figures, settings.
GROUPS = (100, 200, 300, 400, float("inf"))
# Entries of Wagtail's own; others say their order themselves.
ORDER = {
    "explorer": 110,
    "images": 150,
    "documents": 160,
    "snippets": 190,
    "reports": 310,
    "settings": 10000,
}
# Wagtail's help leads to its makers' site, in English.
HIDDEN = {"help"}


def arranged(entries: Sequence[MenuItem]) -> list[MenuItem]:
    """Entries in their order; the first of each group is marked for the style sheet, which draws a line above it.

    The entries that are given are kept by the process for everybody; these are copies for one request.
    """
    found = [copy(entry) for entry in entries if entry.name not in HIDDEN]
    for entry in found:
        entry.order = ORDER.get(entry.name, entry.order)
    found.sort(key=lambda entry: entry.order)
    before = None
    for entry in found:
        group = next(number for number, below in enumerate(GROUPS) if entry.order < below)
        if group != before:
            entry.attrs = {**entry.attrs, "data-menu-group": str(group)}
        before = group
    return found


__all__ = ["GROUPS", "arranged"]
