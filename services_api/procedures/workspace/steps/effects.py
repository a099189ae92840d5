"""Effects of steps as a clerk chooses them: each with the options that it has, as fields of a form.

A new effect needs an entry here beside its function in `cases/effects.py` (docs/maintainers/cases.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.procedures.texts import LANGUAGES
from services_api.procedures.workflow import MOST_DAYS
from services_api.procedures.workspace.words import FUNCTIONS

# What stands in the list of effects beside them: two tasks to approve, which is what most people look for.
APPROVALS = "approvals"
TASKS = "issue_tasks"
LABELS = {
    "assign": _("The case is given to an officer"),
    "notify_applicant": _("A letter to the applicant"),
    "notify_assignee": _("A letter to the officer who has the case"),
    "stop_clock": _("The term ends: the answer is given"),
    "ask_for_documents": _("A question to the applicant: what is missing and until when"),
    "take_reply": _("The reply of the applicant is taken in"),
    "extend_term": _("The term becomes longer"),
    "forward": _("The application goes to the competent body"),
    TASKS: _("Tasks for several people"),
    "call_connector": _("A question to an outside register"),
}
ADDED = {APPROVALS: _("Two approvals at once"), **LABELS}
TASK_KINDS = {
    "approve": pgettext_lazy("kind of task", "to approve"),
    "sign": pgettext_lazy("kind of task", "to sign"),
    "opinion": pgettext_lazy("kind of task", "to give an opinion"),
    "execute": pgettext_lazy("kind of task", "to execute"),
    "co_execute": pgettext_lazy("kind of task", "to execute together"),
    "report": pgettext_lazy("kind of task", "to report"),
    "inform": pgettext_lazy("kind of task", "to take note"),
}
UNITS = {
    "calendar_days": _("calendar days"),
    "working_days": _("working days"),
    "months": _("months"),
}
MOST_TASKS = 20
JOINED_BY_NUMBER = {
    str(count): format_lazy(_("{count} of them have done it"), count=count) for count in range(2, MOST_TASKS + 1)
}


@dataclass(frozen=True)
class House:
    """What the community and the version have to choose from: queues (code, name), clock rules (code, name)."""

    queues: Sequence[tuple[str, str]] = ()
    terms: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Option:
    """One option of an effect. `read` gives the value of the control for what is kept, `write` the way back."""

    make: Callable[[House], forms.Field]
    read: Callable[[Any], Any] = field(default=lambda kept: "" if kept is None else kept)
    write: Callable[[Any], Any] = field(default=lambda given: given or None)


def _number(given: Any) -> int | None:
    return int(given) if str(given or "").strip().isdigit() else None


def _choice(label: Any, choices: Mapping[str, Any], otherwise: str = "") -> Option:
    """A list; `otherwise` is what the engine takes when nothing is said."""
    return Option(
        lambda house: forms.ChoiceField(label=label, choices=list(choices.items()), required=False),
        read=lambda kept: otherwise if kept is None else str(kept),
    )


def _days(label: Any, most: int = MOST_DAYS) -> Option:
    return Option(
        lambda house: forms.IntegerField(label=label, min_value=1, max_value=most, required=False), write=_number
    )


def _whom(house: House) -> forms.Field:
    staff = [(code, FUNCTIONS[code]) for code in ("receiver", "executor", "signatory", "head")]
    queues = [(f"queue:{code}", name) for code, name in house.queues]
    return forms.MultipleChoiceField(
        label=_("To whom"), choices=[*staff, *queues], widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets a task of their own. Functions are filled by the structure of the community."),
    )  # fmt: skip


def _words(label: Any, help_text: Any = "", most: int = 40) -> Option:
    """A line of text."""
    return Option(lambda house: forms.CharField(label=label, help_text=help_text, required=False, max_length=most))


def _rule(house: House) -> forms.Field:
    choices = [("", _("by days, as written here")), *house.terms]
    return forms.ChoiceField(label=_("By how much"), choices=choices, required=False)


OPTIONS: dict[str, dict[str, Option]] = {
    "assign": {
        "to": _choice(_("To whom"), {"": _("whom the step names"), "actor": _("whoever takes the step")}),
    },
    "notify_applicant": {
        "message": _choice(
            _("Which letter"),
            {
                "": _("what fits the state it leads to"),
                "progress": _("that the case goes on"),
                "answered": _("that the answer is ready"),
                "refused": _("that it was refused"),
            },
        ),
    },
    "ask_for_documents": {"days": _days(_("Days to answer"), 90)},
    "extend_term": {
        "rule": Option(_rule),
        "days": _days(_("At most so many days")),
        "unit": _choice(_("Unit"), {"": "—", **UNITS}),
        "times": _days(_("At most so many times"), 10),
    },
    TASKS: {
        "kind": _choice(_("What is asked"), TASK_KINDS, otherwise="execute"),
        "to": Option(_whom, read=lambda kept: kept or [], write=lambda given: list(given or ()) or None),
        "join": _choice(
            _("It goes on when"),
            {"all": _("all have done it"), "any": _("one has done it"), **JOINED_BY_NUMBER},
            otherwise="all",
        ),
        "in_turn": Option(
            lambda house: forms.BooleanField(label=_("One after the other, not at once"), required=False),
            read=bool, write=lambda given: bool(given) or None,
        ),
        "days": _days(_("Days to do it"), 366),
        "group": Option(
            lambda house: forms.CharField(
                label=_("Name of the group"), required=False, max_length=40,
                help_text=_("Tasks of one group are waited for together. It may stay empty."),
            )
        ),
    },
    "call_connector": {
        "connector": _choice(
            _("Which register"), {"person": _("Population register"), "company": _("Register of legal entities")},
            otherwise="person",
        ),
        "number": _words(_("Code of the question with the number"), _("The register is asked by this number.")),
        "compare": _words(_("Code of the question to compare"), _("An internal note says what agrees.")),
        "purpose": _words(pgettext_lazy("register", "Purpose"), most=200),
        "legal_basis": _words(pgettext_lazy("register", "Legal basis"), most=300),
    },
}  # fmt: skip
# Options that are texts in three languages.
TEXTS: dict[str, dict[str, Any]] = {TASKS: {"text": _("What is to be done")}}


class EffectForm(forms.Form):
    """One effect of a step. Which fields it has depends on its code, which does not change."""

    code = forms.ChoiceField(choices=list(LABELS.items()), widget=forms.HiddenInput)
    # Which effect of the kept step this is: what has no field here is taken over from it.
    was = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.get(self.add_prefix("code")) if self.is_bound else self.initial.get("code")
        self.effect = given if given in LABELS else "stop_clock"
        for name, option in OPTIONS.get(self.effect, {}).items():
            self.fields[f"o_{name}"] = option.make(house)
        for name, label in TEXTS.get(self.effect, {}).items():
            for language in LANGUAGES:
                self.fields[f"o_{name}_{language}"] = forms.CharField(
                    label=label, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
                )

    @property
    def title(self) -> Any:
        """What the effect does, in words."""
        return LABELS[self.effect]

    @property
    def options(self) -> list[Any]:
        """The controls of the options that are no texts."""
        return [self[f"o_{name}"] for name in OPTIONS.get(self.effect, {})]

    @property
    def texts(self) -> list[tuple[Any, list[Any]]]:
        """Label and the three controls of each text."""
        return [
            (label, [(language, self[f"o_{name}_{language}"]) for language in LANGUAGES])
            for name, label in TEXTS.get(self.effect, {}).items()
        ]


def initial_of(effect: str | Mapping[str, Any], number: int) -> dict[str, Any]:
    """What the form of a kept effect shows."""
    code, options = read(effect)
    shown: dict[str, Any] = {"code": code, "was": number}
    for name, option in OPTIONS.get(code, {}).items():
        shown[f"o_{name}"] = option.read(options.get(name))
    for name in TEXTS.get(code, {}):
        shown |= {f"o_{name}_{language}": options.get(name, {}).get(language, "") for language in LANGUAGES}
    return shown


def read(effect: str | Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Code and options of an effect as it is kept."""
    return (effect, {}) if isinstance(effect, str) else (effect["code"], dict(effect.get("options", {})))


