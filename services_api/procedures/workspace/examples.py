"""Examples of a version: kept from a trial, run again at every look, changed by trying again, removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services_api.procedures.forms import FormDefinition, build
from services_api.procedures.simulation import Simulation, check_examples, simulate
from services_api.procedures.texts import LANGUAGES, pick
from services_api.procedures.workspace.steps.views import DraftScreen
from services_api.procedures.workspace.views import answers_given, asked_as, filled_in
from tenants.transliteration import slug_of

MOST_EXAMPLES = 50
# A line of the check, after "examples.<code>.", and how a clerk reads it; {0} and {1} are what it names.
WORDS = (
    (r"^valid: is false \((.*)\)$", gettext_lazy("It should go through, but it does not: {0}")),
    (r"^valid: is true", gettext_lazy("It should not go through, but it does.")),
    (r"^asked: (\w+) is not asked$", gettext_lazy("“{0}” should be asked, but is not.")),
    (r"^not_asked: (\w+) is asked$", gettext_lazy("“{0}” should not be asked, but is.")),
    (r"^errors: are (.*)$", gettext_lazy("Other answers are wrong or missing than should be: {0}")),
    (r"^computed\.(\w+): is (.*)$", gettext_lazy("“{0}” is worked out as {1}.")),
)


class ExampleForm(forms.Form):
    """How an example is called; the answers come from the trial."""

    example = forms.CharField(required=False, widget=forms.HiddenInput)
    name_hy = forms.CharField(label=gettext_lazy("Name of the example"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Name of the example"), max_length=200, required=False)
    name_ru = forms.CharField(label=gettext_lazy("Name of the example"), max_length=200, required=False)

    @property
    def names(self) -> list[tuple[str, Any]]:
        """(language, control)"""
        return [(language, self[f"name_{language}"]) for language in LANGUAGES]

    @property
    def words(self) -> dict[str, str]:
        """The name by language, as far as it was given."""
        given = {language: str(self.cleaned_data.get(f"name_{language}") or "").strip() for language in LANGUAGES}
        return {language: words for language, words in given.items() if words}


class ExamplesView(DraftScreen):
    """The list with what comes out of each now; the trial hands new ones over to it."""

    template_name = "procedures/workspace/examples.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        if act == "remove":
            return self.remove(request, request.POST.get("example", ""))
        return self.take(request)

    def take(self, request: HttpRequest) -> HttpResponse:
        """Keep the trial as an example, a new one or in place of the one it began with."""
        version, given = self.version, ExampleForm(request.POST)
        trial = f"{reverse('procedures_workspace:try', args=[version.procedure.code, version.number])}"
        if not given.is_valid() or len(version.examples) >= MOST_EXAMPLES:
            messages.error(request, _("Give the example a name in Armenian."))
            return redirect(f"{trial}?{asked_as(request.POST)}")
        definition = build(version.form)
        code, before = given.cleaned_data["example"], None
        before = next((each for each in version.examples if each["code"] == code), None)
        filled = filled_in(request, version) if "filled" in request.POST else {}
        answers = {**(before["answers"] if before else {}), **filled, **answers_given(definition, request.POST)}
        found = simulate(definition, answers)
        example = {
            "code": code if before else self.new_code(given.words["hy"]),
            "name": given.words,
            "answers": answers,
            "expect": expected(found, definition),
        }
        if before:
            version.examples = [example if each is before else each for each in version.examples]
        else:
            version.examples = [*version.examples, example]
        return self.kept(request, _("The example is kept."))

    def new_code(self, name: str) -> str:
        """A code made of the name that no other example has."""
        base = slug_of(name).replace("-", "_").strip("_0123456789")[:34] or "example"
        taken = {each["code"] for each in self.version.examples}
        return next(each for each in (base, *(f"{base}_{n}" for n in range(2, MOST_EXAMPLES + 2))) if each not in taken)

    def remove(self, request: HttpRequest, code: str) -> HttpResponse:
        self.version.examples = [each for each in self.version.examples if each["code"] != code]
        return self.kept(request, _("The example is removed."))

    def kept(self, request: HttpRequest, told: str) -> HttpResponse:
        try:
            if self.keep(request):
                messages.success(request, told)
            else:
                messages.error(request, " ".join(self.refused))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("procedures_workspace:examples", **self.kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        return super().get_context_data(**kwargs, version=version, rows=outcomes(version.form, version.examples))


def expected(found: Simulation, definition: FormDefinition) -> dict[str, Any]:
    """What must come out of the same answers later: which of the questions that depend on others are asked, what is
    worked out, and whether it goes through. A trial that is not complete says nothing about the last."""
    depending = {each.code for each in definition if each.show_if}
    for group in definition.groups:
        depending |= {each.code for each in group.fields if group.show_if}
    for page in definition.pages:
        depending |= {each.code for each in page if page.show_if}
    asked = [each.code for shown in found.pages for each in shown.questions if each.code in depending]
    parts: dict[str, Any] = {
        "asked": asked,
        "not_asked": [each.code for each in found.hidden if each.code in depending],
        "computed": dict(found.computed),
    }
    expect = {name: value for name, value in parts.items() if value}
    if found.is_valid or not expect:
        expect["valid"] = found.is_valid
    return expect


def outcomes(form: Mapping[str, Any], examples: Any) -> list[dict[str, Any]]:
    """Each example with what is different from what it expects: {code, name, answers, problems}."""
    definition = build(form)
    problems: dict[str, list[str]] = {}
    for line in check_examples(form, examples):
        _examples, code, told = line.split(".", 2)
        problems.setdefault(code, []).append(in_words(told, definition))
    return [
        {
            "code": each["code"],
            "name": pick(each["name"]),
            "answers": len(each["answers"]),
            "problems": problems.get(each["code"], []),
        }
        for each in examples
    ]


def in_words(told: str, definition: FormDefinition) -> str:
    """A line of the check for a reader, with the names of questions instead of their codes."""
    for pattern, words in WORDS:
        found = re.match(pattern, told, re.S)
        if found:
            names = [_name(each, definition) for each in found.groups()]
            return str(words).format(*names)
    return told


def _name(code: str, definition: FormDefinition) -> str:
    asked = definition.field(code) if re.fullmatch(r"\w+", code) else None
    return (asked.label or asked.text) if asked else code
