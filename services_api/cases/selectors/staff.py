"""What members of staff see: one function decides which cases, all others narrow its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from services_api.cases import assignment, visibility
from services_api.cases.general_steps import NAMES, REOPEN
from services_api.cases.models import (
    Attachment,
    AttachmentKind,
    Case,
    CaseEvent,
    CaseQuerySet,
    CaseRelation,
    ClockExtension,
    ClockPause,
    Decision,
    Message,
    Task,
    TaskState,
)
from services_api.cases.models.case import UNDECIDED, overdue_at
from services_api.cases.selectors import searching
from services_api.cases.walks import workflow_of
from services_api.org.public import leaders_above
from services_api.org.public import officers as officers_on
from services_api.procedures.public import Phase, ProcedureVersion
from services_api.workdays.public import local

# The tabs of the inbox with a figure; closed cases are many and nobody waits for their number.
COUNTED = ("open", "mine", "queues", "unassigned", "overdue", "week", "waiting")
# A figure is exact up to here; beyond it "so many and more" is all that helps, and all that is said.
MOST_COUNTED = 999
# Large and never shown in lists.
HEAVY = (
    "answers", "version__form", "version__workflow", "version__texts", "version__clock",
)  # fmt: skip


def visible_cases(user: Any) -> CaseQuerySet:
    """The cases that a member of staff may see by the rule of `visibility`, and nothing else may be shown to them."""
    seen = visibility.condition(user)
    if seen is None:
        return Case.objects.none()
    return Case.objects.filter(seen, number__isnull=False)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the inbox is narrowed by; every value may be "". `which`: open, mine, queues, unassigned, overdue, week,
    waiting, closed or all."""

    which: str = "open"
    state: str = ""
    procedure: str = ""
    text: str = ""


def inbox(user: Any, filters: Filters, at: datetime | None = None, seen: CaseQuerySet | None = None) -> QuerySet[Case]:
    """Cases for a list, the most urgent first: undecided before decided, earliest due date first.

    `seen` here and below is `visible_cases(user)` where one answer asks for several things.
    """
    now = at or timezone.now()
    cases = (visible_cases(user) if seen is None else seen).filter(_condition(filters.which, user, now))
    if filters.state:
        cases = cases.filter(state=filters.state)
    if filters.procedure:
        cases = cases.filter(version__procedure__code=filters.procedure)
    for condition in searching.asked(filters.text):
        cases = cases.filter(condition)
    return (
        cases.select_related("applicant", "assignee", "assigned_position", "assigned_queue", "version__procedure")
        .defer(*HEAVY)
        .order_by(*_order(filters.which))
    )


def _order(which: str) -> list[Any]:
    """Undecided before decided, the earliest term first, as the index of open cases has it; closed: the newest."""
    if which == "closed":
        return ["-closed_at", "-id"]
    urgency = [F("decided_at").asc(nulls_first=True), "due_at", "id"]
    return [F("closed_at").asc(nulls_first=True), *urgency] if which == "all" else urgency


def _condition(which: str, user: Any, now: datetime) -> Q:
    here = local(now)
    end_of_week = here.replace(hour=23, minute=59, second=59) + timedelta(days=6 - here.weekday())
    is_open = Q(closed_at__isnull=True)
    untaken = Q(assignee__isnull=True, assigned_position__isnull=True)
    seats = visibility.seats_today(user)
    positions = {each.position_id for each in seats}
    queues = set().union(*(each.queues for each in seats))
    conditions = {
        "open": is_open,
        "mine": is_open & (Q(assignee_id=user.pk) | Q(assigned_position_id__in=positions)),
        "queues": is_open & untaken & Q(assigned_queue_id__in=queues),
        "unassigned": UNDECIDED & untaken,
        "overdue": overdue_at(now),
        "week": UNDECIDED & Q(due_at__lte=end_of_week),
        "waiting": is_open & Q(phase=Phase.AWAITING_APPLICANT),
        "closed": Q(closed_at__isnull=False),
        "all": Q(),
    }
    return conditions.get(which, conditions["open"])


