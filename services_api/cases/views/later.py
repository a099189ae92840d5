"""Finishing later: the link and the code that open an unfinished application again, for a month."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from services_api.cases import limits, services, tracking
from services_api.cases.models import DraftSubmission
from services_api.procedures.public import PublishedVersion

INVALID = 422


def keep(request: HttpRequest, draft: DraftSubmission, version: PublishedVersion) -> HttpResponse:
    """Keep the draft for a month and show how to come back. Asked again, a new code replaces the old one."""
    resume_code = services.keep_for_later(draft)
    where = {"code": version.code, "token": draft.token}
    context = {
        "title": version.name(),
        "link": request.build_absolute_uri(reverse("cases:change", kwargs=where)),
        "code": tracking.grouped(resume_code),
        "until": draft.expires_at,
        "resume_url": reverse("cases:resume"),
    }
    return render(request, "procedures/kept.html", {"kept": context})


@never_cache
@csrf_protect
@sensitive_post_parameters("code")
def resume(request: HttpRequest) -> HttpResponse:
    """The code of an unfinished application. Any wrong one gets the same answer."""
    if request.method != "POST":
        return _show(request)
    if wait := limits.seconds_to_wait(request, "status"):
        response = _show(request, _("Too many attempts from your address. Try again later."), status=429)
        response["Retry-After"] = str(wait)
        return response
    draft = services.draft_by_code(request.POST.get("code", "")[:80])
    if draft is None or draft.version is None:
        return _show(request, _("No unfinished application opens with this code. Check it."), status=INVALID)
    return redirect("cases:change", code=draft.version.procedure.code, token=draft.token)


def _show(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    field: dict[str, Any] = {
        "id": "code", "name": "code", "kind": "text", "required": True, "autocomplete": "off", "size": "short",
        "value": "", "maxlength": 40, "label": _("Code to go on"), "error": error,
        "hint": _("Twelve letters and digits, for example K7MP 4RTX 9ACD"),
    }  # fmt: skip
    form = {
        "title": _("Go on with an unfinished application"),
        "intro": _("You received the code when you chose to finish later."),
        "action": request.path,
        "errors": [{"id": "code", "message": error}] if error else [],
        "fields": [field],
        "groups": [],
        "hidden": [],
        "submit_label": _("Open"),
    }
    return render(request, "procedures/resume.html", {"form": form}, status=status)
