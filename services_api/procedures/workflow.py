"""Workflow definitions: states and transitions as data, read into objects and checked.

A state maps to one phase of a small fixed enum, so that figures can be compared across the country; how a state is
called for the public is the procedure's own. The engine (cases) walks; here is only what may be walked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_api.procedures.texts import DefinitionError, check_text, pick


class Phase(models.TextChoices):
    """Where a case stands, the same for every procedure of the country."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    REGISTERED = "registered", _("registered")
    IN_PROGRESS = "in_progress", _("in progress")
    AWAITING_APPLICANT = "awaiting_applicant", _("waiting for the applicant")
    AWAITING_EXTERNAL = "awaiting_external", _("waiting for another body")
    DECIDED = "decided", _("decided")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REJECTED_INADMISSIBLE = "rejected_inadmissible", _("rejected as inadmissible")
    ARCHIVED = "archived", _("archived")


# Where a resident's way ends; a state of these phases lets nothing else happen.
END_PHASES = frozenset({Phase.CLOSED, Phase.WITHDRAWN, Phase.REJECTED_INADMISSIBLE, Phase.ARCHIVED})
FUNCTIONS = ("receiver", "executor", "signatory", "head", "applicant", "system")
# What a step may require of whoever takes it: texts of the form, and `tasks_joined`: no group of tasks is unfinished.
# `co_applicants`: nobody who was named is still to confirm.
REQUIREMENTS = (
    "reason", "answer", "assignee", "comment", "question", "reply", "ground", "body", "tasks_joined", "co_applicants",
)  # fmt: skip
OUTCOMES = ("granted", "refused", "other")
KINDS = ("wait", "auto", "end")
# What the engine offers as effects; it must know each of these names.
EFFECTS = (
    "assign", "notify_applicant", "notify_assignee", "stop_clock", "ask_for_documents", "take_reply", "extend_term",
    "forward", "issue_tasks", "call_connector",
)  # fmt: skip
# What the days of a step that comes by itself are counted from: the term of the case, the day the state began, the
# day until which the applicant was to answer.
ANCHORS = ("due", "state", "question")
MOST_DAYS = 3660
REOPENED_BY = ("receiver", "head")


@dataclass(frozen=True)
class State:
    code: str
    phase: str
    kind: str
    public_label: Mapping[str, str]
    public_text: Mapping[str, str]
    outcome: str = ""
    pauses: bool = False

    @property
    def is_end(self) -> bool:
        return self.kind == "end"

    def label(self, language: str | None = None) -> str:
        """What a resident reads as the state's name."""
        return pick(self.public_label, language)

    def text(self, language: str | None = None) -> str:
        """What a resident reads about what happens now."""
        return pick(self.public_text, language)


@dataclass(frozen=True)
class Effect:
    code: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Timeout:
    """When a step comes by itself: so many calendar days after the anchor (one of ANCHORS)."""

    anchor: str
    days: int = 0


@dataclass(frozen=True)
class Reopening:
    """Until how many calendar days after its end a case may be opened again, by whom, and in which state it goes on."""

    to: str
    days: int
    by: tuple[str, ...]


@dataclass(frozen=True)
class Transition:
    code: str
    sources: tuple[str, ...]
    to: str
    names: Mapping[str, str]
    by: tuple[str, ...]
    requires: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    event_text: Mapping[str, str] | None = None
    after: Timeout | None = None

    def label(self, language: str | None = None) -> str:
        """The words on the officer's button."""
        return pick(self.names, language)

    def public_text(self, language: str | None = None) -> str:
        """The line of the resident's timeline; empty: the event is not public."""
        return pick(self.event_text, language)

    def effect(self, code: str) -> Effect | None:
        """The first effect of this name, None when the step has none."""
        return next((each for each in self.effects if each.code == code), None)


@dataclass(frozen=True)
class Workflow:
    initial: str
    states: Mapping[str, State]
    transitions: Mapping[str, Transition]
    reopen: Reopening | None = None

    def state(self, code: str) -> State:
        """Raises KeyError for a code that the workflow does not have."""
        return self.states[code]

    def available(self, state: str, functions: set[str] | frozenset[str] | None = None) -> list[Transition]:
        """Transitions that lead on from a state, for these functions (None: all), in the order defined."""
        return [
            each
            for each in self.transitions.values()
            if state in each.sources and (functions is None or functions & set(each.by))
        ]

    def timeouts(self, state: str) -> list[Transition]:
        """Steps that come by themselves in a state."""
        return [each for each in self.transitions.values() if each.after is not None and state in each.sources]

    def stages(self) -> list[State]:
        """The straight way through, for the resident's overview: first state of each phase on the way to closing."""
        way = (Phase.SUBMITTED, Phase.REGISTERED, Phase.IN_PROGRESS, Phase.DECIDED, Phase.CLOSED)
        found = []
        for phase in way:
            first = next((each for each in self.states.values() if each.phase == phase), None)
            if first is not None:
                found.append(first)
        return found


