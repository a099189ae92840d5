"""Tasks: given, done, returned, refused, cancelled; and when a group of them is joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from services_api.cases import assignment, events, visibility
from services_api.cases.actors import Actor, staff
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import FieldError, TransitionRefused
from services_api.cases.models import UNFINISHED, Case, CaseEvent, Task, TaskKind, TaskState
from services_api.cases.services.transitions import lock
from services_api.org.public import appointments_on, substitutions_on
from services_api.workdays.public import YEREVAN, local

TEXT_LENGTH = 5_000
MOST_AT_ONCE = 20
END_OF_OFFICE_DAY = time(18)
# How a task ends by whoever has it.
ENDS = (TaskState.DONE, TaskState.RETURNED, TaskState.REFUSED)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: of whom (tokens of `assignment`), what, until which day, and how the answers are joined.

    `join`: all, any, or a number of tasks that suffices. `in_turn`: one after another in the order of `to`.
    """

    kind: str
    to: Sequence[str]
    text: str = ""
    until: date | None = None
    join: str = "all"
    in_turn: bool = False
    group: str = ""
    parent: UUID | None = None


@transaction.atomic
def issue(case: UUID, order: Order, *, actor: Actor) -> list[Task]:
    """Give tasks of one group; whoever gets an open one is written to. Raises TransitionRefused."""
    locked = lock(case)
    actor = actor.on(locked)
    if not actor.functions:
        raise TransitionRefused(_("You are not allowed to take this step."))
    return give(locked, order, actor)


def give(case: Case, order: Order, actor: Actor) -> list[Task]:
    """The same for a case that is locked already (an effect of a step). One event for the whole group."""
    addressees = _checked(case, order)
    parent = Task.objects.filter(uuid=order.parent, case=case).first() if order.parent else None
    group = order.group or f"g{Task.objects.filter(case=case).values('group').distinct().count() + 1}"
    due_at = datetime.combine(order.until, END_OF_OFFICE_DAY, tzinfo=YEREVAN) if order.until else None
    needed = {"all": 0, "any": 1}.get(order.join) if not order.join.isdigit() else int(order.join)
    tasks = [
        Task(
            case=case, kind=order.kind, text=order.text, due_at=due_at, group=group, needed=needed or 0, parent=parent,
            order=number if order.in_turn else 0,
            state=TaskState.PLANNED if order.in_turn and number > 1 else TaskState.OPEN,
            issuer_id=actor.user_id, issuer_label=actor.label[:300],
            position=to.position, queue=to.queue, user=to.person,
        )
        for number, to in enumerate(addressees, start=1)
    ]  # fmt: skip
    Task.objects.bulk_create(tasks)
    names, letter = [str(each) for each in addressees], _letter(order.kind, order.text, due_at)
    event = events.record(
        case, "tasks", actor, from_state=case.state, details={"group": group, "to": names, "letter": letter}
    )
    for task in tasks:
        _tell(task, event)
    return tasks


def _checked(case: Case, order: Order) -> list[assignment.Addressee]:
    errors = []
    found = [assignment.find(each, case) for each in dict.fromkeys(order.to)]
    addressees = [each for each in found if each is not None]
    if case.is_closed:
        errors.append(FieldError("kind", _("The case is closed.")))
    if order.kind not in TaskKind.values:
        errors.append(FieldError("kind", _("Choose what is asked for.")))
    if not addressees or len(addressees) != len(found):
        errors.append(FieldError("to", _("Choose who gets the task.")))
    if len(found) > MOST_AT_ONCE:
        errors.append(FieldError("to", _("Choose at most %(count)s people at once.") % {"count": MOST_AT_ONCE}))
    if len(order.text) > TEXT_LENGTH or "\x00" in order.text:
        errors.append(FieldError("text", _("Write a text of at most %(count)s signs.") % {"count": TEXT_LENGTH}))
    if order.until is not None and order.until < local(timezone.now()).date():
        errors.append(FieldError("due", _("The day has passed. Choose another one.")))
    if order.join not in ("all", "any") and not (order.join.isdigit() and 1 <= int(order.join) <= len(found)):
        errors.append(FieldError("join", _("Choose how many have to be done.")))
    if errors:
        raise TransitionRefused(_("Something is missing."), errors)
    return addressees


@transaction.atomic
def finish(task: UUID, state: str, result: str = "", *, user: Any) -> Task:
    """Done, returned to the issuer, or refused with reasons, by whoever the task is given to.

    The next task in turn opens; when enough of a group are done, the rest is cancelled. The issuer is told.
    Raises Task.DoesNotExist (also for a task of others), TransitionRefused.
    """
    found, case, actor = _locked(task, user)
    if not Task.objects.filter(visibility.given_to(user), pk=found.pk).exists():
        raise Task.DoesNotExist
    said = result.replace("\r\n", "\n").strip()
    if found.state != TaskState.OPEN:
        raise TransitionRefused(_("This task is finished already."))
    if state not in ENDS:
        raise TransitionRefused(_("Something is missing."), [FieldError("state", _("Choose how the task ends."))])
    if len(said) > TEXT_LENGTH or "\x00" in said:
        raise TransitionRefused(
            _("The text cannot be read."),
            [FieldError("result", _("Write a text of at most %(count)s signs.") % {"count": TEXT_LENGTH})],
        )
    needs_words = state != TaskState.DONE or found.kind in (TaskKind.OPINION, TaskKind.REPORT)
    if needs_words and not said:
        raise TransitionRefused(_("Something is missing."), [FieldError("result", _("Write why, or the result."))])
    return _end(found, case, state, said, actor)


