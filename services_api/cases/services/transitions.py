"""The only way on: `transition` takes one step of a case's workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.cases import effects, events, selectors
from services_api.cases.actors import Actor
from services_api.cases.errors import Conflict, FieldError, TransitionRefused
from services_api.cases.models import AttachmentKind, Case, CaseEvent, Decision, Outcome
from services_api.cases.services.files import store
from services_api.cases.uploads import CleanFile
from services_api.cases.walks import workflow_of
from services_api.procedures.public import END_PHASES, Phase, State, Transition

TEXT_LENGTH = 20_000
WORDS = ("answer", "reason", "comment")


def transition(
    case: UUID,
    code: str,
    *,
    actor: Actor,
    expected_version: int,
    data: Mapping[str, Any] | None = None,
    files: Sequence[CleanFile] = (),
) -> Case:
    """Take the step `code`: row lock, expected version, guard, effects, one event, outgoing letters; all or nothing.

    `data` may hold answer, reason, comment (texts) and assignee (id of a user who may work on cases).
    Raises Case.DoesNotExist, Conflict (somebody was quicker), TransitionRefused (not possible, not allowed, or
    something it requires is missing).
    """
    given = dict(data or {})
    with transaction.atomic():
        locked = (
            Case.objects.select_for_update(of=("self",))
            .select_related("version__procedure", "applicant", "assignee")
            .get(uuid=case)
        )
        if locked.lock_version != expected_version:
            raise Conflict(locked.lock_version, selectors.changes_since(locked, expected_version))
        step = effects.Step(locked, _allowed(locked, code, actor), actor, _read(given))
        target = workflow_of(locked.version).state(step.transition.to)
        _guard(step, target, files)
        _walk(step, target, files)
    return locked


def _allowed(case: Case, code: str, actor: Actor) -> Transition:
    workflow = workflow_of(case.version)
    found = next((each for each in workflow.available(case.state) if each.code == code), None)
    if found is None:
        raise TransitionRefused(_("This step is not possible while the case is “%(state)s”.")
                                % {"state": workflow.state(case.state).label()})  # fmt: skip
    if not actor.functions & set(found.by):
        raise TransitionRefused(_("You are not allowed to take this step."))
    return found


def _read(given: Mapping[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for name in WORDS:
        value = given.get(name) or ""
        if not isinstance(value, str) or len(value) > TEXT_LENGTH:
            raise TransitionRefused(
                _("The text cannot be read."),
                [FieldError(name, _("Write a text of at most %(count)s signs.") % {"count": TEXT_LENGTH})],
            )
        cleaned[name] = value.replace("\r\n", "\n").strip()
    assignee = given.get("assignee")
    if assignee not in (None, ""):
        try:
            cleaned["assignee"] = int(assignee)
        except (TypeError, ValueError):
            cleaned["assignee"] = 0
    return cleaned


def _guard(step: effects.Step, target: State, files: Sequence[CleanFile]) -> None:
    """Everything the step requires, told at once and by field."""
    data, needed, errors = step.data, set(step.transition.requires), []
    if target.outcome == Outcome.REFUSED:
        needed.add("reason")
    if "answer" in needed and not data["answer"] and not files:
        errors.append(FieldError("answer", _("Write the answer or attach it as a file.")))
    if "reason" in needed and not data["reason"]:
        errors.append(FieldError("reason", _("Write the reasons and the provision of law they rest on.")))
    if "comment" in needed and not data["comment"]:
        errors.append(FieldError("comment", _("Write a comment.")))
    if "assignee" in data:
        if not selectors.officers().filter(pk=data["assignee"]).exists():
            errors.append(FieldError("assignee", _("Choose an officer from the list.")))
    elif "assignee" in needed and step.case.assignee_id is None:
        errors.append(FieldError("assignee", _("Choose the officer who will answer.")))
    elif "assignee" in needed:
        step.details["assignee"] = str(step.case.assignee)
    if files and not _decides(step, target):
        errors.append(FieldError("files", _("Files can be added only together with an answer.")))
    if errors:
        raise TransitionRefused(_("Something is missing."), errors)


def _decides(step: effects.Step, target: State) -> bool:
    """Whether this step gives the answer: it leads to a decision and says something."""
    decided = bool(target.outcome) or target.phase in (Phase.DECIDED, Phase.REJECTED_INADMISSIBLE)
    return decided and step.case.decided_at is None


def _walk(step: effects.Step, target: State, files: Sequence[CleanFile]) -> None:
    case, before, now = step.case, step.case.state, timezone.now()
    decides = _decides(step, target)
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
    case.save()
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
        _decide(step, event, files)
    for call in step.afterwards:
        call(event)


def _public_text(step: effects.Step) -> dict[str, str]:
    """The words of the workflow in all its languages; `{officer}` stands for whoever the case is assigned to."""
    officer = str(step.case.assignee or "")
    return {
        language: text.replace("{officer}", officer).replace("{assignee}", officer)
        for language, text in (step.transition.event_text or {}).items()
    }


def _decide(step: effects.Step, event: CaseEvent, files: Sequence[CleanFile]) -> None:
    text, reasons = step.data["answer"], step.data["reason"]
    if not text and not reasons and not files:
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
    for each in files:
        store(each, case=step.case, decision=decision, kind=AttachmentKind.ANSWER)
