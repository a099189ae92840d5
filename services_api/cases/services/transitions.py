"""The only way on: `transition` takes one step of a case's workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.cases import assignment, effects, events, selectors, terms
from services_api.cases.actors import Actor
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import Conflict, TransitionRefused
from services_api.cases.general_steps import ANSWERED_JOINTLY, in_all_languages
from services_api.cases.models import (
    AttachmentKind,
    Case,
    CaseEvent,
    CaseRelation,
    ClockPause,
    Decision,
    Message,
    MessageKind,
    Outcome,
)
from services_api.cases.services import given as reading
from services_api.cases.services.files import store
from services_api.cases.uploads import CleanFile
from services_api.cases.walks import possible, workflow_of
from services_api.procedures.public import END_PHASES, Phase, State, Transition


def transition(
    case: UUID,
    code: str,
    *,
    actor: Actor,
    expected_version: int,
    data: Mapping[str, Any] | None = None,
    files: Sequence[CleanFile] = (),
    key: UUID | None = None,
) -> Case:
    """Take the step `code`: row lock, expected version, guard, effects, one event, outgoing letters; all or nothing.

    `data` may hold texts (answer, reason, comment, question, missing, reply, ground, body, original), assignee (id of a
    user who may work on cases, or a token of `assignment`) or instead of it position or queue (ids), days (of an
    extension) and until (date by which the applicant answers). `key` names the message that the step writes, if any.
    Raises Case.DoesNotExist, Conflict (somebody was quicker), TransitionRefused (not possible, not allowed, or
    something it requires is missing).
    """
    with transaction.atomic():
        locked = lock(case)
        if locked.lock_version != expected_version:
            raise Conflict(locked.lock_version, selectors.changes_since(locked, expected_version))
        actor = actor.on(locked)
        found = _allowed(locked, code, actor)
        step = effects.Step(locked, found, actor.taking(found.by), reading.read(data or {}), files=files, key=key)
        target = workflow_of(locked.version).state(found.to)
        reading.guard(step, target, files)
        _walk(step, target)
    return locked


def lock(case: UUID) -> Case:
    """The case's row, locked until the transaction ends, with what a step reads of it. Raises Case.DoesNotExist."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("version__procedure", "applicant", "assignee", "assigned_position__unit", "assigned_queue")
        .get(uuid=case)
    )


def _allowed(case: Case, code: str, actor: Actor) -> Transition:
    found = next((each for each in possible(case) if each.code == code), None)
    if found is None:
        label = workflow_of(case.version).state(case.state).label()
        raise TransitionRefused(_("This step is not possible while the case is “%(state)s”.") % {"state": label})
    if not actor.functions & set(found.by):
        raise TransitionRefused(_("You are not allowed to take this step."))
    return found


def _walk(step: effects.Step, target: State) -> None:
    case, before, now = step.case, step.case.state, timezone.now()
    decides = reading.decides(step, target)
    if before != target.code:
        case.state_since = now
    case.state, case.phase = target.code, target.phase
    case.lock_version += 1
    if target.outcome:
        case.outcome = target.outcome
    elif decides and not case.outcome:
        case.outcome = Outcome.OTHER
    if decides or (target.phase in (Phase.DECIDED, Phase.CLOSED) and case.decided_at is None):
        case.decided_at = now
    if target.phase in END_PHASES and case.closed_at is None:
        case.closed_at = now
    effects.run(step)
    if "assignee" in step.data and "assignee" not in step.details:
        effects.assign(step, {})
    event = events.record(
        case,
        step.transition.code,
        step.actor,
        from_state=before,
        public_text=_public_text(step),
        comment=step.data["comment"],
        details=step.details,
    )
    if decides:
        _decide(step, event)
    for call in step.afterwards:
        call(event)
    if target.phase in END_PHASES:
        from services_api.cases.services.tasks import cancel_all

        cancel_all(case, event)
    _settle(step, target, event, now)
    case.save()


def _settle(step: effects.Step, target: State, event: CaseEvent, now: datetime) -> None:
    """The term stands still in states that stop it and runs on in all others; questions end with the waiting."""
    case = step.case
    pauses = target.pauses and not case.is_decided
    pause = ClockPause.objects.filter(case=case, end__isnull=True).first()
    if pauses and pause is None:
        ClockPause.objects.create(case=case, begin=now, begun_by=event)
    elif pause is not None and not pauses:
        pause.end, pause.ended_by = max(now, pause.begin), event
        pause.save(update_fields=["end", "ended_by"])
    if not target.pauses and target.phase != Phase.AWAITING_APPLICANT:
        Message.objects.filter(case=case, kind=MessageKind.QUESTION, settled_at__isnull=True).update(settled_at=now)
    terms.settle(case, terms.stored(case), now)


def _public_text(step: effects.Step) -> dict[str, str]:
    """The words of the workflow in all its languages; `{officer}` stands for whoever the case is assigned to."""
    officer = str(assignment.person_of(step.case) or "")
    return {
        language: text.replace("{officer}", officer).replace("{assignee}", officer)
        for language, text in (step.transition.event_text or {}).items()
    }


def _decide(step: effects.Step, event: CaseEvent) -> None:
    text, reasons = step.data["answer"], step.data["reason"]
    if not text and not reasons and not step.files:
        return
    decision = Decision.objects.create(
        case=step.case,
        event=event,
        outcome=step.case.outcome,
        text=text,
        reasons=reasons,
        decided_by=step.actor.label,
        decided_at=step.case.decided_at or event.at,
    )
    for each in step.files:
        store(each, case=step.case, decision=decision, kind=AttachmentKind.ANSWER)
    joined = CaseRelation.objects.filter(other=step.case, kind=CaseRelation.Kind.DUPLICATE)
    for relation in joined.select_related("case").order_by("case"):
        _decide_joined(step, decision, lock(relation.case.uuid))


def _decide_joined(step: effects.Step, decision: Decision, duplicate: Case) -> None:
    """Whoever applied about the same gets the same answer, on their own page and by letter."""
    event = events.record(
        duplicate,
        "answered_jointly",
        step.actor,
        from_state=duplicate.state,
        public_text=in_all_languages(ANSWERED_JOINTLY),
        details={"original": step.case.number},
    )
    copy = Decision.objects.create(
        case=duplicate,
        event=event,
        outcome=decision.outcome,
        text=decision.text,
        reasons=decision.reasons,
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
    )
    for each in step.files:
        store(each, case=duplicate, decision=copy, kind=AttachmentKind.ANSWER)
    announce(Announcement("answered", duplicate.uuid, event.sequence))
