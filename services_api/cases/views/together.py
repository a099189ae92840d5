"""Confirming to apply together with somebody: by the link of a letter, with one click and without signing in.

Looking at the page says nothing: programs that read mail open links, too.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from services_api.cases import limits
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import CoApplicant
from services_api.cases.services import together


@never_cache
@csrf_protect
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was applied for and by whom, and two buttons; afterwards what was said."""
    if request.method == "POST" and limits.seconds_to_wait(request, "status"):
        return _show(request, None, _("Too many attempts from your address. Try again later."), 429)
    found = together.by_token(token)
    if found is None:
        return _show(request, None, _("This link is not good any more."), 404)
    if request.method == "POST" and request.POST.get("agrees") in ("yes", "no"):
        try:
            found = together.answer(token, request.POST["agrees"] == "yes")
        except TransitionRefused as error:
            return _show(request, found, str(error), 422)
    return _show(request, found)


def _show(request: HttpRequest, found: CoApplicant | None, error: str = "", status: int = 200) -> HttpResponse:
    said = ""
    if found is not None and found.state == CoApplicant.State.CONFIRMED:
        said = _("Thank you: you apply together with the others. The municipality sees it.")
    elif found is not None and found.state == CoApplicant.State.DECLINED:
        said = _("You do not take part in this application. The municipality sees it.")
    elif found is not None and not error and (found.case.is_closed or not found.is_waited_for()):
        error = _("The time to confirm is over.")
    invitation = None
    if found is not None:
        invitation = {
            "name": found.party.display_name,
            "number": found.case.number,
            "title": found.case.subject,
            "procedure": found.case.version.procedure.name(),
            "applicant": found.case.applicant.display_name,
            "until": found.expires_at,
        }
    context = {
        "invitation": invitation,
        "said": said,
        "error": error,
        "may_answer": bool(found) and not (said or error),
    }
    return render(request, "cases/together.html", context, status=status)
