"""What leaves the house, as its administrator sees it: what was given up and why, and another try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import TemplateView

from services_api.cases.public import PERMISSION, case_numbers
from services_api.exchange import registry, selectors, services
from services_api.exchange.letters import NAMES
from services_api.exchange.models import Outbox
from services_api.exchange.workspace.rights import Administration
from tenants.workplace import ListPage

PAGE_SIZE = 50
MOST_PAGES = 200
State, Reason = Outbox.State, Outbox.Reason
TABS = {
    State.DEAD: gettext_lazy("Given up"),
    State.PENDING: gettext_lazy("Waiting"),
    State.SENT: pgettext_lazy("outgoing", "Sent"),
    State.SKIPPED: gettext_lazy("Not needed"),
}
# What a person can do about it.
ADVICE = {
    Reason.UNREACHABLE: gettext_lazy(
        "The other side did not answer, or the network was down. Try again when it works; nothing is lost."
    ),
    Reason.ADDRESS: gettext_lazy(
        "The address was refused: it does not exist, or its box is full. Reach the person in another way."
    ),
    Reason.REFUSED: gettext_lazy("The other side refused it. Tell whoever looks after the mail server."),
    Reason.GONE: gettext_lazy(
        "What it was about does not exist any more, or nobody is left to be written to. There is nothing to do."
    ),
    Reason.FAULT: gettext_lazy("A fault of the program. Tell the operator the number of the row."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the outbox in words. `case_url` is "" for a reader who does not work on cases."""

    row: Outbox
    what: str
    about: str
    number: str
    case_url: str
    reason: str
    advice: str


class OutboxView(Administration, TemplateView):
    template_name = "exchange/workspace/outbox.html"
    page_title = gettext_lazy("Outgoing items")
    header_icon = "mail"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Another try for the row of the button, or for all that are ticked."""
        wanted = [request.POST["one"]] if "one" in request.POST else request.POST.getlist("ids")
        count = services.replay_own([int(each) for each in wanted[:PAGE_SIZE] if each.isdecimal() and len(each) < 19])
        if count:
            told = ngettext("%(count)d item will be sent again.", "%(count)d items will be sent again.", count)
            messages.success(request, told % {"count": count})
        else:
            messages.warning(request, _("Nothing was chosen that can be sent again."))
        query = request.GET.urlencode()
        return redirect(reverse("exchange_workspace:outbox") + (f"?{query}" if query else ""))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = self.request.GET
        state = given.get("state", "") if given.get("state") in State.values else State.DEAD
        kinds = {code: str(label) for code, label in registry.labels().items()}
        kind = given.get("kind", "") if given.get("kind") in kinds else ""
        reason = given.get("reason", "") if given.get("reason") in Reason.values else ""
        page = ListPage(selectors.own_rows(state, kind, reason), given.get("p", ""), PAGE_SIZE, MOST_PAGES)
        kept = given.copy()
        kept.pop("p", None)
        return super().get_context_data(
            **kwargs,
            tabs=[
                {"url": f"?state={code}", "label": label, "is_current": code == state} for code, label in TABS.items()
            ],
            state=state,
            can_retry=state == State.DEAD,
            kind=kind,
            kinds=sorted(kinds.items(), key=lambda each: each[1]),
            reason=reason,
            reasons=Reason.choices if state in (State.DEAD, State.PENDING) else [],
            lines=self._lines(page.rows),
            page=page,
            keep=kept.urlencode(),
        )

    def _lines(self, rows: list[Outbox]) -> list[Line]:
        """The rows in words; numbers of cases are asked for once for all of them."""
        labels = registry.labels()
        cases = {row.pk: UUID(row.payload["case"]) for row in rows if isinstance(row.payload.get("case"), str)}
        numbers = case_numbers(cases.values())
        opens = self.request.user.has_perm(PERMISSION)
        lines = []
        for row in rows:
            uuid = cases.get(row.pk)
            lines.append(
                Line(
                    row=row,
                    what=str(labels.get(row.kind, row.kind)),
                    about=str(NAMES.get(str(row.payload.get("message", "")), "")),
                    number=numbers.get(uuid, "") if uuid else "",
                    case_url=reverse("cases_workspace:case", args=[uuid]) if uuid in numbers and opens else "",
                    reason=row.get_reason_display(),
                    advice=str(ADVICE[Reason(row.reason)]) if row.reason else "",
                )
            )
        return lines
