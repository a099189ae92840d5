"""A new procedure: from one of the ways that come with the system, or as a copy of one that exists."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services_api.procedures.differences import PARTS
from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.procedures.seeds import assembly
from services_api.procedures.selectors import today
from services_api.procedures.services import draft_version
from services_api.procedures.workspace.views import Screen
from tenants.transliteration import slug_of

# The ways of seeds/workflows: what they are called, and the term that they usually have.
WAYS: dict[str, tuple[Any, str]] = {
    "decision": (pgettext_lazy("way of a procedure", "a decision of the head"), "application"),
    "council": (pgettext_lazy("way of a procedure", "a decision of the council"), "application"),
    "permit": (pgettext_lazy("way of a procedure", "a permit"), "application"),
    "certificate": (pgettext_lazy("way of a procedure", "a certificate"), "certificate"),
    "answer": (pgettext_lazy("way of a procedure", "an answer in writing"), "petition"),
    "notice": (pgettext_lazy("way of a procedure", "a notice that is taken note of"), "assembly"),
    "place": (pgettext_lazy("way of a procedure", "a place in a queue"), "application"),
    "reception": (pgettext_lazy("way of a procedure", "a reception"), "reception"),
    "problem": (pgettext_lazy("way of a procedure", "a problem that is mended"), "problem"),
}
FIRST_GROUPS = ["applicant", "contact"]
# What stands for an address of its own below /admin/procedures/.
RESERVED = frozenset({"new"})
STEP = 10


class StartForm(forms.Form):
    """What a procedure is called, and what it begins with."""

    name_hy = forms.CharField(max_length=200, label=gettext_lazy("Name in Armenian"))
    name_en = forms.CharField(max_length=200, required=False, label=gettext_lazy("Name in English"))
    name_ru = forms.CharField(max_length=200, required=False, label=gettext_lazy("Name in Russian"))
    code = forms.SlugField(
        max_length=60, required=False, label=pgettext_lazy("of a question", "Code"),
        help_text=gettext_lazy("Part of the address, in Latin letters. Left empty, it is made of the Armenian name."),
    )  # fmt: skip
    family = forms.ChoiceField(label=gettext_lazy("Family"))
    summary_hy = forms.CharField(
        widget=forms.Textarea({"rows": 3}), label=gettext_lazy("In short, in Armenian"),
        help_text=gettext_lazy("One or two sentences, for lists."),
    )  # fmt: skip
    summary_en = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3, "lang": "en"}), label=gettext_lazy("In short, in English")
    )
    summary_ru = forms.CharField(
        required=False, widget=forms.Textarea({"rows": 3, "lang": "ru"}), label=gettext_lazy("In short, in Russian")
    )
    begins = forms.ChoiceField(
        label=gettext_lazy("It begins with"),
        help_text=gettext_lazy("Everything can be changed afterwards: questions, steps, terms and words."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["family"].choices = Procedure.Family.choices  # type: ignore[attr-defined]
        ways = [(f"way:{name}", label) for name, (label, _term) in WAYS.items()]
        copies = [
            (f"copy:{each.code}", each.name()) for each in Procedure.objects.filter(versions__isnull=False).distinct()
        ]
        self.fields["begins"].choices = [  # type: ignore[attr-defined]
            (_("An almost empty form, with the steps of"), ways),
            (_("A copy of"), copies),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        code = given.get("code") or slug_of(given.get("name_hy", ""))[:60].strip("-")
        if "code" not in self.errors and given.get("name_hy"):
            if not code or code in RESERVED:
                self.add_error("code", _("Write a code in Latin letters."))
            elif Procedure.objects.filter(code=code).exists():
                self.add_error("code", _("Another procedure has this code."))
        return {**given, "code": code}


@transaction.atomic
def start(given: dict[str, Any]) -> ProcedureVersion:
    """A procedure with its first draft. `given` is what StartForm has cleaned. Raises ValidationError."""
    last = Procedure.objects.aggregate(last=Max("position"))["last"] or 0
    described = {key: given[key] for key in ("code", "family")}
    for key in ("name", "summary"):
        described |= {f"{key}_{language}": given.get(f"{key}_{language}", "") for language in ("hy", "en", "ru")}
    procedure = Procedure.objects.create(position=last + STEP, **described)
    kind, _colon, what = given["begins"].partition(":")
    content = _copied(what) if kind == "copy" else _begun(what, described, last + STEP)
    title = {each: described[f"name_{each}"] for each in ("hy", "en", "ru") if described[f"name_{each}"]}
    content["form"] = {**content["form"], "x-title": title}
    return draft_version(procedure, valid_from=today() + timedelta(days=1), **content)


def _begun(way: str, described: dict[str, Any], position: int) -> dict[str, Any]:
    """The parts of a draft with a short form and the steps of a way, put together as those of the house are."""
    short = {
        "code": described["code"],
        "family": described["family"],
        "position": position,
        "name": [described[f"name_{each}"] for each in ("hy", "en", "ru")],
        "summary": [described[f"summary_{each}"] for each in ("hy", "en", "ru")],
        "groups": FIRST_GROUPS,
        "workflow": way,
        "term": WAYS[way][1],
        # What only whoever makes the procedure can say; it stands there to be replaced.
        "card": {
            heading: [described[f"summary_{each}"] for each in ("hy", "en", "ru")]
            for heading in ("whom", "get", "need")
        },
    }
    package = assembly.package(short)
    return {part: package[part] for part in PARTS}


def _copied(code: str) -> dict[str, Any]:
    """The parts of the newest version of a procedure: the one that was published last, or else its draft."""
    versions = ProcedureVersion.objects.filter(procedure__code=code)
    like = versions.exclude(state=ProcedureVersion.State.DRAFT).first() or versions.first()
    assert like is not None, "the form offers only procedures with a version"
    return {**{part: getattr(like, part) for part in PARTS}, "examples": like.examples}


class NewView(Screen):
    """Name, code, family, summary, and what it begins with."""

    template_name = "procedures/workspace/new.html"
    page_title = gettext_lazy("New procedure")
    form: StartForm | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = StartForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        version = start(self.form.cleaned_data)
        messages.success(request, _("The procedure has a first draft: build its form, its steps, its texts."))
        return redirect("procedures_workspace:form", code=version.procedure.code, number=version.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, form=self.form or StartForm())
