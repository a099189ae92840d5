"""Clock rules of a draft as rows: how long, counted from when, by which law; with what they would promise today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services_api.procedures.models import check_clock
from services_api.procedures.simulation import forecast
from services_api.procedures.texts import CERTAINTIES
from services_api.procedures.workspace.steps import rows
from services_api.procedures.workspace.steps.effects import UNITS
from services_api.procedures.workspace.steps.forms import Row, RowSet, text_field
from services_api.procedures.workspace.steps.views import DraftScreen
from services_api.procedures.workspace.steps.way import codes_of
from services_api.workdays.public import ClockInputError, as_rule

RULES = "c"
MOST_RULES, MOST_DAYS = 20, 366
STARTS = {
    "registration": gettext_lazy("registration"),
    "receipt": gettext_lazy("receipt"),
    "event": gettext_lazy("an event"),
}
DIRECTIONS = {
    "after": pgettext_lazy("term", "after it"),
    "before": pgettext_lazy("term", "before it"),
}
ROLLS = {
    "next_working_day": gettext_lazy("it ends on the next working day"),
    "none": gettext_lazy("it ends on that day all the same"),
}
CERTAINTY_WORDS = {
    "": gettext_lazy("not said"),
    "sourced": pgettext_lazy("certainty", "read in the law"),
    "general_knowledge": gettext_lazy("general knowledge"),
    "doubtful": gettext_lazy("doubtful"),
}
PLAIN = ("unit", "direction", "start", "roll")


class TermForm(Row):
    label_hy, label_en, label_ru = (text_field(gettext_lazy("Term")) for _each in range(3))
    basis_hy, basis_en, basis_ru = (
        text_field(gettext_lazy("Legal basis"), needed=each == 0, lines=2) for each in range(3)
    )
    length = forms.IntegerField(label=gettext_lazy("Length"), min_value=0, max_value=3660)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), choices=list(UNITS.items()))
    start = forms.ChoiceField(label=gettext_lazy("Counted from"), choices=list(STARTS.items()))
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=list(DIRECTIONS.items()))
    roll = forms.ChoiceField(label=gettext_lazy("When the last day is not a working day"), choices=list(ROLLS.items()))
    remind = forms.CharField(
        label=gettext_lazy("Reminders, days before the end"), required=False, max_length=60,
        help_text=gettext_lazy("Numbers with commas, such as 7, 3, 1. Empty: as usual."),
    )  # fmt: skip
    escalate = forms.CharField(
        label=gettext_lazy("Also to those who may sign, days after the end"), required=False, max_length=60,
        help_text=gettext_lazy("Numbers with commas, such as 0, 5. Empty: as usual."),
    )  # fmt: skip
    certainty = forms.ChoiceField(
        label=gettext_lazy("How sure it is"), required=False, choices=list(CERTAINTY_WORDS.items())
    )  # fmt: skip

    @property
    def title(self) -> str:
        return str(self["label_hy"].value() or self["code"].value() or "").strip()

    @property
    def labels(self) -> list[tuple[str, Any]]:
        return self.controls("label")

    @property
    def bases(self) -> list[tuple[str, Any]]:
        return self.controls("basis")

    @property
    def lines(self) -> list[list[Any]]:
        """The other controls, as they stand beside each other."""
        names = (("length", "unit", "start"), ("direction", "roll", "certainty"), ("remind", "escalate", "code"))
        return [[self[each] for each in line] for line in names]

    @property
    def length_words(self) -> str:
        unit = str(dict(UNITS).get(self["unit"].value(), ""))
        return f"{self['length'].value() if self['length'].value() is not None else ''} {unit}"

    def clean_remind(self) -> str:
        return self._distances("remind")

    def clean_escalate(self) -> str:
        return self._distances("escalate")

    def _distances(self, name: str) -> str:
        given = str(self.cleaned_data[name])
        if given and distances(given) is None:
            raise ValidationError(_("Write whole numbers from 0 to 366 with commas between them."))
        return given


TermFormSet = forms.formset_factory(
    TermForm, formset=RowSet, extra=0, max_num=MOST_RULES, absolute_max=MOST_RULES, validate_max=True
)  # fmt: skip


class DayForm(forms.Form):
    """From which day on new cases follow the version."""

    valid_from = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )  # fmt: skip


def distances(given: str) -> list[int] | None:
    """Days as typed, «7, 3, 1»; None when they cannot be read."""
    parts = [each.strip() for each in given.replace(";", ",").split(",") if each.strip()]
    if not all(each.isdecimal() and int(each) <= MOST_DAYS for each in parts):
        return None
    return [int(each) for each in parts]


def shown(rule: Mapping[str, Any]) -> dict[str, Any]:
    """What the row of a kept rule shows."""
    read = as_rule(rule)
    values = {name: getattr(read, name) for name in (*PLAIN, "length")}
    for name, key in (("label", "label"), ("basis", "legal_basis")):
        values |= {f"{name}_{language}": words for language, words in rule.get(key, {}).items()}
    for name in ("remind", "escalate"):
        values[name] = ", ".join(str(each) for each in rule.get(name, ()))
    code = rule["code"]
    return {**values, "key": code, "code": code, "certainty": rule.get("certainty", "")}


def kept(form: TermForm, code: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """The rule as it is typed; what has no control is taken over."""
    made = {**before, "code": code}
    known = shown(before) if before else {}
    for name in PLAIN:
        if (value := str(form[name].value() or "")) != known.get(name):
            made[name] = value
    length = str(form["length"].value() if form["length"].value() is not None else "")
    made["length"] = int(length) if length.isdecimal() else None
    for name, key in (("label", "label"), ("basis", "legal_basis")):
        words = form.words(name)
        if words or key == "legal_basis":
            made[key] = words
        else:
            made.pop(key, None)
    for name in ("remind", "escalate"):
        days = distances(str(form[name].value() or "")) or []
        if days or before.get(name):
            made[name] = days
        if not days and before.get(name):
            del made[name]
    certainty = form["certainty"].value()
    if certainty in CERTAINTIES:
        made["certainty"] = certainty
    else:
        made.pop("certainty", None)
    return made


class TermsEditor:
    """The rows of the clock rules, of what is kept or as typed."""

    def __init__(self, rules: Sequence[Mapping[str, Any]], data: Any = None, *, tells: bool = False) -> None:
        self.rules, self.tells, self.problems = rules, tells, list[str]()
        self.forms = TermFormSet(
            data, prefix=RULES, initial=[shown(each) for each in rules] if data is None else None,
            form_kwargs={"empty_permitted": False},
        )  # fmt: skip

    @property
    def clock(self) -> list[dict[str, Any]]:
        """The clock rules as typed."""
        before = {each["code"]: each for each in self.rules}
        codes = codes_of(self.forms, "term")
        return [
            kept(each, code, before.get(each["key"].value(), {})) for each, code in zip(self.forms, codes, strict=True)
        ]

    def promises(self, at: datetime) -> list[dict[str, Any]]:
        """For each rule what somebody who applies now is told: {title, registered_at, due_at}."""
        return [
            {"title": form.title or "—", **dict(zip(("registered_at", "due_at"), _promised(rule, at), strict=True))}
            for form, rule in zip(self.forms, self.clock, strict=True)
        ]


def _promised(rule: Mapping[str, Any], at: datetime) -> tuple[datetime | None, datetime | None]:
    """Nothing for a rule that counts from an event, and for one that cannot be read yet: its row says why."""
    try:
        return (None, None) if as_rule(rule).start == "event" else forecast(rule, at)
    except ClockInputError:
        return None, None


class TermsView(DraftScreen):
    template_name = "procedures/workspace/terms.html"
    focus = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.editor = TermsEditor(self.version.clock)
        self.day = DayForm(initial={"valid_from": self.version.valid_from})
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "save")
        data, self.focus = rows.changed(request.POST, act, terms=True)
        self.editor = editor = TermsEditor(self.version.clock, data, tells=act == "save")
        self.day = DayForm(data)
        if act == "draw":
            promises = editor.promises(timezone.now())
            return render(request, "procedures/workspace/promises.html", {"promises": promises})
        if act == "save":
            return self.save(request)
        return self.render_to_response(self.get_context_data())

    def save(self, request: HttpRequest) -> HttpResponse:
        editor = self.editor
        readable = [editor.forms.is_valid(), self.day.is_valid()]
        if all(readable):
            editor.problems = check_clock(editor.clock)
            if not editor.problems:
                self.version.clock, self.version.valid_from = editor.clock, self.day.cleaned_data["valid_from"]
                try:
                    if self.keep(request):
                        messages.success(request, _("The terms are kept."))
                        return redirect(request.path)
                except ValidationError as error:
                    editor.problems += error.messages
        return self.render_to_response(self.get_context_data(), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editor = self.editor
        return super().get_context_data(
            **kwargs,
            version=self.version,
            editor=editor,
            day=self.day,
            promises=editor.promises(timezone.now()),
            focus=self.focus,
            problems=[*editor.problems, *self.refused],
            wrong=[each for each in editor.forms if editor.tells and not each.is_valid()],
        )
