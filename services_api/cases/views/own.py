"""What applicants do on the page of their case: answer a question, write, withdraw, rate. No account, no script.

Whoever has not proved number and code is sent to the lookup, whether there is such a case or not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from services_api.cases import limits, selectors, services, uploads
from services_api.cases.actors import APPLICANT
from services_api.cases.errors import Conflict, FieldError, TransitionRefused
from services_api.cases.models import Case
from services_api.cases.views import access, posting
from services_api.cases.views.reply_files import ReplyFiles
from services_api.cases.views.standing import waiting_question
from services_api.cases.walks import available, workflow_of
from services_api.procedures.public import Phase, Transition

INVALID = 422
View = Callable[..., HttpResponse]


def _too_large(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Nothing is read, so nothing is known but that it is too much: the lookup says so, whoever asks."""
    form = {
        "title": _("The files are too large together. Send fewer or smaller ones."), "intro": "", "fields": [],
        "groups": [], "hidden": [], "action": reverse("cases:lookup"), "submit_label": _("Back to the application"),
        "errors": [],
    }  # fmt: skip
    return render(request, "cases/own.html", {"form": form}, status=413)


def _own(view: View) -> View:
    """For whoever has proved number and code; everybody else gets the same answer for every case."""

    @wraps(view)
    def checked(request: HttpRequest, uuid: UUID) -> HttpResponse:
        if not access.may_see(request, uuid):
            return redirect("cases:lookup")
        try:
            case = selectors.case_for_resident(uuid)
        except Case.DoesNotExist:
            return redirect("cases:lookup")
        return view(request, case)

    return posting.guarded(checked, _too_large)


def status_url(case: Case, done: str = "") -> str:
    """The page of the case; `done` names what was just done, which the page then says."""
    url = reverse("cases:status", kwargs={"uuid": case.uuid})
    return f"{url}?done={done}" if done else url


def applicants_step(case: Case, *, effect: str = "", phase: str = "") -> Transition | None:
    """The step that the applicant may take now, by what it does or where it leads."""
    workflow = workflow_of(case.version)
    for step in available(case, APPLICANT):
        if effect and step.effect(effect):
            return step
        if phase and workflow.state(step.to).phase == phase:
            return step
    return None


@_own
def answer(request: HttpRequest, case: Case) -> HttpResponse:
    """The answer to the officer's question: text and files."""
    step = applicants_step(case, effect="take_reply")
    question = waiting_question(case)
    if step is None or question is None:
        return HttpResponseRedirect(status_url(case))
    quote = {"text": question.text, "missing": question.missing, "due_at": question.due_at}

    def take(text: str, files: list[uploads.CleanFile], key: UUID) -> None:
        assert step is not None
        services.transition(
            case.uuid, step.code, actor=APPLICANT, expected_version=case.lock_version, data={"reply": text},
            files=files, key=key,
        )  # fmt: skip

    words = {
        "title": _("Answer the question"), "label": _("Your answer"), "submit": _("Send the answer"), "name": "reply",
    }  # fmt: skip
    return _write(request, case, words, take, quote)


@_own
def message(request: HttpRequest, case: Case) -> HttpResponse:
    """A letter to the officer: text, and files if wanted."""
    if case.is_closed:
        return HttpResponseRedirect(status_url(case))

    def take(text: str, files: list[uploads.CleanFile], key: UUID) -> None:
        services.write_from_applicant(case.uuid, text, files=files, key=key)

    words = {
        "title": _("Write to the officer"), "label": _("Your letter"), "submit": _("Send the letter"),
        "name": "message",
    }  # fmt: skip
    return _write(request, case, words, take, None)


def _write(
    request: HttpRequest,
    case: Case,
    words: dict[str, str],
    take: Callable[[str, list[uploads.CleanFile], UUID], None],
    quote: dict[str, Any] | None,
) -> HttpResponse:
    name = words["name"]
    kept = ReplyFiles(case, request.POST.get("files_kept", ""))
    if request.method != "POST":
        return _show_writing(request, case, words, quote, kept, "", uuid4(), [])
    text = request.POST.get(name, "")
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    if wait := limits.seconds_to_wait(request, "letter"):
        told = [FieldError(name, _("Too many letters from your address. Try again later."))]
        response = _show_writing(request, case, words, quote, kept, text, key, told, status=429)
        response["Retry-After"] = str(wait)
        return response
    errors = kept.take(request.FILES.getlist("files"))
    if removed := request.POST.get("remove_file", ""):
        kept.remove(removed)
        return _show_writing(request, case, words, quote, kept, text, key, errors)
    errors += kept.infected()
    if not errors:
        try:
            take(text, kept.files(), key)
        except TransitionRefused as error:
            errors = error.errors or [FieldError(name, str(error))]
        except Conflict:
            return HttpResponseRedirect(status_url(case))
        else:
            kept.forget()
            return HttpResponseRedirect(status_url(case, name))
    return _show_writing(request, case, words, quote, kept, text, key, errors, status=INVALID)