def parse(definition: Mapping[str, Any]) -> Workflow:
    """The workflow as objects. Raises DefinitionError with every problem found."""
    problems = check(definition)
    if problems:
        raise DefinitionError(problems)
    return _read(definition)


def sketch(definition: Mapping[str, Any]) -> Workflow | None:
    """As much of a workflow as can be drawn while somebody still writes it; None while it has no state."""
    states = {each["code"]: each for each in definition["states"] if each.get("code")}
    if not states:
        return None
    steps = [
        {**each, "from": [code for code in each["from"] if code in states]}
        for each in definition["transitions"]
        if each["to"] in states
    ]
    initial = definition["initial"] if definition["initial"] in states else next(iter(states))
    return _read({"initial": initial, "states": list(states.values()), "transitions": steps})


def _read(definition: Mapping[str, Any]) -> Workflow:
    states = {
        each["code"]: State(
            code=each["code"],
            phase=each["phase"],
            kind=each.get("kind", "end" if each["phase"] in END_PHASES else "wait"),
            public_label=each["public_label"],
            public_text=each["public_text"],
            outcome=each.get("outcome", ""),
            # Waiting for the applicant stops the term unless the workflow says otherwise; every other state says so.
            pauses=bool(each.get("pauses", each["phase"] == Phase.AWAITING_APPLICANT)),
        )
        for each in definition["states"]
    }
    transitions = {
        each["code"]: Transition(
            code=each["code"],
            sources=tuple(each["from"]),
            to=each["to"],
            names=each["label"],
            by=tuple(each["by"]),
            requires=tuple(each.get("requires", ())),
            effects=tuple(_effect(effect) for effect in each.get("effects", ())),
            event_text=each.get("public_text"),
            after=Timeout(each["after"]["anchor"], each["after"].get("days", 0)) if each.get("after") else None,
        )
        for each in definition["transitions"]
    }
    again = definition.get("reopen")
    reopen = Reopening(again["to"], again["days"], tuple(again.get("by", REOPENED_BY))) if again else None
    return Workflow(definition["initial"], states, transitions, reopen)


def _effect(value: str | Mapping[str, Any]) -> Effect:
    return Effect(value) if isinstance(value, str) else Effect(value["code"], value.get("options", {}))


def check(definition: Any) -> list[str]:
    """Every problem of a workflow definition, as "path: what is wrong"; empty when it can be used."""
    if not isinstance(definition, Mapping):
        return ["workflow: must be an object"]
    problems: list[str] = []
    states = _listed(definition, "states", problems)
    transitions = _listed(definition, "transitions", problems)
    phases = {each["code"]: _check_state(each, problems) for each in states}
    for each in transitions:
        _check_transition(each, phases, problems)
    _check_reopening(definition.get("reopen"), phases, problems)
    if definition.get("initial") not in phases:
        problems.append("workflow.initial: is not a state")
    if not problems:
        _check_walk(definition["initial"], states, transitions, problems)
    return problems


def _listed(definition: Mapping[str, Any], name: str, problems: list[str]) -> list[Mapping[str, Any]]:
    given = definition.get(name)
    if not isinstance(given, list) or not given:
        problems.append(f"workflow.{name}: must be a list with at least one entry")
        return []
    found: dict[str, Mapping[str, Any]] = {}
    for number, each in enumerate(given):
        code = each.get("code") if isinstance(each, Mapping) else None
        if not isinstance(code, str) or not code:
            problems.append(f"workflow.{name}[{number}].code: is missing")
        elif code in found:
            problems.append(f"workflow.{name}[{number}].code: {code} stands twice")
        else:
            found[code] = each
    return list(found.values())


