"""What a transition does beside changing the state: a registry of effects by the names that workflows use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.cases import assignment
from services_api.cases.actors import Actor
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import (
    AttachmentKind,
    Case,
    CaseEvent,
    CaseRelation,
    ClockExtension,
    ClockPause,
    Message,
    MessageKind,
    Outcome,
    PauseReason,
)
from services_api.cases.uploads import CleanFile
from services_api.procedures.public import Phase, Transition, pick
from services_api.workdays.public import local


@dataclass
class Step:
    """One transition while it is taken. `details` go into the event; `afterwards` is called with it.

    `key` names the message that the step writes: a form sent twice writes it once.
    """

    case: Case
    transition: Transition
    actor: Actor
    data: dict[str, Any]
    files: Sequence[CleanFile] = ()
    key: UUID | None = None
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
    """The case goes to whoever is named in the form, or to whoever takes the step (`{"to": "actor"}`)."""
    chosen = step.data.get("assignee")
    if options.get("to") == "actor":
        chosen = assignment.find(f"u{step.actor.user_id}", step.case)
    if chosen is None:
        return
    assignment.give(step.case, chosen)
    step.details["assignee"] = str(assignment.labels([step.case])[step.case.pk])


@effect("notify_applicant")
def notify_applicant(step: Step, options: Mapping[str, Any]) -> None:
    """A letter to the applicant: `{"message": ...}`, otherwise what the state means to them."""
    message = options.get("message") or options.get("template") or _message_for(step.case)
    step.afterwards.append(lambda event: _announce(str(message), event))


@effect("notify_assignee")
def notify_assignee(step: Step, options: Mapping[str, Any]) -> None:
    """A letter to the officer whose case it is now, unless the officer took the step."""
    person = assignment.person_of(step.case)
    if person is not None and person.pk != step.actor.user_id:
        step.afterwards.append(lambda event: _announce("assigned", event))


@effect("stop_clock")
def stop_clock(step: Step, options: Mapping[str, Any]) -> None:
    """The term ends with this step: the answer counts as given now."""
    if step.case.decided_at is None:
        step.case.decided_at = timezone.now()


@effect("ask_for_documents")
def ask_for_documents(step: Step, options: Mapping[str, Any]) -> None:
    """A question to the applicant with what is missing and until when; a letter tells them (`{"days": 10}`)."""
    missing = [line.strip("-• \t") for line in step.data["missing"].splitlines() if line.strip("-• \t")]
    step.details["until"] = step.data["until"].isoformat()

    def ask(event: CaseEvent) -> None:
        Message.objects.filter(case=step.case, kind=MessageKind.QUESTION, settled_at__isnull=True).update(
            settled_at=event.at
        )
        written = Message(
            case=step.case, event=event, kind=MessageKind.QUESTION, text=step.data["question"], missing=missing,
            author_label=step.actor.label[:300], at=event.at, due_at=step.data["until_moment"],
        )  # fmt: skip
        _write(step, written, AttachmentKind.LETTER)
        _announce("asked", event)

    step.afterwards.append(ask)


@effect("take_reply")
def take_reply(step: Step, options: Mapping[str, Any]) -> None:
    """What the applicant answers to the question, with files; the officer is told."""

    def take(event: CaseEvent) -> None:
        question = Message.objects.filter(case=step.case, kind=MessageKind.QUESTION, settled_at__isnull=True).first()
        written = Message(
            case=step.case, event=event, kind=MessageKind.REPLY, text=step.data["reply"],
            author_label=step.actor.label[:300], at=event.at, question=question,
        )  # fmt: skip
        _write(step, written, AttachmentKind.APPLICANT)
        if question is not None:
            Message.objects.filter(pk=question.pk).update(settled_at=event.at)
        person = assignment.person_of(step.case)
        if person is not None and person.pk != step.actor.user_id:
            _announce("reply", event)

    step.afterwards.append(take)


def _write(step: Step, message: Message, kind: AttachmentKind) -> None:
    from services_api.cases.services.files import store

    message.uuid = step.key or uuid4()
    message.save()
    for each in step.files:
        store(each, case=step.case, message=message, kind=kind)


@effect("extend_term")
def extend_term(step: Step, options: Mapping[str, Any]) -> None:
    """The term becomes longer, with its ground; a letter tells the applicant.

    `{"days": 30, "unit": "calendar_days", "times": 1}`: by at most so many days, so many times; or `{"rule": code}`:
    from now on another clock rule of the version counts.
    """
    rule = str(options.get("rule", ""))
    length = 0 if rule else int(step.data["days"])
    step.details.update({"ground": step.data["ground"], "days": length, "rule": rule})

    def extend(event: CaseEvent) -> None:
        ClockExtension.objects.create(
            case=step.case, length=length, unit=str(options.get("unit", "calendar_days")), rule=rule,
            ground=step.data["ground"], granted_at=event.at, decision=event,
        )  # fmt: skip
        _announce("extended", event)

    step.afterwards.append(extend)


@effect("issue_tasks")
def issue_tasks(step: Step, options: Mapping[str, Any]) -> None:
    """Tasks for whoever fills the functions named, at once or one after another.

    `{"kind": "approve", "to": ["signatory", "head"], "group": "visa", "join": "all", "days": 3, "in_turn": false,
    "text": {"hy": ...}}`; `to` may also name a queue as `queue:<code>`.
    """
    from services_api.cases.services import tasks

    to = assignment.tokens(step.case, options.get("to", ()))
    days = options.get("days")
    until = local(timezone.now()).date() + timedelta(days=int(days)) if days else None
    order = tasks.Order(
        kind=str(options.get("kind", "execute")), to=to, text=pick(options.get("text"), "hy"), until=until,
        join=str(options.get("join", "all")), in_turn=bool(options.get("in_turn")), group=str(options.get("group", "")),
    )  # fmt: skip

    def give(event: CaseEvent) -> None:
        tasks.give(step.case, order, step.actor)

    step.afterwards.append(give)


@effect("forward")
def forward(step: Step, options: Mapping[str, Any]) -> None:
    """The application goes to the body that may decide it; a letter tells the applicant."""
    step.details.update({"body": step.data["body"], "reason": step.data["reason"]})
    step.case.outcome = Outcome.FORWARDED
    step.afterwards.append(lambda event: _announce("forwarded", event))


@effect("merge")
def merge(step: Step, options: Mapping[str, Any]) -> None:
    """The case ends as a duplicate of another one, which goes on; a letter tells the applicant."""
    try:
        with transaction.atomic():
            other = Case.objects.select_for_update(of=("self",), nowait=True).get(pk=step.data["original_key"])
    except OperationalError as error:
        raise TransitionRefused(_("Somebody is working on the other case. Try again.")) from error
    step.details["original"] = other.number
    step.case.outcome = Outcome.MERGED

    def join(event: CaseEvent) -> None:
        from services_api.cases import events

        CaseRelation.objects.update_or_create(
            case=step.case, other=other,
            defaults={"kind": CaseRelation.Kind.DUPLICATE, "by_label": step.actor.label[:300], "at": event.at},
        )  # fmt: skip
        events.record(other, "joined", step.actor, from_state=other.state, details={"number": step.case.number})
        _announce("merged", event)

    step.afterwards.append(join)


@effect("reopen")
def reopen(step: Step, options: Mapping[str, Any]) -> None:
    """The case goes on; the time in which it was closed does not count for its term."""
    begin = step.case.decided_at or step.case.closed_at
    step.case.decided_at = step.case.closed_at = None
    step.case.outcome = ""
    step.details["reason"] = step.data["reason"]

    def resume(event: CaseEvent) -> None:
        ClockPause.objects.create(
            case=step.case, reason=PauseReason.CLOSED, begin=min(begin or event.at, event.at), end=event.at,
            begun_by=event, ended_by=event,
        )  # fmt: skip

    step.afterwards.append(resume)


def _message_for(case: Case) -> str:
    if case.outcome == Outcome.REFUSED:
        return "refused"
    return "answered" if case.phase in (Phase.DECIDED, Phase.CLOSED) else "progress"


def _announce(message: str, event: CaseEvent) -> None:
    announce(Announcement(message, event.case.uuid, event.sequence))