def _show_writing(
    request: HttpRequest,
    case: Case,
    words: dict[str, str],
    quote: dict[str, Any] | None,
    kept: ReplyFiles,
    text: str,
    key: UUID,
    errors: list[FieldError],
    status: int = 200,
) -> HttpResponse:
    name = words["name"]
    fields = [
        {
            "id": name, "name": name, "kind": "textarea", "rows": 8, "label": words["label"], "value": text,
            "hint": _("Write an answer or attach a file.") if quote else "",
            "required": quote is None, "error": _said(errors, name),
        },
        {
            "id": "files", "name": "files", "kind": "file", "multiple": True, "required": False, "label": _("Files"),
            "hint": _("PDF, JPG or PNG, up to 10 MB each"), "error": _said(errors, "files"),
            "accept": ",".join(f".{ending}" for ending in uploads.ENDINGS), "files": kept.shown(),
        },
    ]  # fmt: skip
    form = {
        "title": words["title"],
        "intro": "",
        "fields": fields,
        "groups": [],
        "errors": [{"id": each.field, "message": each.message} for each in errors],
        "hidden": [{"name": "key", "value": str(key)}, {"name": "files_kept", "value": kept.token}],
        "action": request.path,
        "submit_label": words["submit"],
        "back_url": status_url(case),
        "has_files": True,
    }
    return render(request, "cases/own.html", {"form": form, "quote": quote, "case": _head(case)}, status=status)


@_own
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Taking the application back, after one question whether it is meant so."""
    step = applicants_step(case, phase=Phase.WITHDRAWN)
    if step is None:
        return HttpResponseRedirect(status_url(case))
    errors: list[FieldError] = []
    if request.method == "POST":
        data = {"comment": request.POST.get("comment", "")[:2000]}
        try:
            services.transition(
                case.uuid, step.code, actor=APPLICANT, expected_version=case.lock_version, data=data
            )  # fmt: skip
        except (TransitionRefused, Conflict) as error:
            errors = [FieldError("main", str(error))]
        else:
            return HttpResponseRedirect(status_url(case, "withdraw"))
    form = {
        "title": _("Withdraw the application?"),
        "intro": _("The proceedings end and no answer is given. You may apply again on any day."),
        "fields": [
            {
                "id": "comment", "name": "comment", "kind": "textarea", "rows": 3, "required": False, "hint": "",
                "label": _("Why do you withdraw it?"), "value": request.POST.get("comment", ""), "error": "",
            }
        ],
        "groups": [],
        "errors": [{"id": each.field, "message": each.message} for each in errors],
        "hidden": [],
        "action": request.path,
        "submit_label": _("Yes, withdraw"),
        "back_url": status_url(case),
    }  # fmt: skip
    return render(request, "cases/own.html", {"form": form, "case": _head(case)}, status=INVALID if errors else 200)


@_own
def rating(request: HttpRequest, case: Case) -> HttpResponse:
    """How it was: 1 to 5 and words, once, after the answer."""
    if not case.is_decided or case.rated_at is not None:
        return HttpResponseRedirect(status_url(case))
    errors: list[FieldError] = []
    given, text = request.POST.get("rating", ""), request.POST.get("words", "")
    if request.method == "POST":
        try:
            services.rate(case.uuid, int(given) if given in {"1", "2", "3", "4", "5"} else 0, text)
        except TransitionRefused as error:
            errors = error.errors or [FieldError("main", str(error))]
        else:
            return HttpResponseRedirect(status_url(case, "rating"))
    words = [_("Very bad"), _("Bad"), _("Neither good nor bad"), _("Good"), _("Very good")]
    choices = [
        {"value": str(number), "label": f"{number} – {said}", "hint": "", "selected": given == str(number)}
        for number, said in enumerate(words, start=1)
    ]
    wrong = _said(errors, "rating")
    form = {
        "title": _("How was the service?"),
        "intro": _("Your rating helps the municipality to work better. It does not change the answer."),
        "fields": [
            {
                "id": "rating", "name": "rating", "kind": "radio", "choices": list(reversed(choices)), "required": True,
                "label": _("Your rating"), "hint": "", "error": wrong,
            },
            {
                "id": "words", "name": "words", "kind": "textarea", "rows": 4, "required": False, "value": text,
                "label": _("In your words"), "hint": "", "error": _said(errors, "message"),
            },
        ],
        "groups": [],
        "errors": [
            {"id": {"rating": "rating-1", "message": "words"}.get(each.field, each.field), "message": each.message}
            for each in errors
        ],
        "hidden": [],
        "action": request.path,
        "submit_label": _("Send the rating"),
        "back_url": status_url(case),
    }  # fmt: skip
    return render(request, "cases/own.html", {"form": form, "case": _head(case)}, status=INVALID if errors else 200)


def _said(errors: list[FieldError], field: str) -> str:
    return " ".join(each.message for each in errors if each.field == field)


def _head(case: Case) -> dict[str, Any]:
    return {"number": case.number, "title": case.subject}