def counts(user: Any, at: datetime | None = None, seen: CaseQuerySet | None = None) -> dict[str, int]:
    """How many cases stand behind each filter of the inbox, at most one more than MOST_COUNTED; one query.

    What is open is read once for all filters: that is quicker than to stop each of them at its most.
    """
    now = at or timezone.now()
    is_open = (visible_cases(user) if seen is None else seen).filter(_condition("open", user, now))
    found = is_open.order_by().aggregate(
        **{f"count_{name}": Count("pk", filter=_condition(name, user, now)) for name in COUNTED}
    )
    return {name: min(found[f"count_{name}"], MOST_COUNTED + 1) for name in COUNTED}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the inbox may be narrowed by: (code, label) pairs of all procedures that a case may follow."""

    states: list[tuple[str, str]]
    procedures: list[tuple[str, str]]


def inbox_choices() -> Choices:
    """States and procedures of all versions that were ever published; one query of a small table."""
    states: dict[str, str] = {}
    procedures: dict[str, str] = {}
    versions = ProcedureVersion.objects.exclude(state=ProcedureVersion.State.DRAFT).select_related("procedure")
    for version in versions.only("checksum", "procedure"):
        for state in workflow_of(version).states.values():
            states.setdefault(state.code, state.label())
        procedures.setdefault(version.procedure.code, version.procedure.name())
    return Choices(sorted(states.items(), key=lambda pair: pair[1]), sorted(procedures.items(), key=lambda p: p[1]))


def staff_case(user: Any, uuid: UUID) -> Case:
    """One case with everything its page shows. Raises Case.DoesNotExist, also for a case that may not be seen."""
    cases = (
        Case.objects.select_related(
            "applicant", "assignee", "assigned_position", "assigned_queue", "version__procedure"
        )
        .annotate(is_related=Exists(CaseRelation.objects.filter(Q(case=OuterRef("pk")) | Q(other=OuterRef("pk")))))
        .prefetch_related(
            Prefetch("events", CaseEvent.objects.order_by("sequence")),
            Prefetch("decisions", Decision.objects.prefetch_related("attachments").order_by("-decided_at", "-id")),
            Prefetch("attachments", Attachment.objects.order_by("created_at", "id")),
        )
    )
    return visibility.fetch(user, cases, uuid)


@dataclass(frozen=True, slots=True)
class Story:
    """What was written on a case and what moved its term."""

    messages: list[Message]
    pauses: list[ClockPause]
    extensions: list[ClockExtension]


def story_of(case: Case) -> Story:
    """The story of a case whose events are read. The chain tells what there can be, so most cases cost no query."""
    events = list(case.events.all())
    states = workflow_of(case.version).states
    letters = any(each.code in ("message_in", "message_out") or "until" in each.payload for each in events)
    paused = any(states[each.to_state].pauses or each.code == REOPEN for each in events)
    extended = any(each.payload.get("ground") for each in events)
    return Story(
        list(case.messages.prefetch_related("attachments").order_by("at", "id")) if letters else [],
        list(case.pauses.order_by("begin", "id")) if paused else [],
        list(case.extensions.order_by("granted_at", "id")) if extended else [],
    )


def relations_of(user: Any, case: Case) -> list[dict[str, Any]]:
    """Cases that belong to this one, as far as this person may see them: {uuid, number, subject, words}.

    Most cases belong to no other: `staff_case` says so in `is_related`.
    """
    rows = list(CaseRelation.objects.filter(Q(case=case) | Q(other=case)).select_related("case", "other"))
    if not rows:
        return []
    others = [(each.other, each) if each.case_id == case.pk else (each.case, each) for each in rows]
    seen = set(visible_cases(user).filter(pk__in=[other.pk for other, _row in others]).values_list("pk", flat=True))
    return [
        {"uuid": other.uuid, "number": other.number, "subject": other.subject, "words": _relation(row, case)}
        for other, row in others
        if other.pk in seen
    ]


def _relation(row: CaseRelation, case: Case) -> str:
    """What the other case is, seen from this one."""
    if row.case_id == case.pk:
        return str(row.get_kind_display())
    return gettext("joined with this one") if row.kind == CaseRelation.Kind.DUPLICATE else gettext("related")


def tasks_of_case(user: Any, case: Case) -> list[dict[str, Any]]:
    """Tasks of a case in their groups, each with what this person may do: {task, to, is_mine, is_issued_by_me}."""
    if not any(each.code == "tasks" for each in case.events.all()):
        return []
    tasks = list(Task.objects.filter(case=case).select_related("user", "position__unit", "queue").order_by("id"))
    asked = [each.pk for each in tasks if each.state == TaskState.OPEN]
    # Whose they are is asked only when there is one to be done.
    given = Task.objects.filter(visibility.given_to(user), pk__in=asked) if asked else Task.objects.none()
    mine = set(given.values_list("pk", flat=True))
    return [
        {
            "task": each,
            "to": str(each.position or each.queue or each.user),
            "is_mine": each.pk in mine,
            "is_issued_by_me": each.issuer_id == user.pk,
            "is_overdue": each.is_overdue(),
        }
        for each in tasks
    ]


def my_tasks(user: Any, seen: CaseQuerySet | None = None) -> QuerySet[Task]:
    """Open tasks that somebody has today, the most urgent first; those of cases above the clearance are left out."""
    cases = visible_cases(user) if seen is None else seen
    return (
        Task.objects.filter(visibility.given_to(user), state=TaskState.OPEN, case__in=cases)
        .select_related("case__version__procedure", "case__applicant", "position__unit", "queue", "user")
        .defer(*(f"case__{name}" for name in HEAVY))
        .order_by(F("due_at").asc(nulls_last=True), "id")
    )


def staff_task(user: Any, uuid: UUID) -> Task:
    """One task of a case that somebody may see. Raises Task.DoesNotExist."""
    found = (
        Task.objects.filter(case__in=visible_cases(user))
        .select_related("case__version__procedure", "case__applicant", "position__unit", "queue", "user")
        .defer(*(f"case__{name}" for name in HEAVY))
    )
    return found.get(uuid=uuid)


def responsible_people(case: Case) -> list[int]:
    """Accounts of those who have to act on a case now: whoever has it, its queue's members, otherwise all officers."""
    found = assignment.people_of([case])[case.pk] or assignment.members_today(case.assigned_queue_id)
    return [each.pk for each in found] or list(assignment.workers().values_list("pk", flat=True))


