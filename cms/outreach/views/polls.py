"""`/polls/`: what the community asks its residents, and what they have answered."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.languages import current_language
from cms.outreach import polls
from cms.outreach.limits import address_of
from cms.outreach.models import Poll, PollQuestion
from cms.outreach.periods import period
from cms.outreach.posts import HONEYPOT, comes_from_here, is_program
from cms.page_cache import allow_caching, holds_until

CLOSED_A_PAGE = 20
_KINDS = {"choice": "radio", "scale": "radio", "several": "checkboxes", "text": "textarea"}


def _row(poll: Poll, language: str) -> dict[str, Any]:
    return {
        "title": poll.text("title", language),
        "text": poll.text("text", language),
        "period": period(poll.opens_at, poll.closes_at),
        "url": reverse("poll", args=[poll.uuid]),
        "participants": poll.participants,
    }


@require_safe
def poll_list(request: HttpRequest) -> HttpResponse:
    """Open polls first, then those to come, then the archive."""
    language, now = current_language(), timezone.now()
    rows = Poll.objects.exclude(**{f"title_{language}": ""})
    closed = Paginator(rows.closed(now), CLOSED_A_PAGE).get_page(request.GET.get("p"))
    closed.object_list = [_row(poll, language) for poll in closed.object_list]  # type: ignore[misc]
    opened, announced = list(rows.open(now)), list(rows.announced(now))
    edges = [poll.closes_at for poll in opened] + [poll.opens_at for poll in announced]
    if edges:
        holds_until(request, min(edges).timestamp())
    context = {
        "title": _("Polls"),
        "open": [_row(poll, language) for poll in opened],
        "announced": [_row(poll, language) for poll in announced],
        "page_obj": closed,
    }
    return allow_caching(render(request, "outreach/polls.html", context))


def _fields(questions: list[PollQuestion], language: str, given: Any, wrong: dict[int, str]) -> list[dict[str, Any]]:
    fields = []
    for question in questions:
        chosen = given.getlist(f"q{question.pk}") if given else []
        hint = {
            "several": _("You may choose several."),
            "scale": _("1 is the worst, 5 the best."),
            "text": _("Please write no names, addresses, telephone or document numbers."),
        }.get(question.kind, "")
        fields.append(
            {
                "id": f"q{question.pk}",
                "name": f"q{question.pk}",
                "kind": _KINDS[question.kind],
                "label": question.text("text", language),
                "hint": hint,
                "required": question.is_required,
                "maxlength": 500,
                "rows": 4,
                "value": chosen[0] if chosen else "",
                "error": _("Answer this question.") if question.pk in wrong else "",
                "choices": [
                    {"value": number, "label": words, "selected": number in chosen}
                    for number, words in polls.options_of(question, language)
                ],
            }
        )
    return fields


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def poll_detail(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One poll: the questions while it is open, the results when they may be seen."""
    language = current_language()
    poll = get_object_or_404(Poll.objects.published(), uuid=uuid)
    questions = list(poll.questions.all())
    if not polls.is_in(poll, questions, language):
        context = {
            "asked": language,
            "original": {"title": poll.title_hy, "url": f"/polls/{poll.uuid}/", "code": "hy"},
            "nearest": {"title": _("Polls"), "url": reverse("polls")},
        }
        return render(request, "cms/not_translated.html", context, status=404)
    state, refused = polls.state(poll), ""
    wrong: dict[int, str] = {}
    if request.method == "POST" and state == "open":
        answers, wrong = polls.read(questions, request.POST)
        if not comes_from_here(request):
            refused = _("Your browser did not say that the form comes from this site. Please send it once more.")
        elif not wrong:
            device = f"{request.headers.get('User-Agent', '')}\n{request.headers.get('Accept-Language', '')}"
            token = request.POST.get("token", "")
            if is_program(request):
                return _done(poll)
            if polls.may_answer(poll, token, address_of(request), device):
                polls.count(poll, questions, answers)
                return _done(poll)
            refused = _("This answer is not counted: one like it came already, or the page was open for over a day.")
    return _page(request, poll, questions, state=state, wrong=wrong, refused=refused)


def _done(poll: Poll) -> HttpResponse:
    response = HttpResponseRedirect(reverse("poll", args=[poll.uuid]) + "?done=1")
    response.status_code = 303
    return response


def _page(
    request: HttpRequest, poll: Poll, questions: list[PollQuestion], *, state: str, wrong: dict[int, str], refused: str
) -> HttpResponse:
    language = current_language()
    is_done = bool(request.GET.get("done")) and state == "open"
    errors = [{"id": "", "message": refused}] if refused else []
    kinds = {question.pk: question.kind for question in questions}
    errors += [
        {"id": f"q{pk}" if kinds[pk] == PollQuestion.Kind.TEXT else f"q{pk}-1", "message": _("Answer this question.")}
        for pk in wrong
    ]
    context = {
        "poll": _row(poll, language),
        "state": state,
        "is_done": is_done,
        "form": {
            "fields": _fields(questions, language, request.POST, wrong),
            "errors": errors,
        }
        if state == "open" and not is_done
        else None,
        "token": polls.token_for(poll) if state == "open" and not is_done else "",
        "honeypot": HONEYPOT,
        "results": polls.results(questions, language) if polls.shows_results(poll) else None,
        "crumbs": [{"title": _("Polls"), "url": reverse("polls")}],
    }
    status = 403 if refused else 422 if wrong else 200
    response = render(request, "outreach/poll.html", context, status=status)
    # An open poll gives every visitor a right to answer of their own; a closed one is the same for all.
    if state == "open":
        response["Cache-Control"] = "no-store"
        return response
    if state == "announced":
        holds_until(request, poll.opens_at.timestamp())
    return allow_caching(response)
