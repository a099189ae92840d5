"""`/feedback/<page>/`: one click on a page, a word of thanks, and room to say why."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.outreach import feedback
from cms.outreach.limits import Limit, address_of
from cms.outreach.models.feedback import MAX_COMMENT
from cms.outreach.posts import HONEYPOT, comes_from_here, is_program
from tenants.signing import BadSignature

# A household reads many pages; nobody answers for the same one more than a few times.
OF_AN_ADDRESS = Limit("feedback", 60, 3600)
OF_A_PAGE = Limit("feedback-page", 5, 24 * 3600)
COMMENTS = Limit("feedback-comment", 10, 3600)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def page_feedback(request: HttpRequest, token: str) -> HttpResponse:
    """POST `useful=1|0` counts; the page after it thanks and asks why (`text`, at most 500 letters).

    The forms stand on cached pages and carry no CSRF token (cms.outreach.posts).
    """
    try:
        page = feedback.asked(token)
    except BadSignature as error:
        raise Http404 from error
    answer = request.POST.get("useful") or request.GET.get("useful")
    if answer not in {"0", "1"}:
        return HttpResponseRedirect(page.path)
    if request.method != "POST":
        return _thanks(request, page, answer, "said" if request.GET.get("said") else "ask")
    if not comes_from_here(request):
        return _thanks(request, page, answer, "refused", status=403)
    who = address_of(request)
    if "text" in request.POST:
        if not is_program(request) and COMMENTS.allows(who):
            feedback.comment(page, answer == "1", request.POST["text"])
        return _see_other(request, f"?useful={answer}&said=1")
    if not is_program(request) and OF_AN_ADDRESS.allows(who) and OF_A_PAGE.allows(who, page.path):
        feedback.count(page, answer == "1")
    return _see_other(request, f"?useful={answer}")


def _see_other(request: HttpRequest, query: str) -> HttpResponse:
    """The answer is a page of its own: reloading it sends nothing again."""
    response = HttpResponseRedirect(request.path + query)
    response.status_code = 303
    return response


def _thanks(request: HttpRequest, page: feedback.Asked, answer: str, stage: str, status: int = 200) -> HttpResponse:
    context = {
        "title": _("It was not counted") if stage == "refused" else _("Thank you"),
        "stage": stage,
        "useful": answer,
        "back": {"title": page.title, "url": page.path, "lang": page.language},
        "honeypot": HONEYPOT,
        "field": {
            "id": "why",
            "name": "text",
            "kind": "textarea",
            "label": _("What was good?") if answer == "1" else _("What was missing or not clear?"),
            "hint": _("At most 500 letters. Please write no names, addresses, telephone or document numbers."),
            "rows": 4,
            "maxlength": MAX_COMMENT,
            "required": False,
        },
        "feedback_url": "",
    }
    return render(request, "outreach/feedback.html", context, status=status)
