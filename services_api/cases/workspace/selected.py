"""What is done with the cases that were selected in the list: asked for first, then done, then told case by case."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View

from services_api.cases import assignment, services
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import Case
from services_api.cases.services import bulk
from services_api.cases.workspace.columns import COLUMNS
from services_api.cases.workspace.export import as_file
from services_api.cases.workspace.inbox import BelowInbox, OfficersOnly
from services_api.org.public import Confidentiality

ACTS = {
    "hand_over": gettext_lazy("Hand over"),
    "step": pgettext_lazy("list", "Take a step"),
    "note": pgettext_lazy("list", "Write a note on each"),
}
# What may stand in the address of the inbox; everything else that a form sends is left out.
ASKED = ("which", "state", "procedure", "q", "p")


def query_of(given: Any) -> str:
    """The address of the list, with nothing in it but its own filters."""
    return urlencode({name: given[name][:100] for name in ASKED if given.get(name)})


def _back(request: HttpRequest) -> str:
    asked = query_of(QueryDict(request.POST.get("back", "")[:1_000]))
    return reverse("cases_workspace:inbox") + (f"?{asked}" if asked else "")


class SelectedView(BelowInbox):
    """Without `go` it asks what is needed; with it, it acts and tells what was done and what was not, and why."""

    template_name = "cases/workspace/selected.html"
    page_title = gettext_lazy("Selected cases")
    header_icon = "list-ul"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("cases_workspace:inbox")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = bulk.chosen_of(request.POST.getlist("case"))
        if not chosen:
            messages.warning(request, _("Select cases in the list first."))
            return redirect(_back(request))
        act = request.POST.get("act", "")
        if act in ("csv", "xlsx"):
            seen = bulk.seen_of(request.user, chosen)
            return as_file(request.user, [seen[each.uuid] for each in chosen if each.uuid in seen], act)
        if act not in ACTS:
            return redirect(_back(request))
        problem, results = "", None
        if "go" in request.POST:
            problem, results = self._do(request, act, chosen)
        return self.render_to_response(
            self.get_context_data(act=act, chosen=chosen, problem=problem, results=results),
            status=422 if problem else 200,
        )

    @staticmethod
    def _do(request: HttpRequest, act: str, chosen: list[bulk.Chosen]) -> tuple[str, list[bulk.Result] | None]:
        given, user = request.POST, request.user
        if act == "hand_over":
            if not assignment.TOKEN.fullmatch(given.get("to", "")):
                return _("Choose a position or a queue from the list."), None
            return "", bulk.hand_over_all(user, chosen, given["to"], given.get("comment", ""))
        if act == "step":
            if not given.get("step"):
                return _("Choose a step."), None
            return "", bulk.step_all(user, chosen, given["step"])
        if not given.get("text", "").strip():
            return _("Write the note."), None
        return "", bulk.note_all(user, chosen, given["text"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        act, chosen = context["act"], context["chosen"]
        context |= {"title": ACTS[act], "back": _back(self.request), "typed": self.request.POST}
        if context["results"] is not None:
            results = context["results"]
            return context | {
                "done": [each for each in results if each.is_done],
                "left": [each for each in results if not each.is_done],
            }
        seen = bulk.seen_of(self.request.user, chosen)
        cases = [(each, seen[each.uuid]) for each in chosen if each.uuid in seen]
        return context | {
            "cases": [
                {"value": f"{each.uuid}:{each.revision}", "number": case.number, "subject": case.subject}
                for each, case in cases
            ],
            "unseen": len(chosen) - len(cases),
            "choices": assignment.choices(_anywhere()) if act == "hand_over" else None,
            "steps": bulk.plain_steps(self.request.user, [case for _chosen, case in cases]) if act == "step" else [],
        }


def _anywhere() -> Case:
    """A case that everybody could have: what the list of addressees is made for, before each case is asked."""
    return Case(settlement="", confidentiality=Confidentiality.PUBLIC)


class ListsView(OfficersOnly, View):
    """Keep a list, drop one, choose columns; always back to the inbox."""

    def post(self, request: HttpRequest) -> HttpResponse:
        given, back = request.POST, _back(request)
        if "drop" in given:
            services.drop_list(request.user, given["drop"])
            messages.success(request, _("The list is removed."))
        elif "columns" in given:
            services.keep_columns(request.user, [code for code in given.getlist("column") if code in COLUMNS])
            messages.success(request, _("The columns are kept."))
        else:
            asked = query_of(QueryDict(given.get("back", "")[:1_000]))
            try:
                services.keep_list(request.user, given.get("name", ""), asked, given.get("unit", ""))
                messages.success(request, _("The list is kept."))
            except TransitionRefused as refused:
                messages.error(request, str(refused))
        return redirect(back)

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("cases_workspace:inbox")
