"""Sending a proposal to a public discussion. Nothing is shown before the staff has read it."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cms.languages import current_language
from cms.limits import is_too_much
from cms.models.consultations import ConsultationComment, ConsultationPage
from cms.page_cache import allow_caching
from cms.views.fields import INVALID, TRAP, fell_into_the_trap, form_errors, form_fields

MAX_WORDS = 5000


class CommentForm(forms.Form):
    """Name, address for the answer, the proposal, and whether the name may be shown."""

    name = forms.CharField(
        label=pgettext_lazy("whole name of a person", "Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Only for a question about your proposal. Never shown."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Your proposal"),
        max_length=MAX_WORDS,
        help_text=gettext_lazy("Name the point of the draft that you mean. At most 5,000 characters."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    shows_name = forms.BooleanField(
        label=gettext_lazy("My name may be shown beside the proposal"),
        required=False,
        help_text=gettext_lazy("Otherwise it is shown without a name."),
    )


@never_cache
@sensitive_post_parameters("name", "email")
def comment_form(request: HttpRequest, page: ConsultationPage) -> HttpResponse:
    """GET: the form. POST: keep the proposal, or show what is wrong with it (422)."""
    if not page.is_open:
        return HttpResponseRedirect(page.url or "/")
    form = CommentForm(request.POST if request.method == "POST" else None, auto_id="c-%s")
    status, extra = 200, []
    if request.method == "POST":
        if fell_into_the_trap(request):
            return HttpResponseRedirect(f"{page.url}comment/sent/")
        if not form.is_valid():
            status = INVALID
        elif is_too_much(request, "comment"):
            status, extra = 429, [{"id": "", "message": _("You have sent many proposals. Try again in an hour.")}]
        else:
            ConsultationComment.objects.create(
                consultation=page.translation_key,
                consultation_title=page.title,
                language=current_language(),
                **form.cleaned_data,
            )
            return HttpResponseRedirect(f"{page.url}comment/sent/")
    context = {
        "page": page,
        "request": request,
        "crumbs": [*page.crumbs(), {"title": page.title, "url": page.url}],
        "form": {
            "title": _("Send a proposal"),
            "fields": form_fields(form),
            "groups": [],
            "errors": [*extra, *(form_errors(form) if form.is_bound else [])],
            "action": f"{page.url}comment/",
            "submit_label": _("Send the proposal"),
            "back_url": page.url,
            "trap": TRAP,
        },
    }
    request.current_page = page  # type: ignore[attr-defined]
    return TemplateResponse(request, "cms/consultation_comment.html", context, status=status)


def comment_sent(request: HttpRequest, page: ConsultationPage) -> HttpResponse:
    """What happens to the proposal; the same for everybody."""
    if not page.live:
        raise Http404
    request.current_page = page  # type: ignore[attr-defined]
    context = {
        "page": page,
        "request": request,
        "crumbs": [*page.crumbs(), {"title": page.title, "url": page.url}],
    }
    return allow_caching(TemplateResponse(request, "cms/consultation_sent.html", context))
