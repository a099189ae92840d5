"""The letters of a draft: which have words of this procedure, and one of them in all languages with how it looks."""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services_api.procedures import letters
from services_api.procedures.letters import LetterKind
from services_api.procedures.texts import LANGUAGES
from services_api.procedures.workspace.steps.views import DraftScreen


class WordsForm(forms.Form):
    """Subject and text of one letter in each language; both empty: nothing of its own in that language."""

    def __init__(self, kind: LetterKind, kept: dict[str, dict[str, str]], data: Any = None) -> None:
        self.kind = kind
        initial = {f"{part}_{language}": said for language, words in kept.items() for part, said in words.items()}
        super().__init__(data, initial=initial)
        for language in LANGUAGES:
            if kind.has_subject:
                self.fields[f"subject_{language}"] = forms.CharField(
                    label=gettext_lazy("Subject of the letter"), required=False, widget=forms.TextInput
                )
            self.fields[f"body_{language}"] = forms.CharField(
                label=pgettext_lazy("letter", "Text"),
                required=False,
                widget=forms.Textarea({"rows": 10 if kind.has_subject else 3}),
            )

    def words(self, language: str) -> dict[str, str]:
        """What stands in the controls of a language, {} for nothing."""
        typed = {
            part: str(self[f"{part}_{language}"].value() or "").replace("\r\n", "\n").strip()
            for part in (("subject", "body") if self.kind.has_subject else ("body",))
        }
        return typed if any(typed.values()) else {}

    def clean(self) -> dict[str, Any]:
        for language in LANGUAGES:
            typed = self.words(language)
            if typed:
                found = letters.findings(
                    self.kind.channel, self.kind.message, typed.get("subject", ""), typed["body"]
                )  # fmt: skip
                for part, told in found:
                    self.add_error(f"{part}_{language}", told)
        return self.cleaned_data

    @property
    def written(self) -> dict[str, dict[str, str]]:
        """The words by language, without those that have none."""
        return {language: words for language in LANGUAGES if (words := self.words(language))}


def _messages_of(version: Any) -> dict[str, Any]:
    kept: dict[str, Any] = version.texts.get("messages", {})
    return kept


class LettersView(DraftScreen):
    """Every letter that applicants of this procedure get."""

    template_name = "procedures/workspace/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names, kept = dict(settings.LANGUAGES), _messages_of(self.version)
        groups: dict[str, list[dict[str, Any]]] = {}
        for kind in letters.kinds():
            own = kept.get(kind.channel, {}).get(kind.message, {})
            groups.setdefault(kind.channel_label, []).append({
                "label": kind.label,
                "url": reverse("procedures_workspace:letter", kwargs={
                    **self.kwargs, "channel": kind.channel, "message": kind.message,
                }),
                "own": [names[each] for each in LANGUAGES if each in own],
            })  # fmt: skip
        return super().get_context_data(**kwargs, version=self.version, groups=groups.items())


class LetterView(DraftScreen):
    """One letter: its words in each language, beside how it looks."""

    template_name = "procedures/workspace/letter.html"
    tab = "letters"
    form: WordsForm | None = None

    @property
    def kind(self) -> LetterKind:
        """Raises Http404."""
        found = letters.kind_of(self.kwargs["channel"], self.kwargs["message"])
        if found is None:
            raise Http404
        return found

    @property
    def kept(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = (
            _messages_of(self.version).get(self.kind.channel, {}).get(self.kind.message, {})
        )
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = reverse("procedures_workspace:letters", args=[self.kwargs["code"], self.kwargs["number"]])
        return [*super().get_breadcrumbs_items(), {"url": listed, "label": _("Letters to applicants")}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, version = self.kind, self.version
        self.form = form = WordsForm(kind, self.kept, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        if request.POST.get("act") == "show":
            return self.render_to_response(self.get_context_data())
        version.texts = with_words(version.texts, kind, form.written)
        try:
            if self.keep(request):
                messages.success(request, _("The words of the letter are kept."))
                return redirect(request.path)
            form.add_error(None, ValidationError(self.refused))
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        return self.render_to_response(self.get_context_data(), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.kind
        form = self.form or WordsForm(kind, self.kept)
        names = dict(settings.LANGUAGES)
        return super().get_context_data(
            **kwargs,
            version=self.version,
            form=form,
            kind=kind,
            title=f"{capfirst(kind.channel_label)}. {kind.label}",
            languages=[self._language(each, names[each], form) for each in LANGUAGES],
        )

    def _language(self, code: str, name: str, form: WordsForm) -> dict[str, Any]:
        """The controls of one language, and how the letter looks: with what is typed unless it cannot be sent."""
        parts = ("subject", "body") if self.kind.has_subject else ("body",)
        controls = [form[f"{part}_{code}"] for part in parts]
        wrong = self.form is not None and any(each.errors for each in controls)
        typed = {} if wrong else form.words(code)
        words = (typed.get("subject", ""), typed["body"]) if typed else None
        subject, body = letters.look(self.kind.channel, self.kind.message, code, words)
        return {
            "code": code, "name": name, "controls": controls, "is_own": bool(typed), "is_wrong": wrong,
            "subject": subject, "body": body,
        }  # fmt: skip


def with_words(texts: dict[str, Any], kind: LetterKind, written: dict[str, dict[str, str]]) -> dict[str, Any]:
    """The texts of a version with these words of a letter; what is empty then is left out."""
    changed = copy.deepcopy(texts)
    of_channel = changed.setdefault("messages", {}).setdefault(kind.channel, {})
    of_channel[kind.message] = written
    changed["messages"] = {
        channel: kept
        for channel, named in changed["messages"].items()
        if (kept := {message: words for message, words in named.items() if words})
    }
    if not changed["messages"]:
        del changed["messages"]
    return changed
