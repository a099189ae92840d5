"""The press officer's screens: what the law still wants, worst first, each with the button that helps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from cms.disclosure import checking, progress, standings, tasks
from cms.disclosure.actions import Actions
from cms.disclosure.models import Standing, Verdict
from tenants.context import current_community
from tenants.models import Community

WORST_ON_HOME = 3
# While a visitor walks through the site the dashboard looks again after so many seconds; a header, no script.
REFRESH_SECONDS = 3


def may_see(request: HttpRequest) -> bool:
    """Whoever works on the pages of a community; the ministry has its board."""
    community = current_community()
    if community is None or community.is_ministry:
        return False
    return page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})


class DashboardView(WagtailAdminTemplateMixin, TemplateView):
    """«Օրենքի պահանջներ 19 / 26»: what is missing, since when, by which article, and a button for each."""

    template_name = "disclosure/dashboard.html"
    page_title = gettext_lazy("Duties")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see(request):
            raise Http404
        self.walking = progress.current(_community().schema_name)
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        if self.walking:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = standings.of(_community())
        actions = Actions(self.request.user, [row.duty for row in rows])
        by_verdict = {verdict: [row for row in rows if row.verdict == verdict] for verdict in Verdict.values}
        return super().get_context_data(
            **kwargs,
            total=standings.total(rows),
            failing=[_shown(row, actions) for row in by_verdict[Verdict.FAIL]],
            tolerated=[_shown(row, actions) for row in by_verdict[Verdict.TOLERATED]],
            kept=by_verdict[Verdict.PASS],
            spared=by_verdict[Verdict.NOT_APPLICABLE],
            checked_at=max((row.checked_at for row in rows), default=None),
            walking=self.walking,
            check_url=reverse("disclosure_check"),
            public_url=_public_url(),
        )


@require_POST
def check_now(request: HttpRequest) -> HttpResponse:
    """Look from inside at once (under a second), and send a visitor through the site."""
    if not may_see(request):
        raise Http404
    community = _community()
    outcome = checking.check(community)
    words = {"met": outcome.met, "applicable": outcome.applicable}
    try:
        tasks.start_visit()
    except OSError:
        messages.warning(
            request,
            _("Checked: %(met)s of %(applicable)s are kept. The visitor's walk will follow at night.") % words,
        )
    else:
        progress.tell(community.schema_name, 0, 0)
        messages.success(request, _("Checked: %(met)s of %(applicable)s are kept.") % words)
    return redirect("disclosure_dashboard")


class DutiesPanel(Component):
    """On the first screen of the workplace: the score and what is worst."""

    name = "duties"
    template_name = "disclosure/panel.html"
    order = 40

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = standings.of(_community())
        actions = Actions(parent_context["request"].user, [row.duty for row in rows])
        failing = [row for row in rows if row.verdict == Verdict.FAIL]
        return {
            "total": standings.total(rows),
            "rows": [_shown(row, actions) for row in failing[:WORST_ON_HOME]],
            "more": max(0, len(failing) - WORST_ON_HOME),
            "is_checked": bool(rows),
        }


def _shown(row: Standing, actions: Actions) -> dict[str, Any]:
    return {"row": row, "duty": row.duty, "action": actions.of(row), "others": actions.others(row)}


def _public_url() -> str:
    from cms.disclosure.public_pages import address_of

    return address_of(_community())


def _community() -> Community:
    community = current_community()
    if community is None:
        raise Http404
    return community
