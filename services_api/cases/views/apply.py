"""Applying: form (in one page or several), review, confirmation.

Works without JavaScript; nothing typed or uploaded is lost on an error.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from services_api.cases import limits, services, tracking, uploads
from services_api.cases.applicants import mobile_of
from services_api.cases.errors import AnswersInvalid, UploadRefused
from services_api.cases.models import DraftSubmission, SubmissionKey
from services_api.cases.views import access, later, posting, steps
from services_api.procedures.public import (
    BoundForm,
    FieldError,
    FormDefinition,
    PublishedVersion,
    answer_sections,
    bind,
    build,
    consent_field,
    form_context,
    published_version,
    version_by_id,
)
from services_api.workdays.public import local

INVALID = 422


def _page(view: posting.View) -> posting.View:
    return posting.guarded(view, _too_large)


def _too_large(request: HttpRequest, code: str, **_place: str) -> HttpResponse:
    version = open_version(code)
    definition = build(version, get_language())
    told = [{"id": "main", "message": _("The files are too large together. Send fewer or smaller ones.")}]
    step = steps.first_step(version)
    return _show_form(request, version, definition, step, errors=told, status=413, action=request.path)


def open_version(code: str) -> PublishedVersion:
    version = published_version(code)
    if version is None:
        raise Http404
    return version


def open_draft(code: str, token: str) -> tuple[DraftSubmission, PublishedVersion] | None:
    draft = (
        DraftSubmission.objects.select_related("case")
        .filter(token=token, version__procedure__code=code, expires_at__gt=timezone.now())
        .first()
    )
    version = version_by_id(draft.version_id) if draft is not None and draft.version_id else None
    return (draft, version) if draft is not None and version is not None else None


@_page
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """The empty form. Looking at it keeps nothing; the first posting begins a draft."""
    version = open_version(code)
    if request.method == "POST":
        if wait := limits.seconds_to_wait(request, "upload"):
            return _slow_down(request, version, wait)
        return _take(request, services.begin_draft(version, _language()), version, steps.first_step(version))
    definition = build(version, get_language())
    step = definition.pages[0].code if definition.pages else "form"
    return _show_form(request, version, definition, step, answers={}, action=request.path)


@_page
def change(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The form with what was kept. A forgotten draft begins anew, with what is posted."""
    found = open_draft(code, token)
    if found is None:
        return apply(request, code=code) if request.method == "POST" else redirect("cases:apply", code=code)
    draft, version = found
    if draft.case_id:
        return redirect("cases:done", code=code, token=token)
    if request.method == "POST":
        return _take(request, draft, version, steps.first_step(version))
    definition = build(version, get_language())
    if definition.pages:
        return redirect(steps.next_url(draft, version, definition))
    return _show_kept(request, draft, version, definition, "form")


@_page
def page(request: HttpRequest, code: str, token: str, page: str) -> HttpResponse:
    """One page of a form that is asked in several, with what was kept."""
    found = open_draft(code, token)
    if found is None:
        return redirect("cases:apply", code=code)
    draft, version = found
    if draft.case_id:
        return redirect("cases:done", code=code, token=token)
    definition = build(version, get_language())
    if page not in {each.code for each in definition.pages_for(draft.answers)}:
        return redirect("cases:change", code=code, token=token)
    if request.method == "POST":
        return _take(request, draft, version, page)
    return _show_kept(request, draft, version, definition, page)


