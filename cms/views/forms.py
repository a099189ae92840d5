"""Filling in and sending a form page. Never cached: it carries the token against forged sendings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.contrib.forms.forms import FormBuilder

from cms.limits import is_too_much
from cms.models.form_page import FormPage
from cms.page_cache import allow_caching
from cms.views.fields import INVALID, TRAP, DatePartsField, fell_into_the_trap, form_errors, form_fields
from services_api.exchange import public as exchange

MAX_WORDS = 5000
MAX_LINE = 255


class LookFormBuilder(FormBuilder):
    """Wagtail's builder with dates of three numbers and a limit for every text."""

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options.pop("initial", None)
        return DatePartsField(**options)

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options.setdefault("max_length", MAX_LINE)
        return forms.CharField(**options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options.setdefault("max_length", MAX_WORDS)
        return forms.CharField(widget=forms.Textarea, **options)


def _form(page: FormPage, data: Any = None) -> forms.Form:
    form_class = LookFormBuilder(page.get_form_fields()).get_form_class()
    form: forms.Form = form_class(data, auto_id="f-%s")
    return form


@never_cache
@sensitive_post_parameters()
def show_form(request: HttpRequest, page: FormPage) -> HttpResponse:
    """GET: the form. POST: keep what was sent and go on to the thanks, or show what is wrong with it (422)."""
    form = _form(page)
    status, extra = 200, []
    if request.method == "POST" and not getattr(request, "is_preview", False):
        form = _form(page, request.POST)
        if fell_into_the_trap(request):
            return HttpResponseRedirect(f"{page.url}sent/")
        if not form.is_valid():
            status = INVALID
        elif is_too_much(request, "form"):
            status, extra = 429, [{"id": "", "message": _("You have sent this form many times. Try again in an hour.")}]
        else:
            keep(page, form)
            return HttpResponseRedirect(f"{page.url}sent/")
    context = page.get_context(request)
    context["form"] = {
        "title": page.title,
        "fields": form_fields(form),
        "groups": [],
        "errors": [*extra, *(form_errors(form) if form.is_bound else [])],
        "action": page.url or "",
        "submit_label": page.submit_label or _("Send"),
        "trap": TRAP,
    }
    return TemplateResponse(request, "cms/form_page.html", context, status=status)


def show_thanks(request: HttpRequest, page: FormPage) -> HttpResponse:
    """What happens next; the same for everybody."""
    context = page.get_context(request)
    context["page"] = page
    return allow_caching(TemplateResponse(request, "cms/form_sent.html", context))


@transaction.atomic
def keep(page: FormPage, form: forms.Form) -> Any:
    """Store a sending; the letter to the office is a row of the outbox of the same transaction."""
    submission = page.get_submission_class().objects.create(form_data=form.cleaned_data, page=page)
    if page.to_address:
        exchange.enqueue("website-form", {"submission": submission.pk}, f"website-form:{page.pk}:{submission.pk}")
    return submission


__all__ = ["keep", "show_form", "show_thanks"]