def as_kept(form: EffectForm, kept: Sequence[Any]) -> str | dict[str, Any]:
    """The effect as the definition has it; unchanged where nothing was changed, with everything that has no field."""
    number = _number(form["was"].value())
    before = kept[number] if number is not None and number < len(kept) else form.effect
    code, options = read(before)
    if code != form.effect:
        before, options = form.effect, {}
    after = dict(options)
    for name, option in OPTIONS.get(form.effect, {}).items():
        given = form[f"o_{name}"].value()
        value = _in_order(option.write(given), options.get(name))
        if value != option.write(option.read(options.get(name))):
            after[name] = value
    for name in TEXTS.get(form.effect, {}):
        words = {each: str(form[f"o_{name}_{each}"].value() or "").strip() for each in LANGUAGES}
        after[name] = {language: word for language, word in words.items() if word} or None
    after = {name: value for name, value in after.items() if value is not None}
    if after == options:
        return before if isinstance(before, str) else dict(before)
    return {"code": form.effect, "options": after} if after else form.effect


def _in_order(given: Any, kept: Any) -> Any:
    """A list as it was kept when it names the same."""
    if isinstance(given, list) and isinstance(kept, list) and sorted(given) == sorted(kept):
        return kept
    return given


__all__ = ["ADDED", "APPROVALS", "TASKS", "UNITS", "EffectForm", "House", "as_kept", "initial_of", "read"]