@_page
def review(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Everything once more, with the consent; posting it sends the application, once."""
    found = open_draft(code, token)
    if found is None:
        return redirect("cases:apply", code=code)
    draft, version = found
    if draft.case_id:
        return redirect("cases:done", code=code, token=token)
    definition = build(version, get_language())
    if not draft.is_valid or (definition.pages and steps.first_open_page(draft, definition) is not None):
        return redirect("cases:change", code=code, token=token)
    if request.method != "POST":
        return _show_review(request, draft, version, definition)
    bound = bind(definition, request.POST, step="review")
    if not bound.is_valid:
        return _show_review(request, draft, version, definition, bound)
    if wait := limits.seconds_to_wait(request, "submit"):
        return _slow_down(request, version, wait)
    try:
        phone = mobile_of(definition, draft.answers)
        services.submit_draft(draft, bound.answers, tell_by_sms=bool(phone) and "tell_by_sms" in request.POST)
    except AnswersInvalid as error:
        # The form changed under the draft, or a file is gone: what is wrong is said, nothing is lost.
        told = [{"id": "main", "message": each.message} for each in error.errors]
        return _show_review(request, draft, version, definition, bound, told)
    return redirect("cases:done", code=code, token=token)


@_page
def done(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The confirmation, to be printed and kept. It can be read for a day, with the code."""
    found = open_draft(code, token)
    if found is None or found[0].case is None:
        return redirect("cases:apply", code=code)
    draft, version = found
    case = draft.case
    assert case is not None
    key = SubmissionKey.objects.filter(case=case).first()
    language = get_language()
    response = render(
        request,
        "procedures/confirmation.html",
        {
            "confirmation": {
                "title": version.name(language),
                "number": case.number,
                "code": tracking.grouped(key.tracking_code) if key else "",
                "submitted_at": case.submitted_at,
                "registered_at": case.registered_at,
                "due_at": case.due_at,
                "email": case.applicant.email,
                "status_url": reverse("cases:status", kwargs={"uuid": case.uuid}),
                "receipt_url": reverse("cases:receipt", kwargs={"uuid": case.uuid}),
                "next_steps": version.next_steps(language),
            }
        },
    )
    access.grant(request, response, case.uuid)
    return response


def _take(request: HttpRequest, draft: DraftSubmission, version: PublishedVersion, step: str) -> HttpResponse:
    """Keep what was posted; go on, or show the page again with what must be corrected or is newly asked."""
    definition, language = build(version, get_language()), _language()
    here = steps.url(draft, version, step)
    removed = request.POST.get("remove_file", "")
    if removed:
        services.drop_file(draft, removed)
    bound = bind(definition, request.POST, request.FILES, step=step, stored=steps.stored(draft), context=draft.answers)
    bound = _keep_files(draft, definition, bound)
    # Buttons that change the page or leave it: what was typed is kept, and nothing is found fault with.
    stays = bool(removed or {"add_row", "remove_row", "save_later"} & set(request.POST))
    goes_on = bound.is_valid and not stays
    elsewhere = steps.other_answers(draft, definition, step)
    done = steps.pages_done(draft, step, goes_on)
    answers = {**elsewhere, **(bound.answers if goes_on else bound.shown)}
    services.keep_answers(draft, answers, is_valid=goes_on, language=language, pages_done=done)
    if "save_later" in request.POST:
        return later.keep(request, draft, version)
    if stays:
        return HttpResponseRedirect(steps.after_rows(here, definition, request.POST, bound.shown))
    if goes_on and definition.pages:
        return redirect(steps.next_url(draft, version, definition, step, steps.came_from_review(request)))
    if goes_on:
        return redirect("cases:review", code=version.code, token=draft.token)
    status = INVALID if bound.errors else 200
    return _show_form(request, version, definition, step, draft, bound=bound, status=status, action=here)


def _keep_files(draft: DraftSubmission, definition: FormDefinition, bound: BoundForm) -> BoundForm:
    """Keep the files that prove right, also when something else in the form is wrong."""
    errors = list(bound.errors)
    for field, files in bound.files.items():
        asked = definition.field(field)
        assert asked is not None
        for each in files:
            try:
                clean = uploads.clean(each.upload, max_bytes=asked.max_bytes, allowed=asked.accepts)
            except UploadRefused as error:
                errors.append(FieldError(field, asked.html_id(), str(error), error.code))
            else:
                services.keep_file(draft, field, clean)
    return replace(bound, errors=errors)


def _language() -> str:
    return (get_language() or "hy").split("-")[0]


def _service(version: PublishedVersion) -> dict[str, str]:
    return {"title": version.name(), "url": ""}


def _show_kept(
    request: HttpRequest, draft: DraftSubmission, version: PublishedVersion, definition: FormDefinition, step: str
) -> HttpResponse:
    """The page with what was kept. `more` in the address gives a repeating group one more empty row."""
    more = request.GET.get("more", "")
    return _show_form(request, version, definition, step, draft, more=more, action=request.get_full_path())


def _show_form(
    request: HttpRequest,
    version: PublishedVersion,
    definition: FormDefinition,
    step: str,
    draft: DraftSubmission | None = None,
    *,
    bound: BoundForm | None = None,
    status: int = 200,
    **page: Any,
) -> HttpResponse:
    answers = draft.answers if draft is not None else {}
    page = {"answers": answers, "submit_label": _("Continue"), "can_save": True, **page}
    context = form_context(
        definition, bound, stored=steps.stored(draft) if draft else {}, part=step,
        **steps.progress(draft, version, definition, step), **page,
    )  # fmt: skip
    return render(request, "procedures/form.html", {"form": context, "service": _service(version)}, status=status)


def _show_review(
    request: HttpRequest,
    draft: DraftSubmission,
    version: PublishedVersion,
    definition: FormDefinition,
    bound: BoundForm | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    change_url = reverse("cases:change", kwargs={"code": version.code, "token": draft.token})
    pages = [each.code for each in definition.pages_for(draft.answers)]
    back_url = steps.url(draft, version, pages[-1]) if pages else change_url
    told = errors or ([{"id": each.id, "message": each.message} for each in bound.errors] if bound else [])
    context = {
        "title": "",
        "intro": _term_sentence(version),
        "sections": answer_sections(
            definition, draft.answers, steps.stored(draft), steps.change_links(draft, version), reveal=True
        ),
        "consent": consent_field(definition, bound),
        "told": _told(definition, draft, bound is not None and "tell_by_sms" in request.POST),
        "errors": told,
        "action": request.path,
        "submit_label": "",
        "back_url": back_url,
        "hidden": [],
        **steps.numbers(len(pages) + 1 if pages else 0, len(pages)),
    }
    return render(
        request,
        "procedures/review.html",
        {"review": context, "service": _service(version)},
        status=INVALID if told else 200,
    )


def _told(definition: FormDefinition, draft: DraftSubmission, is_chosen: bool) -> dict[str, Any] | None:
    """The question whether to tell by short message, too; None without a number that they go to."""
    phone = mobile_of(definition, draft.answers)
    if not phone:
        return None
    return {
        "id": "tell-by-sms",
        "name": "tell_by_sms",
        "label": _("Tell me by short message (SMS), too, at %(phone)s") % {"phone": phone},
        "hint": _("No messages at night, from 22:00 to 08:00. It costs you nothing."),
        "value": is_chosen,
        "error": "",
    }


def _term_sentence(version: PublishedVersion) -> str:
    """Until when an application sent now is answered, before it is sent."""
    from django.utils.formats import date_format

    from services_api.cases.terms import forecast

    _registered_at, due_at = forecast(version, timezone.now())
    words = _("Is everything right? After sending it can no longer be changed.")
    if due_at is None:
        return words
    promise = _("If you send it now, you will get the answer by %(date)s.") % {
        "date": date_format(local(due_at), "DATE_FORMAT")
    }
    return f"{words} {promise}"


def _slow_down(request: HttpRequest, version: PublishedVersion, wait: int) -> HttpResponse:
    definition = build(version, get_language())
    told = [{"id": "main", "message": _("Too many applications from your address. Try again later.")}]
    response = _show_form(
        request, version, definition, steps.first_step(version), errors=told, status=429, action=request.path
    )
    response["Retry-After"] = str(wait)
    return response
