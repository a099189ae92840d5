"""The controls of a way: one form for each state and each step, one for where it begins and how it is opened again.

Rows refer to states by `key`, which stays when a code is changed: for what is kept it is the code, for a new row a
name of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.procedures.forms.kinds import CODE
from services_api.procedures.texts import LANGUAGES
from services_api.procedures.workflow import END_PHASES, FUNCTIONS, MOST_DAYS, REOPENED_BY, REQUIREMENTS, Phase
from services_api.procedures.workspace.steps.effects import ADDED, EffectForm, House
from services_api.procedures.workspace.words import FUNCTIONS as FUNCTION_WORDS
from services_api.procedures.workspace.words import REQUIREMENTS as REQUIREMENT_WORDS

MOST_STATES, MOST_STEPS, MOST_EFFECTS = 60, 120, 12
OUTCOME_WORDS = {
    "": _("no decision"),
    "granted": _("granted"),
    "refused": _("refused"),
    "other": pgettext_lazy("outcome of a state", "another decision"),
}
PAUSES = {
    "": _("only while the applicant is waited for"),
    "yes": _("stands still"),
    "no": _("runs on"),
}
ANCHORS = {
    "": _("no, somebody takes it"),
    "due": _("yes, after the end of the term"),
    "state": _("yes, after the beginning of the state"),
    "question": _("yes, after the day by which the applicant was to answer"),
}
Named = Sequence[tuple[str, Any]]


def text_field(label: Any, *, needed: bool = False, lines: int = 0) -> forms.CharField:
    """One language of a text; `lines` for several."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(label=label, required=needed, max_length=2000 if lines else 200, widget=widget)


