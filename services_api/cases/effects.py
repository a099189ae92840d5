"""What a transition does beside changing the state: a registry of effects by the names that workflows use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from services_api.cases.actors import Actor
from services_api.cases.announcements import Announcement, announce
from services_api.cases.models import Case, CaseEvent, Outcome
from services_api.procedures.public import Phase, Transition


@dataclass
class Step:
    """One transition while it is taken. `details` go into the event; `afterwards` is called with it."""

    case: Case
    transition: Transition
    actor: Actor
    data: Mapping[str, Any]
    details: dict[str, Any] = field(default_factory=dict)
    afterwards: list[Callable[[CaseEvent], None]] = field(default_factory=list)


Effect = Callable[[Step, Mapping[str, Any]], None]
_effects: dict[str, Effect] = {}


def effect(code: str) -> Callable[[Effect], Effect]:
    """Decorator: what the name `code` in a workflow's effects does."""

    def decorate(function: Effect) -> Effect:
        _effects[code] = function
        return function

    return decorate


def known() -> frozenset[str]:
    """Names that workflows may use."""
    return frozenset(_effects)


def run(step: Step) -> None:
    """Run the effects of the transition in the order of the workflow."""
    for each in step.transition.effects:
        _effects[each.code](step, each.options)


@effect("assign")
def assign(step: Step, options: Mapping[str, Any]) -> None:
    """The case goes to the officer named in the form, or to whoever takes the step (`{"to": "actor"}`)."""
    chosen = step.actor.user_id if options.get("to") == "actor" else step.data.get("assignee")
    if chosen is None:
        return
    step.case.assignee = get_user_model().objects.get(pk=chosen)
    step.details["assignee"] = str(step.case.assignee)


@effect("notify_applicant")
def notify_applicant(step: Step, options: Mapping[str, Any]) -> None:
    """A letter to the applicant: `{"message": ...}`, otherwise what the state means to them."""
    message = options.get("message") or options.get("template") or _message_for(step.case)
    step.afterwards.append(lambda event: _announce(str(message), event))


@effect("notify_assignee")
def notify_assignee(step: Step, options: Mapping[str, Any]) -> None:
    """A letter to the officer whose case it is now, unless the officer took the step."""
    if step.case.assignee_id and step.case.assignee_id != step.actor.user_id:
        step.afterwards.append(lambda event: _announce("assigned", event))


@effect("stop_clock")
def stop_clock(step: Step, options: Mapping[str, Any]) -> None:
    """The term ends with this step: the answer counts as given now."""
    if step.case.decided_at is None:
        step.case.decided_at = timezone.now()


def _message_for(case: Case) -> str:
    if case.outcome == Outcome.REFUSED:
        return "refused"
    return "answered" if case.phase in (Phase.DECIDED, Phase.CLOSED) else "progress"


def _announce(message: str, event: CaseEvent) -> None:
    announce(Announcement(message, event.case.uuid, event.sequence))
