"""The screen of the form builder, and the preview beside it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View
from wagtail.blocks.base import BlockField

from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.texts import LANGUAGES
from services_api.procedures.workspace.builder import blocks, preview, reading
from services_api.procedures.workspace.builder.places import Problem, as_error
from services_api.procedures.workspace.builder.writing import Written, words_of, write
from services_api.procedures.workspace.views import ClerksOnly, Screen, find_version

HEADS = {
    "title": ("x-title", gettext_lazy("Title of the form")),
    "intro": ("x-intro", gettext_lazy("What stands before the questions")),
    "note": ("x-note", gettext_lazy("Note under it")),
}


# A form of 149 questions has more controls than a request may have fields (DATA_UPLOAD_MAX_NUMBER_FIELDS), so the page
# sends all of them as one: JSON, a list of pairs of name and value (builder.js).
BUNDLE = "controls"


def sent_by(request: HttpRequest) -> QueryDict:
    """What the controls of the page held, bundled or not. Raises BadRequest when the bundle is none."""
    if BUNDLE not in request.POST:
        return request.POST
    found = QueryDict(mutable=True)
    try:
        for name, value in json.loads(request.POST[BUNDLE]):
            found.appendlist(str(name), str(value).replace("\0", ""))
    except (TypeError, ValueError) as error:
        raise BadRequest("no list of pairs") from error
    return found


class _AsTyped(BlockField):
    """Blocks as they were typed; whether a form can be made of them is said for the whole of it."""

    def clean(self, value: Any) -> Any:
        return value


class BuilderForm(forms.Form):
    """The texts of a form, its pages, its parts with their questions, and its named rules."""

    paging = forms.ChoiceField(
        choices=[
            (reading.ONE_PAGE, pgettext_lazy("pages of a form", "all on one page")),
            (reading.PAGE_EACH, pgettext_lazy("pages of a form", "each part is a page of its own")),
            (reading.MARKED, pgettext_lazy("pages of a form", "pages begin where the form says so")),
        ],
        label=gettext_lazy("Pages"),
    )
    parts = _AsTyped(blocks.PARTS, label=gettext_lazy("Questions"))
    rules = _AsTyped(blocks.RULES, label=gettext_lazy("Rules with a name"), required=False)
    # What the form was when the page was opened: nobody writes over what somebody else has kept since.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, version: ProcedureVersion, data: Any = None) -> None:
        self.version = version
        form = version.form
        initial = {
            "parts": reading.read_parts(form),
            "rules": reading.read_rules(form),
            "paging": reading.paging_of(form),
            "seen": mark_of(form),
        }
        for name, (key, _label) in HEADS.items():
            initial |= {f"{name}_{each}": form.get(key, {}).get(each, "") for each in LANGUAGES}
        super().__init__(data, initial=initial)
        for name, (_key, label) in HEADS.items():
            for each in LANGUAGES:
                line, lines = forms.TextInput({"lang": each}), forms.Textarea({"lang": each, "rows": 3})
                self.fields[f"{name}_{each}"] = forms.CharField(
                    required=False, label=label, widget=line if name == "title" else lines
                )

    def heads(self) -> list[dict[str, Any]]:
        """For the page: each text of the form with its controls by language."""
        names = dict(settings.LANGUAGES)
        return [
            {"label": label, "controls": [(names[each], each, self[f"{name}_{each}"]) for each in LANGUAGES]}
            for name, (_key, label) in HEADS.items()
        ]

    def written(self) -> Written:
        """The form that the blocks make, after `is_valid` was asked."""
        data = self.cleaned_data
        heads = {key: words_of(data, name) for name, (key, _label) in HEADS.items()}
        paging = data.get("paging", reading.ONE_PAGE)
        fixed = codes_in_use(self.version.procedure)
        return write(data["parts"], data["rules"], heads=heads, paging=paging, kept=self.version.form, fixed=fixed)

    def clean(self) -> dict[str, Any]:
        self.result = self.written()
        for name, block in (("parts", blocks.PARTS), ("rules", blocks.RULES)):
            error = as_error(block, self.cleaned_data[name], _below(name, self.result.problems))
            if error is not None:
                self.add_error(name, error)
        if self.cleaned_data.get("seen") and self.cleaned_data["seen"] != mark_of(self.version.form):
            told = _(
                "Somebody has changed this form since you opened it. "
                "Open it anew in another tab and put in what you typed."
            )
            self.add_error(None, ValidationError(told))
        return self.cleaned_data


def _below(name: str, problems: list[Problem]) -> list[Problem]:
    """The problems of one of the two fields, with places below it."""
    if name == "rules":
        return [Problem(each.place[1:], each.message) for each in problems if each.place[:1] == ("rules",)]
    return [each for each in problems if each.place[:1] != ("rules",)]


def mark_of(form: Any) -> str:
    return hashlib.sha256(json.dumps(form, sort_keys=True).encode()).hexdigest()[:16]


def codes_in_use(procedure: Procedure) -> frozenset[str]:
    """Codes of questions that versions were published with: cases and figures speak of them."""
    published = procedure.versions.exclude(state=ProcedureVersion.State.DRAFT).values_list("form", flat=True)
    return frozenset(code for form in published for code in form.get("properties", ()))


class FormView(Screen):
    """The questions of a draft as blocks, with the resident's page beside them."""

    template_name = "procedures/workspace/form.html"
    form: BuilderForm | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.has_perm("procedures.change_procedureversion"):
            version = find_version(kwargs["code"], kwargs["number"])
            if version.state != ProcedureVersion.State.DRAFT:
                return redirect("procedures_workspace:version", code=kwargs["code"], number=kwargs["number"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = BuilderForm(self.version, sent_by(request))
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        version = find_version(kwargs["code"], kwargs["number"])
        version.form = self.form.result.form
        try:
            version.save()
        except ValidationError as error:
            for message in error.messages:
                self.form.add_error(None, message)
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, _("The form is kept."))
        return redirect("procedures_workspace:form", code=kwargs["code"], number=kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form or BuilderForm(self.version)
        problems = self.form.result.problems if self.form is not None else []
        return super().get_context_data(
            **kwargs,
            version=self.version,
            form=form,
            problems=problems,
            languages=settings.LANGUAGES,
            most_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        )


class PreviewView(ClerksOnly, View):
    """What residents would see of the blocks as they are now; nothing is kept."""

    def post(self, request: HttpRequest, code: str, number: int) -> HttpResponse:
        form = BuilderForm(find_version(code, number), sent_by(request))
        form.is_valid()
        shown = preview.show(form.result, preview.asked_for(request.POST))
        return JsonResponse(shown)