def _several(label: Any, choices: Named, *, needed: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=needed, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


class Row(forms.Form):
    """What states and steps have alike: a key, a code, texts in three languages, problems that the check found."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code"), required=False, max_length=40,
        help_text=_("Latin letters, digits and _. Empty: made of the name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: list[str] = []

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        if code and not CODE.match(code):
            raise ValidationError(_("Begin with a Latin letter; then small Latin letters, digits and _."))
        return code

    def words(self, name: str) -> dict[str, str]:
        """The text as typed, by language; languages without words are left out."""
        given = {each: str(self[f"{name}_{each}"].value() or "").replace("\r\n", "\n").strip() for each in LANGUAGES}
        return {language: word for language, word in given.items() if word}

    def controls(self, name: str) -> list[tuple[str, Any]]:
        """(language, control) of a text."""
        return [(language, self[f"{name}_{language}"]) for language in LANGUAGES]

    @property
    def is_open(self) -> bool:
        """Whether the row is shown unfolded: it is new or something is wrong with it."""
        return bool(self.problems) or (self.is_bound and (bool(self.errors) or not self.title))

    @property
    def title(self) -> str:
        raise NotImplementedError


class StateForm(Row):
    name_hy, name_en, name_ru = (text_field(_("Name"), needed=each == "hy") for each in LANGUAGES)
    text_hy, text_en, text_ru = (
        text_field(_("What the applicant reads"), needed=each == "hy", lines=2) for each in LANGUAGES
    )
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase.choices, help_text=_("The same for all procedures."))
    outcome = forms.ChoiceField(label=_("Decision"), choices=list(OUTCOME_WORDS.items()), required=False)
    pauses = forms.ChoiceField(label=_("The term"), choices=list(PAUSES.items()), required=False)
    end = forms.BooleanField(label=_("The way ends here"), required=False)

    @property
    def title(self) -> str:
        return str(self["name_hy"].value() or "").strip()

    @property
    def is_end(self) -> bool:
        return bool(self["end"].value()) or self["phase"].value() in END_PHASES

    @property
    def phase_words(self) -> str:
        return str(dict(Phase.choices).get(self["phase"].value(), ""))

    @property
    def outcome_words(self) -> str:
        return str(OUTCOME_WORDS.get(self["outcome"].value(), "")) if self["outcome"].value() else ""

    @property
    def names(self) -> list[tuple[str, Any]]:
        return self.controls("name")

    @property
    def texts(self) -> list[tuple[str, Any]]:
        return self.controls("text")


class StepForm(Row):
    label_hy, label_en, label_ru = (text_field(_("Name of the step"), needed=each == "hy") for each in LANGUAGES)
    text_hy, text_en, text_ru = (text_field(_("Line on the applicant’s page"), lines=2) for each in LANGUAGES)
    anchor = forms.ChoiceField(label=_("Comes by itself"), choices=list(ANCHORS.items()), required=False)
    days = forms.IntegerField(
        label=_("After so many calendar days"), required=False, min_value=0, max_value=MOST_DAYS
    )  # fmt: skip
    added = forms.ChoiceField(label=_("Add what else happens"), required=False, choices=list(ADDED.items()))

    def __init__(self, *args: Any, states: Named, house: House, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"] = _several(_("From"), states, needed=True)
        self.fields["to"] = forms.ChoiceField(label=_("To"), choices=states)
        self.fields["by"] = _several(
            _("Who takes it"), [(each, FUNCTION_WORDS[each]) for each in FUNCTIONS], needed=True
        )
        self.fields["requires"] = _several(
            _("What must be given with it"), [(each, REQUIREMENT_WORDS[each]) for each in REQUIREMENTS]
        )
        self.states, self.house = dict(states), house

    @cached_property
    def effects(self) -> Any:
        """The formset of the effects of this step."""
        return EffectFormSet(
            self.data if self.is_bound else None,
            prefix=f"{self.prefix}-e",
            initial=None if self.is_bound else self.initial.get("effects", []),
            form_kwargs={"house": self.house, "empty_permitted": False},
        )

    def is_valid(self) -> bool:
        return super().is_valid() and bool(self.effects.is_valid())

    @property
    def is_open(self) -> bool:
        return super().is_open or (self.is_bound and not self.effects.is_valid())

    @property
    def title(self) -> str:
        return str(self["label_hy"].value() or "").strip()

    @property
    def from_words(self) -> str:
        return ", ".join(self.states.get(each, "") for each in self["sources"].value() or ())

    @property
    def to_words(self) -> str:
        return self.states.get(self["to"].value(), "")

    @property
    def by_words(self) -> str:
        return ", ".join(str(FUNCTION_WORDS.get(each, each)) for each in self["by"].value() or ())

    @property
    def labels(self) -> list[tuple[str, Any]]:
        return self.controls("label")

    @property
    def texts(self) -> list[tuple[str, Any]]:
        return self.controls("text")


class WayForm(forms.Form):
    """Where a case begins, and until when a closed one may be opened again."""

    reopen_days = forms.IntegerField(
        label=_("For so many days after the end"), required=False, min_value=1, max_value=MOST_DAYS
    )  # fmt: skip

    def __init__(self, *args: Any, states: Named, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["initial"] = forms.ChoiceField(label=_("A case begins in"), choices=states)
        self.fields["reopen_to"] = forms.ChoiceField(
            label=_("A closed case may be opened again and goes on in"), required=False,
            choices=[("", _("it may not be opened again")), *states],
        )  # fmt: skip
        staff = [(each, FUNCTION_WORDS[each]) for each in FUNCTIONS if each not in ("applicant", "system")]
        self.fields["reopen_by"] = _several(_("Who opens it again"), staff)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("reopen_to"):
            if not given.get("reopen_days") and "reopen_days" not in self.errors:
                self.add_error("reopen_days", _("Write how many days."))
            if not given.get("reopen_by"):
                self.add_error("reopen_by", _("Choose who may do it, such as those who receive and the head."))
        return given


class RowSet(BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind. Every row counts, also an empty one that was just added."""

    def total_form_count(self) -> int:
        return min(super().total_form_count(), self.absolute_max)


StateFormSet = forms.formset_factory(
    StateForm, formset=RowSet, extra=0, max_num=MOST_STATES, absolute_max=MOST_STATES, validate_max=True
)  # fmt: skip
StepFormSet = forms.formset_factory(
    StepForm, formset=RowSet, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS, validate_max=True
)  # fmt: skip
EffectFormSet = forms.formset_factory(
    EffectForm, formset=RowSet, extra=0, max_num=MOST_EFFECTS, absolute_max=MOST_EFFECTS, validate_max=True
)  # fmt: skip
DEFAULT_REOPENED_BY = list(REOPENED_BY)
