"""The administrator's switches with the log of questions; the officer's question, which begins an application."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases.public import PERMISSION, TAKEN_DOWN, Channel, begin_draft, keep_answers, staff
from services_api.exchange.connectors import prefill, services
from services_api.exchange.connectors.models import ExternalCall
from services_api.exchange.connectors.registry import Register, register, registers
from services_api.exchange.workspace.rights import administers
from services_api.procedures.public import build, published_procedures, published_version
from tenants.workplace import with_right

MOST_CALLS = 50
works_on_cases = with_right(PERMISSION)


def may_open(request: HttpRequest) -> bool:
    """Officers ask, administrators look after it."""
    return works_on_cases(request) or administers(request)


class RegistersView(WagtailAdminTemplateMixin, TemplateView):
    """For officers a way to ask; for the administrator also the switches and the log."""

    template_name = "connectors/list.html"
    page_title = gettext_lazy("Outside registers")
    header_icon = "resubmit"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_open(request):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        if not administers(request):
            raise PermissionDenied
        deed, _sign, code = request.POST.get("deed", "").partition("-")
        if code not in {each.code for each in registers()} or deed not in ("on", "off"):
            raise Http404
        services.switch(code, deed == "off", str(request.user))
        messages.success(request, _("Saved."))
        return redirect("connectors_workspace:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = {each.code: each.label for each in registers()}
        manages = administers(self.request)
        calls = ExternalCall.objects.select_related("case").defer("case__answers")[: MOST_CALLS if manages else 0]
        return super().get_context_data(
            **kwargs,
            manages=manages,
            asks=works_on_cases(self.request),
            registers=[self._row(each) for each in registers()],
            calls=[{"row": each, "label": labels.get(each.connector, each.connector)} for each in calls],
        )

    @staticmethod
    def _row(each: Register) -> dict[str, Any]:
        connector = each.connector()
        return {
            "code": each.code,
            "label": each.label,
            "is_there": connector is not None,
            "is_on": services.is_on(each.code),
            "problems": connector.check_config() if connector is not None else [],
        }


class AskForm(forms.Form):
    """What is asked, and why."""

    number = forms.CharField(max_length=20)
    purpose = forms.CharField(label=pgettext_lazy("register", "Purpose"), max_length=200)
    legal_basis = forms.CharField(label=pgettext_lazy("register", "Legal basis"), max_length=300)
    procedure = forms.ChoiceField(label=gettext_lazy("Application to begin"), required=False)
    channel = forms.ChoiceField(
        label=gettext_lazy("How the application comes in"), required=False, initial=Channel.DESK,
        choices=[(each.value, each.label) for each in TAKEN_DOWN],
    )  # fmt: skip

    def __init__(self, known: Register, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].label = str(known.asked_by)
        cards = [(each.code, each.name) for each in published_procedures()]
        procedure: Any = self.fields["procedure"]
        procedure.choices = [("", pgettext("application", "none")), *cards]


class AskView(WagtailAdminTemplateMixin, TemplateView):
    """At the desk: the document is on the table, the register says who it is, and the form is filled in with it."""

    template_name = "connectors/ask.html"
    header_icon = "resubmit"
    known: Register

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not works_on_cases(request):
            raise Http404
        try:
            self.known = register(kwargs["code"])
        except KeyError as error:
            raise Http404 from error
        if not services.is_on(self.known.code):
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get_page_title(self) -> str:
        return str(self.known.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = AskForm(self.known, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        given = form.cleaned_data
        answer = services.ask(
            code, {self.known.question: given["number"].strip()}, purpose=given["purpose"],
            legal_basis=given["legal_basis"], actor=staff(request.user),
        )  # fmt: skip
        begun = ""
        if answer.result == ExternalCall.Result.FOUND and given["procedure"]:
            begun = self._begin(given["procedure"], given["channel"] or Channel.DESK, answer)
        context = self.get_context_data(
            form=form, result=ExternalCall.Result(answer.result).label, facts=list(answer.facts.values()), begun=begun
        )
        return self.render_to_response(context)

    def _begin(self, procedure: str, channel: str, answer: services.Answer) -> str:
        """The address of a new application with what the register knows; "" when the form asks for nothing of it."""
        version = published_version(procedure)
        answers = prefill.answers_of(self.known, answer.facts, build(version)) if version is not None else {}
        if version is None or not answers:
            return ""
        draft = begin_draft(version, "hy", channel=channel)
        keep_answers(draft, answers, is_valid=False, language="hy")
        return reverse("cases:change", kwargs={"code": procedure, "token": draft.token})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AskForm(self.known))
        return super().get_context_data(**kwargs, may_see_log=administers(self.request))