def _check_state(state: Mapping[str, Any], problems: list[str]) -> str:
    path = f"workflow.states.{state['code']}"
    if state.get("phase") not in Phase.values:
        problems.append(f"{path}.phase: must be one of {', '.join(Phase.values)}")
    if state.get("kind", "wait") not in KINDS:
        problems.append(f"{path}.kind: must be one of {', '.join(KINDS)}")
    if state.get("outcome", "other") not in OUTCOMES:
        problems.append(f"{path}.outcome: must be one of {', '.join(OUTCOMES)}")
    if not isinstance(state.get("pauses", False), bool):
        problems.append(f"{path}.pauses: must be true or false")
    for name in ("public_label", "public_text"):
        check_text(state.get(name), f"{path}.{name}", problems)
    return str(state.get("phase"))


def _check_transition(transition: Mapping[str, Any], states: Mapping[str, str], problems: list[str]) -> None:
    path = f"workflow.transitions.{transition['code']}"
    sources = transition.get("from")
    if not isinstance(sources, list) or not sources:
        problems.append(f"{path}.from: must be a list of states")
        sources = []
    for code in [*sources, transition.get("to")]:
        if code not in states:
            problems.append(f"{path}: {code} is not a state")
    for name, known, needed in (("by", FUNCTIONS, True), ("requires", REQUIREMENTS, False)):
        given = transition.get(name, [])
        if not isinstance(given, list) or (needed and not given) or set(given) - set(known):
            problems.append(f"{path}.{name}: must be a list out of {', '.join(known)}")
    for effect in transition.get("effects", []):
        code = effect if isinstance(effect, str) else isinstance(effect, Mapping) and effect.get("code")
        if code not in EFFECTS:
            problems.append(f"{path}.effects: {code} is not known; known are {', '.join(EFFECTS)}")
        elif code == "call_connector":
            options = effect.get("options", {}) if isinstance(effect, Mapping) else {}
            for name in ("number", "purpose", "legal_basis"):
                if not str(options.get(name) or "").strip():
                    problems.append(f"{path}.effects: call_connector needs {name}")
    _check_timeout(transition, path, problems)
    check_text(transition.get("label"), f"{path}.label", problems)
    check_text(transition.get("public_text"), f"{path}.public_text", problems, needed=False)


def _check_timeout(transition: Mapping[str, Any], path: str, problems: list[str]) -> None:
    after = transition.get("after")
    if after is None:
        return
    if not isinstance(after, Mapping) or after.get("anchor") not in ANCHORS:
        problems.append(f"{path}.after.anchor: must be one of {', '.join(ANCHORS)}")
        return
    if not _is_days(after.get("days", 0), least=0):
        problems.append(f"{path}.after.days: must be a whole number from 0 to {MOST_DAYS}")
    if "system" not in transition.get("by", []):
        problems.append(f"{path}.by: a step that comes by itself is taken by system")
    if transition.get("requires"):
        problems.append(f"{path}.requires: a step that comes by itself can require nothing")


def _check_reopening(again: Any, states: Mapping[str, str], problems: list[str]) -> None:
    if again is None:
        return
    if not isinstance(again, Mapping) or states.get(str(again.get("to"))) in (None, *END_PHASES):
        problems.append("workflow.reopen.to: must be a state that is no end")
        return
    if not _is_days(again.get("days"), least=1):
        problems.append(f"workflow.reopen.days: must be a whole number from 1 to {MOST_DAYS}")
    if set(again.get("by", REOPENED_BY)) - set(FUNCTIONS):
        problems.append(f"workflow.reopen.by: must be a list out of {', '.join(FUNCTIONS)}")


def _is_days(value: Any, *, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST_DAYS


def _check_walk(
    initial: str, states: list[Mapping[str, Any]], transitions: list[Mapping[str, Any]], problems: list[str]
) -> None:
    """Every state can be reached, every state that is no end leads to one, an end leads nowhere."""
    forward: dict[str, set[str]] = {each["code"]: set() for each in states}
    for each in transitions:
        for source in each["from"]:
            forward[source].add(each["to"])
    ends = {each["code"] for each in states if each.get("kind") == "end" or each["phase"] in END_PHASES}
    if not ends:
        problems.append("workflow.states: no state ends the way")
    for code in sorted(set(forward) - _reachable(initial, forward)):
        problems.append(f"workflow.states.{code}: cannot be reached from {initial}")
    for code in forward:
        if code in ends and forward[code]:
            problems.append(f"workflow.states.{code}: is an end but leads on")
        elif code not in ends and ends and not _reachable(code, forward) & ends:
            problems.append(f"workflow.states.{code}: leads to no end")


def _reachable(start: str, forward: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for code in forward[waiting.pop()] - seen:
            seen.add(code)
            waiting.append(code)
    return seen