@transaction.atomic
def cancel(task: UUID, *, user: Any) -> Task:
    """The issuer, or whoever receives and heads, takes a task back, also a refused one. Raises as `finish`."""
    found, case, actor = _locked(task, user)
    if found.issuer_id != user.pk and not actor.functions & {"receiver", "head"}:
        raise Task.DoesNotExist
    if found.state in (TaskState.DONE, TaskState.CANCELLED):
        raise TransitionRefused(_("This task is finished already."))
    return _end(found, case, TaskState.CANCELLED, found.result, actor)


@transaction.atomic
def postpone(task: UUID, until: date | None, *, user: Any) -> Task:
    """Another last day for an unfinished task, by its issuer; whoever has it is told. Raises as `finish`."""
    found, case, actor = _locked(task, user)
    if found.issuer_id != user.pk:
        raise Task.DoesNotExist
    if found.state not in UNFINISHED:
        raise TransitionRefused(_("This task is finished already."))
    if until is None or until < local(timezone.now()).date():
        raise TransitionRefused(
            _("Something is missing."), [FieldError("due", _("The day has passed. Choose another one."))]
        )
    found.due_at = datetime.combine(until, END_OF_OFFICE_DAY, tzinfo=YEREVAN)
    found.save(update_fields=["due_at"])
    letter = _letter(found.kind, found.text, found.due_at)
    event = events.record(case, "task_postponed", actor, from_state=case.state, details={"letter": letter})
    _tell(found, event)
    return found


def _locked(task: UUID, user: Any) -> tuple[Task, Case, Actor]:
    """The task with its case, whose row is locked, and the person as an actor on it. Raises Task.DoesNotExist."""
    found = Task.objects.select_related("case").get(uuid=task)
    case = lock(found.case.uuid)
    # What another process did while we waited for the case's row.
    found.refresh_from_db()
    return found, case, staff(user).on(case)


def _end(task: Task, case: Case, state: str, result: str, actor: Actor) -> Task:
    task.state, task.result = state, result
    task.finished_at, task.finished_by = timezone.now(), actor.label[:300]
    task.save(update_fields=["state", "result", "finished_at", "finished_by"])
    with override("hy"):
        words = str(TaskState(state).label)
    letter = {**_letter(task.kind, result or task.text, None), "state": words}
    details = {"task": str(task.uuid), "state": state, "letter": letter}
    event = events.record(case, "task_finished", actor, from_state=case.state, comment=result, details=details)
    _go_on(task, event)
    if task.issuer_id and task.issuer_id != actor.user_id:
        announce(Announcement("task_finished", case.uuid, event.sequence, to=task.issuer_id))
    return task


def _go_on(task: Task, event: CaseEvent) -> None:
    """Open the next in turn, or cancel what is not needed any more."""
    group = list(Task.objects.filter(case=task.case, group=task.group))
    if is_joined(group):
        rest = [each.pk for each in group if each.state in UNFINISHED]
        Task.objects.filter(pk__in=rest).update(
            state=TaskState.CANCELLED, finished_at=event.at, finished_by=event.actor_label
        )
        return
    if any(each.state in (TaskState.OPEN, TaskState.RETURNED, TaskState.REFUSED) for each in group):
        return
    planned = [each for each in group if each.state == TaskState.PLANNED]
    following = min(planned, key=lambda each: each.order, default=None)
    if following is not None:
        following.state = TaskState.OPEN
        following.save(update_fields=["state"])
        # The letter says what was asked when the group was given.
        given = CaseEvent.objects.filter(case=task.case, code="tasks", payload__group=task.group).last()
        _tell(following, given or event)


def is_joined(tasks: list[Task]) -> bool:
    """Whether a group is finished: so many done as it needs, or all of them when it says 0. Cancelled ones are gone."""
    counted = [each for each in tasks if each.state != TaskState.CANCELLED]
    done = sum(each.state == TaskState.DONE for each in counted)
    needed = max((each.needed for each in counted), default=0)
    return done >= min(needed, len(counted)) if needed else done == len(counted)


def unjoined(case: Case) -> list[str]:
    """Groups of a case that are not joined, in order."""
    groups: dict[str, list[Task]] = {}
    for task in Task.objects.filter(case=case):
        groups.setdefault(task.group, []).append(task)
    return sorted(group for group, tasks in groups.items() if not is_joined(tasks))


def cancel_all(case: Case, event: CaseEvent) -> None:
    """The case has ended: nobody has to do anything more."""
    Task.objects.filter(case=case, state__in=UNFINISHED).update(
        state=TaskState.CANCELLED, finished_at=timezone.now(), finished_by=event.actor_label
    )


def people_of(task: Task) -> list[int]:
    """Accounts of those who have a task today: the person, who holds the position or stands in, the queue's members."""
    if task.user_id:
        return [task.user_id]
    if task.queue_id:
        return [each.pk for each in assignment.members_today(task.queue_id)]
    today = assignment.today()
    holders = [each.user_id for each in appointments_on(today).filter(position=task.position)]
    return holders or [each.user_id for each in substitutions_on(today).filter(position=task.position)]


def _tell(task: Task, event: CaseEvent) -> None:
    if task.state != TaskState.OPEN:
        return
    for person in people_of(task):
        if person != event.actor_id:
            announce(Announcement("task", task.case.uuid, event.sequence, to=person, mark=str(task.uuid)[:8]))


def _letter(kind: str, text: str, due_at: datetime | None) -> dict[str, str]:
    """Words for the letter about a task; staff are written to in Armenian."""
    with override("hy"):
        return {
            "kind": str(TaskKind(kind).label),
            "text": text,
            "due": date_format(local(due_at), "DATE_FORMAT") if due_at else "",
        }