def heads(at: datetime | None = None) -> list[int]:
    """Accounts of the officers who may sign: they are told when a term is missed."""
    signing = {each.user_id for each in officers_on(local(at or timezone.now()).date(), "hy") if each.can_sign}
    return list(assignment.workers().filter(pk__in=signing).values_list("pk", flat=True))


def superiors(case: Case, level: int, at: datetime | None = None) -> set[int]:
    """Accounts of those who are told that a term is missed: at the first distance whoever leads the unit that has the
    case, at each further one also whoever leads the next unit above. Those who may sign are told when the way up has
    ended. Only who sees the case is told of it."""
    day = local(at or timezone.now()).date()
    has = case.assigned_position or case.assigned_queue
    levels = leaders_above(has.unit_id if has else None, day)
    told: set[int] = set().union(*levels[: level + 1])
    if level >= len(levels) - 1:
        told.update(heads(at))
    return {each.pk for each in assignment.workers().filter(pk__in=told) if visibility.reached(each, case)}


def changes_since(case: Case, revision: int) -> list[dict[str, Any]]:
    """What happened to a case after a revision, for somebody whose page is older."""
    workflow = workflow_of(case.version)
    changes = []
    for event in CaseEvent.objects.filter(case=case).order_by("sequence"):
        if int(event.payload.get("revision", 0)) > revision:
            step = workflow.transitions.get(event.code)
            changes.append(
                {
                    "at": event.at.isoformat(),
                    "what": step.label() if step else gettext(NAMES.get(event.code, event.code)),
                    "who": event.actor_label,
                    "state": event.to_state,
                }
            )
    return changes


def uploads_by_id(identifiers: Iterable[UUID]) -> dict[UUID, Attachment]:
    """Files that a program uploaded before, also those a case has taken since; answers' files are not among them."""
    found = Attachment.objects.filter(uuid__in=list(identifiers), decision__isnull=True, kind=AttachmentKind.APPLICANT)
    return {each.uuid: each for each in found}
