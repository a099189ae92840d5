"""Papers about a case for whoever has proved number and code: receipt and decision as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from services_api.cases import paper, selectors, tracking
from services_api.cases.models import Case, SubmissionKey
from services_api.cases.views import access


@never_cache
@require_GET
def receipt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The receipt; for a day with the code, as long as it is kept for the confirmation."""
    case = _own(request, uuid)
    return redirect("cases:lookup") if case is None else receipt_of(case)


def receipt_of(case: Case) -> HttpResponse:
    """The receipt of a case, for whoever has proved the right to it."""
    key = SubmissionKey.objects.filter(case=case).first()
    code = tracking.grouped(key.tracking_code) if key is not None and key.tracking_code else ""
    return _pdf(paper.receipt_pdf(case, code), f"receipt-{_name(case)}.pdf")


@never_cache
@require_GET
def decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The latest decision."""
    case = _own(request, uuid)
    if case is None:
        return redirect("cases:lookup")
    answer = decision_of(case)
    if answer is None:
        raise Http404
    return answer


def decision_of(case: Case) -> HttpResponse | None:
    """The latest decision of a case, for whoever has proved the right to it; None before there is one."""
    latest = next(iter(case.decisions.all()), None)
    return None if latest is None else _pdf(paper.decision_pdf(case, latest), f"decision-{_name(case)}.pdf")


def _own(request: HttpRequest, uuid: UUID) -> Case | None:
    """The case, None for whoever has not proved number and code, whether there is such a case or not."""
    if not access.may_see(request, uuid):
        return None
    try:
        return selectors.case_for_resident(uuid)
    except Case.DoesNotExist:
        return None


def _name(case: Case) -> str:
    """The number as a part of a file's name on every machine."""
    return "-".join(part for part in (case.number or "").replace("/", "-").split("-") if part.isascii())


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
