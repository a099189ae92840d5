"""Following a case by its number and tracking code, without signing in."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from services_api.cases import limits, selectors
from services_api.cases.models import Attachment, Case
from services_api.cases.views import access, own
from services_api.cases.views.downloads import download
from services_api.cases.views.standing import case_context
from services_api.procedures.public import Phase


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def lookup(request: HttpRequest) -> HttpResponse:
    """Number and code. A wrong pair gets one answer, whichever of the two is wrong, in the same time."""
    if request.method != "POST":
        return _show_lookup(request, request.GET.get("number", "")[:40])
    number, code = request.POST.get("number", "")[:80], request.POST.get("code", "")[:80]
    if wait := limits.seconds_to_wait(request, "status"):
        message = _("Too many attempts from your address. Try again later.")
        response = _show_lookup(request, number, message, status=429)
        response["Retry-After"] = str(wait)
        return response
    found = selectors.by_number_and_code(number, code)
    if found is None:
        message = _("There is no application with this number and code. Check both.")
        return _show_lookup(request, number, message, status=422)
    response = redirect("cases:status", uuid=found)
    access.grant(request, response, found)
    return response


def _show_lookup(request: HttpRequest, number: str, error: str = "", status: int = 200) -> HttpResponse:
    blank: dict[str, Any] = {
        "kind": "text", "required": True, "autocomplete": "off", "size": "short", "error": "", "hint": "", "value": "",
    }  # fmt: skip
    fields = [
        {
            **blank, "id": "number", "name": "number", "label": _("Number of the application"), "value": number,
            "hint": _("For example Դ-2026/1184"), "error": error, "maxlength": 40,
        },
        {
            **blank, "id": "code", "name": "code", "label": _("Tracking code"), "maxlength": 40,
            "hint": _("Twelve letters and digits, for example K7MP 4RTX 9ACD"),
        },
    ]  # fmt: skip
    form = {
        "action": request.path,
        "errors": [{"id": "number", "message": error}] if error else [],
        "fields": fields,
        "groups": [],
        "hidden": [],
        "title": "",
        "intro": "",
        "submit_label": "",
    }
    return render(request, "cases/lookup.html", {"form": form}, status=status)


@never_cache
@require_GET
def status(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The case as its applicant sees it. Without number and code given before, the way leads to the lookup."""
    if not access.may_see(request, uuid):
        return redirect("cases:lookup")
    try:
        case = selectors.case_for_resident(uuid)
    except Case.DoesNotExist as error:
        raise Http404 from error
    return render(request, "cases/status.html", {"case": case_context(case), **_deeds(case), "done": _done(request)})


def _deeds(case: Case) -> dict[str, Any]:
    """What the applicant may do here; an address is "" when it may not be done now."""
    where = {"uuid": case.uuid}
    may_withdraw = own.applicants_step(case, phase=Phase.WITHDRAWN) is not None
    return {
        "message_url": "" if case.is_closed else reverse("cases:message", kwargs=where),
        "message_key": str(uuid4()),
        "receipt_url": reverse("cases:receipt", kwargs=where),
        "decision_url": reverse("cases:decision", kwargs=where) if case.decisions.all() else "",
        "withdraw_url": reverse("cases:withdraw", kwargs=where) if may_withdraw else "",
        "rating_url": reverse("cases:rating", kwargs=where) if case.is_decided and case.rated_at is None else "",
    }


def _done(request: HttpRequest) -> str:
    """What was just done, in words; the address says which of the known things it was."""
    return {
        "reply": _("Your answer has been sent to the officer."),
        "message": _("Your letter has been sent to the officer."),
        "withdraw": _("The application has been withdrawn."),
        "rating": _("Thank you for your rating."),
    }.get(request.GET.get("done", ""), "")


@never_cache
@require_GET
def file(request: HttpRequest, uuid: UUID, attachment: UUID) -> FileResponse:
    """A file of the case: the applicant's own, or one of the answer."""
    if not access.may_see(request, uuid):
        raise Http404
    return download(get_object_or_404(Attachment, uuid=attachment, case__uuid=uuid))
