"""What somebody gives with a step: read, and held against what the step requires."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.cases import assignment, effects, selectors
from services_api.cases.errors import FieldError, TransitionRefused
from services_api.cases.models import Case, Outcome, Task
from services_api.cases.uploads import CleanFile
from services_api.procedures.public import END_PHASES, Phase, State
from services_api.workdays.public import YEREVAN, local

TEXT_LENGTH = 20_000
WORDS = ("answer", "reason", "comment", "question", "missing", "reply", "ground", "body", "original")
# How long an applicant has to answer unless the officer or the workflow says another day.
REPLY_DAYS = 10
MOST_REPLY_DAYS = 90
END_OF_DAY = time(23, 59, 59)


def read(given: Mapping[str, Any]) -> dict[str, Any]:
    """Texts cleaned, numbers and dates as such. Raises TransitionRefused for what cannot be read at all."""
    cleaned: dict[str, Any] = {}
    for name in WORDS:
        value = given.get(name) or ""
        if not isinstance(value, str) or len(value) > TEXT_LENGTH or "\x00" in value:
            raise TransitionRefused(
                _("The text cannot be read."),
                [FieldError(name, _("Write a text of at most %(count)s signs.") % {"count": TEXT_LENGTH})],
            )
        cleaned[name] = value.replace("\r\n", "\n").strip()
    for name, kind in (("assignee", ""), ("position", "p"), ("queue", "q")):
        if given.get(name) not in (None, ""):
            cleaned["assignee"] = f"{kind}{given[name]}"
    if given.get("days") not in (None, ""):
        try:
            cleaned["days"] = int(given["days"])
        except (TypeError, ValueError):
            cleaned["days"] = 0
    until = given.get("until")
    if until not in (None, ""):
        try:
            cleaned["until"] = until if type(until) is date else date.fromisoformat(str(until).strip())
        except ValueError:
            cleaned["until"] = date.min
    return cleaned


def decides(step: effects.Step, target: State) -> bool:
    """Whether this step gives the answer: it leads to a decision and says something."""
    decided = bool(target.outcome) or target.phase in (Phase.DECIDED, Phase.REJECTED_INADMISSIBLE)
    return decided and step.case.decided_at is None


def guard(step: effects.Step, target: State, files: Sequence[CleanFile]) -> None:
    """Everything the step requires, told at once and by field. Raises TransitionRefused."""
    needed = set(step.transition.requires)
    if target.outcome == Outcome.REFUSED:
        needed.add("reason")
    if step.transition.effect("ask_for_documents"):
        needed.add("question")
    if step.transition.effect("take_reply"):
        needed.add("reply")
    if step.transition.effect("extend_term"):
        needed.add("ground")
    if step.transition.effect("forward"):
        needed.add("body")
    errors = [error for name in sorted(needed) for error in _missing(name, step, files)]
    if "assignee" in step.data:
        step.data["assignee"] = assignment.find(step.data["assignee"], step.case)
        if step.data["assignee"] is None:
            errors.append(FieldError("assignee", _("Choose an officer from the list.")))
    if files and not (decides(step, target) or needed & {"question", "reply"}):
        errors.append(FieldError("files", _("Files can be added only together with an answer.")))
    if target.phase in END_PHASES and not ends_tasks(step, target) and _unfinished(step.case):
        errors.append(FieldError("tasks", _("Tasks of this case are not finished. Wait for them or cancel them.")))
    if errors:
        raise TransitionRefused(_("Something is missing."), errors)


def ends_tasks(step: effects.Step, target: State) -> bool:
    """Whether the end takes the open tasks with it: the applicant or the clock ends the case, or it goes elsewhere."""
    elsewhere = step.transition.effect("forward") or step.transition.effect("merge")
    without_staff = step.actor.functions <= {"applicant", "system"}
    return bool(elsewhere) or without_staff or target.phase in (Phase.WITHDRAWN, Phase.REJECTED_INADMISSIBLE)


def _missing(name: str, step: effects.Step, files: Sequence[CleanFile]) -> list[FieldError]:
    check = CHECKS.get(name)
    if check is not None:
        return check(step)
    if step.data.get(name) or (files and name in ("answer", "reply")):
        return []
    words = {
        "answer": _("Write the answer or attach it as a file."),
        "reason": _("Write the reasons and the provision of law they rest on."),
        "comment": _("Write a comment."),
        "reply": _("Write an answer or attach a file."),
        "body": _("Write to which body the application goes."),
    }
    return [FieldError(name, words[name])]


def _assignee(step: effects.Step) -> list[FieldError]:
    if "assignee" in step.data:
        return []
    if not assignment.is_given(step.case):
        return [FieldError("assignee", _("Choose the officer who will answer."))]
    step.details["assignee"] = assignment.labels([step.case])[step.case.pk]
    return []


def _question(step: effects.Step) -> list[FieldError]:
    errors = []
    if not step.data["question"]:
        errors.append(FieldError("question", _("Write what the applicant has to send or explain.")))
    effect = step.transition.effect("ask_for_documents")
    today = local(timezone.now()).date()
    days = int(effect.options.get("days", REPLY_DAYS)) if effect else REPLY_DAYS
    until = step.data.setdefault("until", today + timedelta(days=days))
    if not today < until <= today + timedelta(days=MOST_REPLY_DAYS):
        errors.append(
            FieldError("until", _("Choose a day after today, at most %(days)s days ahead.") % {"days": MOST_REPLY_DAYS})
        )
    else:
        step.data["until_moment"] = datetime.combine(until, END_OF_DAY, tzinfo=YEREVAN)
    return errors


def _ground(step: effects.Step) -> list[FieldError]:
    errors = []
    if not step.data["ground"]:
        errors.append(FieldError("ground", _("Write on what ground the term is extended; the applicant is told.")))
    effect = step.transition.effect("extend_term")
    options = effect.options if effect else {}
    if step.case.extensions.count() >= int(options.get("times", 1)):
        errors.append(FieldError("ground", _("The term of this case cannot be extended once more.")))
    if options.get("rule"):
        return errors
    most = int(options.get("days", 30))
    days = step.data.setdefault("days", most)
    if not 1 <= days <= most:
        errors.append(FieldError("days", _("The term can be extended by 1 to %(most)s days.") % {"most": most}))
    return errors


def _original(step: effects.Step) -> list[FieldError]:
    number = selectors.normalised_number(step.data["original"])
    user = get_user_model().objects.filter(pk=step.actor.user_id or 0).first()
    found = None
    if number and user is not None:
        found = selectors.visible_cases(user).filter(number__in={number, number.upper()}).first()
    if found is None or found.pk == step.case.pk:
        return [FieldError("original", _("There is no other case with this number."))]
    if found.outcome == Outcome.MERGED:
        return [FieldError("original", _("That case was itself joined with another one."))]
    step.data["original_key"] = found.pk
    return []


def _tasks_joined(step: effects.Step) -> list[FieldError]:
    from services_api.cases.services.tasks import unjoined

    groups = unjoined(step.case)
    return [FieldError("tasks", _("The tasks of this case are not finished yet."))] if groups else []


def _co_applicants(step: effects.Step) -> list[FieldError]:
    from services_api.cases.services.together import waited_for

    if not waited_for(step.case):
        return []
    return [FieldError("co_applicants", _("Co-applicants have not all confirmed yet, and may still do so."))]


def _unfinished(case: Case) -> bool:
    return Task.objects.filter(case=case).unfinished().exists()


CHECKS: dict[str, Callable[[effects.Step], list[FieldError]]] = {
    "assignee": _assignee,
    "question": _question,
    "ground": _ground,
    "original": _original,
    "tasks_joined": _tasks_joined,
    "co_applicants": _co_applicants,
}
