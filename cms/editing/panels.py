"""Panels of the dashboard, in the order of the day: what waits for approval, what is missing, what is stale."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.admin.ui.components import Component

from cms.editing import translation_status, upkeep
from cms.editing.checklist import Step, steps
from cms.editing.views.reports import REASONS

# Work comes first (50); Wagtail's own panels stand between 210 and 300.
APPROVALS, DUTIES, CHECKLIST, STALE, TRANSLATIONS = 60, 100, 150, 160, 170
STALE_SHOWN = 5


class ChecklistPanel(Component):
    """Until the site can be shown; gone once everything is done."""

    name = "editing-checklist"
    template_name = "editing/panel_checklist.html"
    order = CHECKLIST

    def __init__(self, found: list[Step]) -> None:
        self.found = found

    @classmethod
    def when_needed(cls) -> ChecklistPanel | None:
        found = steps()
        return None if all(step.is_done for step in found) else cls(found)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        done = sum(step.is_done for step in self.found)
        ordered = sorted(self.found, key=lambda step: step.is_done)
        return {"steps": ordered, "done": done, "total": len(self.found)}


class StalePanel(Component):
    """Pages to be looked at again, those first that are overdue."""

    name = "editing-stale"
    template_name = "editing/panel_stale.html"
    order = STALE

    def __init__(self, found: list[upkeep.StalePage], may_confirm: bool) -> None:
        self.found, self.may_confirm = found, may_confirm

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        shown = [{"row": row, "why": REASONS[row.reason]} for row in self.found[:STALE_SHOWN]]
        return {
            "rows": shown,
            "total": len(self.found),
            "may_confirm": self.may_confirm,
            "csrf_token": parent_context.get("csrf_token"),
        }


class TranslationsPanel(Component):
    """How many pages are missing, outdated or begun in each language."""

    name = "editing-translations"
    template_name = "editing/panel_translations.html"
    order = TRANSLATIONS

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        names = dict(settings.LANGUAGES)
        return {
            "rows": [
                {"code": code, "name": names[code], **{status: found[status] for status in translation_status.STATUSES}}
                for code, found in translation_status.counts().items()
            ]
        }


__all__ = ["APPROVALS", "DUTIES", "ChecklistPanel", "StalePanel", "TranslationsPanel"]
