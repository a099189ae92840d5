"""The inbox: what has to be done, the most urgent first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases import assignment, selectors
from services_api.cases.models import CaseQuerySet, SavedList
from services_api.cases.rights import PERMISSION
from services_api.cases.selectors import Filters
from services_api.cases.workspace.columns import COLUMNS, chosen_columns, row_of
from tenants.workplace import ListPage

PAGE_SIZE = 25
# The order of the day.
NAMES = {
    "open": gettext_lazy("Open"),
    "mine": gettext_lazy("Mine"),
    "queues": gettext_lazy("My queues"),
    "unassigned": gettext_lazy("Unassigned"),
    "overdue": gettext_lazy("Overdue"),
    "week": gettext_lazy("Due this week"),
    "waiting": gettext_lazy("Waiting for the applicant"),
    "closed": gettext_lazy("Closed"),
}


def filters_of(request: HttpRequest) -> Filters:
    """What the address narrows the inbox by; nonsense is left out."""
    given = request.GET
    which = given.get("which", "open")
    return Filters(
        which=which if which in NAMES else "open",
        state=given.get("state", "")[:40],
        procedure=given.get("procedure", "")[:60],
        text=given.get("q", "")[:100].replace("\0", "").strip(),
    )


def _figure(count: int | None) -> str:
    if count is None:
        return ""
    return f"{selectors.MOST_COUNTED}+" if count > selectors.MOST_COUNTED else str(count)


class OfficersOnly:
    """For whoever may work on cases; for everybody else there is nothing at these addresses."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(PERMISSION):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store, private"
        return response


def tasks_tab(request: HttpRequest, seen: CaseQuerySet, is_current: bool = False) -> dict[str, Any]:
    """The tab of the tasks that the reader has, beside the tabs of cases. `seen`: what the reader may see."""
    count = selectors.my_tasks(request.user, seen).order_by()[: selectors.MOST_COUNTED + 1].count()
    return {
        "label": _("My tasks"),
        "count": _figure(count),
        "url": reverse("cases_workspace:tasks"),
        "is_current": is_current,
        "is_urgent": False,
    }


class BelowInbox(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    """A screen one step below the list of cases."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("cases_workspace:inbox"), "label": _("Work")},
            {"url": "", "label": self.get_page_title()},
        ]


class TasksView(BelowInbox):
    """What colleagues ask of the reader, the most urgent first."""

    template_name = "cases/workspace/tasks.html"
    page_title = gettext_lazy("My tasks")
    header_icon = "list-ul"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inbox = reverse("cases_workspace:inbox")
        tabs = [{"label": label, "url": f"{inbox}?which={name}"} for name, label in NAMES.items()]
        seen = selectors.visible_cases(self.request.user)
        page = ListPage(selectors.my_tasks(self.request.user, seen), self.request.GET.get("p", ""), PAGE_SIZE)
        tabs.append(tasks_tab(self.request, seen, is_current=True))
        return super().get_context_data(**kwargs, tabs=tabs, page=page)


class InboxView(OfficersOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "cases/workspace/inbox.html"
    page_title = gettext_lazy("Work")
    header_icon = "list-ul"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters, user = filters_of(self.request), self.request.user
        seen = selectors.visible_cases(user)
        page = ListPage(selectors.inbox(user, filters, seen=seen), self.request.GET.get("p", ""), PAGE_SIZE)
        labels = assignment.labels(page.rows)
        choices = selectors.inbox_choices()
        kept = selectors.lists_of(user)
        mine = next((each for each in kept if not each.name), None)
        columns = chosen_columns(mine.columns if mine else ())
        return super().get_context_data(
            **kwargs,
            filters=filters,
            is_narrowed=bool(filters.state or filters.procedure or filters.text),
            tabs=self._tabs(filters, seen),
            page=page,
            rows=[row_of(case, labels[case.pk], columns) for case in page.rows],
            columns=[COLUMNS[code] for code in columns],
            column_choices=[(code, label, code in columns) for code, label in COLUMNS.items()],
            lists=[self._list(each, user) for each in kept if each.name],
            units=selectors.units_of(user),
            states=choices.states,
            procedures=choices.procedures,
            keep=self._query(),
        )

    def _tabs(self, filters: Filters, seen: CaseQuerySet) -> list[dict[str, Any]]:
        counts = selectors.counts(self.request.user, seen=seen)
        return [
            {
                "label": label,
                "count": _figure(counts.get(name)),
                "url": f"?which={name}",
                "is_current": name == filters.which,
                "is_urgent": name == "overdue" and counts[name] > 0,
            }
            for name, label in NAMES.items()
        ] + [tasks_tab(self.request, seen)]

    def _list(self, kept: SavedList, user: Any) -> dict[str, Any]:
        return {
            "key": kept.pk,
            "name": kept.name,
            "url": f"?{kept.query}",
            "is_mine": kept.user_id == user.pk,
            "unit": kept.unit.name() if kept.unit else "",
            "is_current": kept.query == self._query(),
        }

    def _query(self) -> str:
        kept = self.request.GET.copy()
        kept.pop("p", None)
        return kept.urlencode()
