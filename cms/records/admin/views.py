"""Lists and forms of public records."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from cms.records.models import BudgetYear


class _OwnDraft:
    """A published record is opened for change only by those who may publish."""

    permission_required: str

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object(queryset)  # type: ignore[misc]
        if not self.user_has_permission_for_instance(self.permission_required, found):  # type: ignore[attr-defined]
            raise PermissionDenied
        return found


class RecordEditView(_OwnDraft, generic.EditView):
    """The form of a record, with a way to the public page."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        url = self._public_url()
        if url:
            buttons.append(Button(_("See on the website"), url=url, icon_name="view", priority=5))
        if isinstance(self.object, BudgetYear):
            table = reverse("records_budget_table", args=[self.object.pk])
            buttons.append(Button(_("Lines and execution as a table"), url=table, icon_name="table", priority=1))
        return buttons

    def _public_url(self) -> str:
        from cms.records.registers import register_of

        try:
            return register_of(self.object).record_url(self.object, "hy")
        except LookupError:
            return ""


class RecordDeleteView(_OwnDraft, generic.DeleteView):
    """Only drafts are deleted by those who may not publish."""
