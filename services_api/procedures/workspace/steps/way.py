"""A workflow as rows of controls, and rows of controls as a workflow. What has no control is taken over as it is kept.

Nothing that was typed is lost: the rows are read as they stand, also when they cannot be kept yet, for the drawing and
for the next look at the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import cached_property

from services_api.procedures import workflow
from services_api.procedures.forms.kinds import CODE
from services_api.procedures.workspace.steps import effects
from services_api.procedures.workspace.steps.forms import (
    DEFAULT_REOPENED_BY,
    Row,
    StateForm,
    StateFormSet,
    StepForm,
    StepFormSet,
    WayForm,
)
from services_api.procedures.workspace.steps.problems import in_words, place_of
from tenants.transliteration import slug_of

STATES, STEPS = "s", "t"
Kept = Mapping[str, Any]


class WayEditor:
    """The rows of a workflow: of what is kept (`data` None), or as they were typed.

    `tells` says whether errors are shown: not while somebody only adds a row.
    """

    def __init__(self, kept: Kept, house: effects.House, data: Any = None, *, tells: bool = False) -> None:
        self.kept, self.house, self.tells = kept, house, tells
        new = data is None
        plain = {"empty_permitted": False}
        self.states = StateFormSet(
            data, prefix=STATES, initial=[_shown_state(each) for each in kept["states"]] if new else None,
            form_kwargs=plain,
        )  # fmt: skip
        names = [
            (str(each["key"].value() or ""), each.title or str(each["code"].value() or "—")) for each in self.states
        ]
        self.steps = StepFormSet(
            data, prefix=STEPS, initial=[_shown_step(each) for each in kept["transitions"]] if new else None,
            form_kwargs={"states": names, "house": house, **plain},
        )  # fmt: skip
        self.way = WayForm(data, prefix="w", initial=_shown_way(kept) if new else None, states=names)
        self.problems: list[str] = []

    @property
    def rows(self) -> list[Row]:
        """Every state and every step."""
        return [*self.states, *self.steps]

    def is_valid(self) -> bool:
        """Whether every control can be read; whether the way can be walked says `check`."""
        parts = [self.states.is_valid(), self.steps.is_valid(), self.way.is_valid()]
        return all(parts)

    def check(self) -> bool:
        """Whether the way can be walked; every problem stands at its row, otherwise in `problems`."""
        rows: dict[tuple[str, str], Row] = {(STATES, self.codes[_key(each)]): each for each in self.states}
        rows |= {(STEPS, code): each for code, each in zip(self.step_codes, self.steps, strict=True)}
        found = workflow.check(self.definition)
        for problem in found:
            kind, code = place_of(problem)
            if code.startswith("["):
                listed: Sequence[Row] = self.states.forms if kind == STATES else self.steps.forms
                row = listed[int(code.strip("[]"))]
            else:
                row = rows.get((kind, code))  # type: ignore[assignment]
            (self.problems if row is None else row.problems).append(in_words(problem))
        return not found

    @cached_property
    def codes(self) -> dict[str, str]:
        """Codes of the states by their keys: typed, or made of the name."""
        return dict(zip(map(_key, self.states), codes_of(self.states, "state"), strict=True))

    @cached_property
    def step_codes(self) -> list[str]:
        """Codes of the steps in their order."""
        return list(codes_of(self.steps, "step"))

    @cached_property
    def definition(self) -> dict[str, Any]:
        """The workflow as it is typed now."""
        states = {each["code"]: each for each in self.kept["states"]}
        steps = {each["code"]: each for each in self.kept["transitions"]}
        made = dict(self.kept)
        made["initial"] = self.codes.get(str(self.way["initial"].value()), "")
        made["states"] = [_kept_state(each, self.codes[_key(each)], states.get(_key(each), {})) for each in self.states]
        made["transitions"] = [
            self._kept_step(each, code, steps.get(_key(each), {}))
            for code, each in zip(self.step_codes, self.steps, strict=True)
        ]
        self._reopening(made)
        return made

    def _kept_step(self, form: StepForm, code: str, kept: Kept) -> dict[str, Any]:
        made = {**kept, "code": code}
        sources = _in_order(form["sources"].value(), kept.get("from"))
        made["from"] = [self.codes[each] for each in sources if each in self.codes]
        made["to"] = self.codes.get(str(form["to"].value() or ""), "")
        _take_words(made, "label", form.words("label"))
        made["by"] = _in_order(form["by"].value(), kept.get("by"))
        _take_list(made, "requires", _in_order(form["requires"].value(), kept.get("requires")))
        before = kept.get("effects", ())
        _take_list(made, "effects", [effects.as_kept(each, before) for each in form.effects])
        _take_words(made, "public_text", form.words("text"), optional=True)
        anchor, days = form["anchor"].value(), _whole(form["days"].value())
        if anchor:
            after = {**(kept.get("after") or {}), "anchor": anchor}
            if days != after.get("days", 0):
                after["days"] = days
            made["after"] = after
        elif made.get("after"):
            del made["after"]
        return made

    def _reopening(self, made: dict[str, Any]) -> None:
        to = str(self.way["reopen_to"].value() or "")
        if not to:
            if made.get("reopen"):
                del made["reopen"]
            return
        kept = self.kept.get("reopen") or {}
        by = _in_order(self.way["reopen_by"].value(), kept.get("by", DEFAULT_REOPENED_BY))
        again = {**kept, "to": self.codes.get(to, ""), "days": _whole(self.way["reopen_days"].value())}
        if "by" in kept or by != DEFAULT_REOPENED_BY:
            again["by"] = by
        made["reopen"] = again


def _key(form: Row) -> str:
    return str(form["key"].value() or "")


def codes_of(forms: Any, otherwise: str) -> Iterator[str]:
    """What was typed, also twice (the check names it); what is made of names is made once."""
    typed = [str(each["code"].value() or "").strip() for each in forms]
    taken = {each for each in typed if each}
    for number, (form, code) in enumerate(zip(forms, typed, strict=True), start=1):
        if not code:
            base = slug_of(form.title).replace("-", "_").strip("_0123456789")[:36] or f"{otherwise}_{number}"
            base = base if CODE.match(base) else f"{otherwise}_{number}"
            others = (f"{base}_{again}" for again in range(2, 999))
            made = next(each for each in (base, *others) if each not in taken)
            taken.add(made)
        yield code or made


def _whole(given: Any) -> int:
    return int(given) if str(given or "").strip().isdigit() else 0


def _in_order(given: Any, kept: Any) -> list[str]:
    """What was chosen; in the order that it is kept in where it is the same."""
    chosen = [str(each) for each in given or ()]
    before = list(kept or ())
    return before if sorted(chosen) == sorted(before) else chosen


def _take_words(made: dict[str, Any], name: str, words: dict[str, str], *, optional: bool = False) -> None:
    if words or not optional:
        made[name] = words
    else:
        made.pop(name, None)


def _take_list(made: dict[str, Any], name: str, given: list[Any]) -> None:
    if given or name in made:
        made[name] = given


def _words(name: str, kept: Mapping[str, str] | None) -> dict[str, str]:
    return {f"{name}_{language}": word for language, word in (kept or {}).items()}


def _shown_state(kept: Kept) -> dict[str, Any]:
    return {
        "key": kept["code"], "code": kept["code"], "phase": kept["phase"], "outcome": kept.get("outcome", ""),
        "pauses": {True: "yes", False: "no"}.get(kept.get("pauses"), ""), "end": _is_end(kept),  # type: ignore[arg-type]
        **_words("name", kept["public_label"]), **_words("text", kept["public_text"]),
    }  # fmt: skip


def _is_end(kept: Kept) -> bool:
    return kept.get("kind") == "end" or kept.get("phase") in workflow.END_PHASES


def _kept_state(form: StateForm, code: str, kept: Kept) -> dict[str, Any]:
    made = {**kept, "code": code, "phase": str(form["phase"].value() or "")}
    if not kept or form.is_end != _is_end(kept):
        made.pop("kind", None)
        if form.is_end:
            made["kind"] = "end"
    for name, value in (
        ("outcome", form["outcome"].value() or None),
        ("pauses", {"yes": True, "no": False}.get(str(form["pauses"].value()))),
    ):
        made.pop(name, None)
        if value is not None:
            made[name] = value
    _take_words(made, "public_label", form.words("name"))
    _take_words(made, "public_text", form.words("text"))
    return made


def _shown_step(kept: Kept) -> dict[str, Any]:
    after = kept.get("after") or {}
    return {
        "key": kept["code"], "code": kept["code"], "sources": kept["from"], "to": kept["to"], "by": kept["by"],
        "requires": kept.get("requires", []), "anchor": after.get("anchor", ""),
        "days": after.get("days", 0) if after else None,
        "effects": [effects.initial_of(each, number) for number, each in enumerate(kept.get("effects", ()))],
        **_words("label", kept["label"]), **_words("text", kept.get("public_text")),
    }  # fmt: skip


def _shown_way(kept: Kept) -> dict[str, Any]:
    again = kept.get("reopen") or {}
    return {
        "initial": kept["initial"], "reopen_to": again.get("to", ""), "reopen_days": again.get("days"),
        "reopen_by": again.get("by", DEFAULT_REOPENED_BY) if again else [],
    }  # fmt: skip
