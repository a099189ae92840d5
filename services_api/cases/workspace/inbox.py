"""The inbox: what has to be done, the most urgent first."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases import selectors
from services_api.cases.actors import PERMISSION
from services_api.cases.selectors import Filters
from services_api.cases.walks import state_label
from services_api.cases.workspace.dates import due_of

PAGE_SIZE = 25
# The order of the day.
NAMES = {
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("Mine"),
    "unassigned": gettext_lazy("Unassigned"),
    "overdue": gettext_lazy("Overdue"),
    "week": gettext_lazy("Due this week"),
    "closed": gettext_lazy("Closed"),
}


class OfficersOnly:
    """For whoever may work on cases; for everybody else there is nothing at these addresses."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store, private"
        return response


class InboxView(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cases/workspace/inbox.html"
    page_title = gettext_lazy("Work")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        which = given.get("which", "open")
        filters = Filters(
            which=which if which in NAMES else "open",
            state=given.get("state", "")[:40],
            procedure=given.get("procedure", "")[:60],
            text=given.get("q", "")[:100].strip(),
        )
        user = self.request.user
        page = Paginator(selectors.inbox(user, filters), PAGE_SIZE).get_page(given.get("p"))
        choices = selectors.inbox_choices(user)
        return super().get_context_data(
            **kwargs,
            filters=filters,
            is_narrowed=bool(filters.state or filters.procedure or filters.text),
            tabs=self._tabs(filters),
            page_obj=page,
            rows=[self._row(case) for case in page.object_list],
            states=choices.states,
            procedures=choices.procedures,
            keep=self._query(),
        )

    def _tabs(self, filters: Filters) -> list[dict[str, Any]]:
        counts = selectors.counts(self.request.user)
        return [
            {
                "label": label,
                "count": counts[name],
                "url": f"?which={name}",
                "is_current": name == filters.which,
                "is_urgent": name == "overdue" and counts[name] > 0,
            }
            for name, label in NAMES.items()
        ]

    @staticmethod
    def _row(case: Any) -> dict[str, Any]:
        return {
            "url": reverse("cases_workspace:case", args=[case.uuid]),
            "number": case.number,
            "subject": case.subject,
            "procedure": case.version.procedure.name(),
            "applicant": case.applicant.display_name,
            "state": state_label(case),
            "phase": case.phase,
            "due": due_of(case),
            "assignee": str(case.assignee) if case.assignee else "",
            "submitted_at": case.submitted_at,
        }

    def _query(self) -> str:
        kept = self.request.GET.copy()
        kept.pop("p", None)
        return kept.urlencode()
