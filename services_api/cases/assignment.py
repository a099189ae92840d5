"""To whom a case is given, and who that is today (ADR 0024): positions and queues are kept, people are found when read.

An addressee is named by a token: `p12` a position, `q3` a queue, `u5` (or the bare number) a person. A person who holds
positions stands for the first of them that may have the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services_api.cases.functions import bindings_for
from services_api.cases.models import Case, FunctionBinding
from services_api.cases.rights import ORDINARY_CLEARANCE, PERMISSION
from services_api.org.public import (
    Absence,
    Appointment,
    Position,
    Queue,
    Substitution,
    UnitTree,
    absences_between,
    absent_on,
    appointments_on,
    reach_of_position,
    reach_of_queue,
    substitutions_on,
    unit_tree,
)
from services_api.workdays.public import local

TOKEN = re.compile(r"([pqu]?)(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a case is given to: one of the three."""

    position: Position | None = None
    queue: Queue | None = None
    person: Any = None

    def __str__(self) -> str:
        return str(self.position or self.queue or self.person)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    token: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom a case may be given to: people with their positions first, then queues."""

    people: list[Choice]
    queues: list[Choice]


def today() -> date:
    """The date in Asia/Yerevan."""
    return local(timezone.now()).date()


class Roster:
    """Who is where today, each asked for once, however many questions one screen has about it."""

    def __init__(self) -> None:
        self.day = today()
        self._absences: dict[tuple[date, date], list[Absence]] = {}

    @cached_property
    def units(self) -> UnitTree:
        return unit_tree()

    @cached_property
    def holders(self) -> list[Appointment]:
        return list(appointments_on(self.day))

    @cached_property
    def standing_in(self) -> list[Substitution]:
        return list(substitutions_on(self.day).select_related("position__unit"))

    def absences(self, case: Case) -> list[Absence]:
        """Of everybody, from today to the last day of the term, or the other way round."""
        last = local(case.due_at).date() if case.due_at else self.day
        span = min(self.day, last), max(self.day, last)
        if span not in self._absences:
            self._absences[span] = list(absences_between(*span))
        return self._absences[span]


def workers() -> Any:
    """Active people who may work on cases, by name."""
    from django.contrib.auth import get_user_model

    return (
        get_user_model()
        .objects.with_perm(PERMISSION, backend="django.contrib.auth.backends.ModelBackend")
        .filter(is_active=True)
        .order_by("last_name", "first_name", "email")
    )


def choices(case: Case, roster: Roster | None = None) -> Choices:
    """Whom this case may be given to: whoever would see it. Six queries, however many people there are."""
    roster = roster or Roster()
    units, away = roster.units, _away(case, roster)
    working = {user.pk: user for user in workers()}
    people, named = [], set()
    for each in roster.holders:
        named.add(each.user_id)
        position = each.position
        if each.user_id in working and reach_of_position(position, units).includes(*_facts(case)):
            people.append(Choice(f"p{position.pk}", f"{each.user}, {position.title()}", away.get(each.user_id, "")))
    for acting in roster.standing_in:
        is_acting = acting.kind == Substitution.Kind.VACANCY and acting.user_id in working
        if is_acting and reach_of_position(acting.position, units).includes(*_facts(case)):
            people.append(Choice(f"p{acting.position_id}", f"{acting.user}, {acting.position.title()}", _("acting")))
    if case.confidentiality <= ORDINARY_CLEARANCE:
        for user in working.values():
            if user.pk not in named:
                title = getattr(user, "job_title", "")
                people.append(Choice(f"u{user.pk}", f"{user}, {title}" if title else str(user)))
    queues = [
        Choice(f"q{each.pk}", each.name()) for each in _queues() if reach_of_queue(each, units).includes(*_facts(case))
    ]
    return Choices(sorted(people, key=lambda choice: choice.label), queues)


def _away(case: Case, roster: Roster) -> dict[int, str]:
    """What is said beside the names of those who are away today or on the last day of the term."""
    day = roster.day
    last = local(case.due_at).date() if case.due_at else day
    found: dict[int, str] = {}
    for each in roster.absences(case):
        if each.valid_from <= day <= each.valid_to:
            found[each.user_id] = _("absent")
        elif each.valid_from <= last <= each.valid_to:
            found.setdefault(each.user_id, _("absent when the term ends"))
    return found


def find(token: Any, case: Case) -> Addressee | None:
    """The addressee that a token names, None unless the case may be given to it."""
    matched = TOKEN.fullmatch(str(token).strip())
    if matched is None:
        return None
    kind, key = matched[1] or "u", int(matched[2])
    if kind == "p":
        position = Position.objects.select_related("unit").filter(pk=key).first()
        fits = position is not None and _is_filled(position) and reach_of_position(position).includes(*_facts(case))
        return Addressee(position=position) if fits else None
    if kind == "q":
        queue = _queues().filter(pk=key).first()
        fits = queue is not None and reach_of_queue(queue).includes(*_facts(case))
        return Addressee(queue=queue) if fits else None
    return of_person(workers().filter(pk=key).first(), case)


def of_person(user: Any, case: Case) -> Addressee | None:
    """The addressee that a person stands for: a position of theirs, or they themselves when they hold none."""
    if user is None:
        return None
    held = [each.position for each in appointments_on(today()).filter(user_id=user.pk)]
    if not held:
        return Addressee(person=user) if case.confidentiality <= ORDINARY_CLEARANCE else None
    units = unit_tree()
    fitting = (each for each in held if reach_of_position(each, units).includes(*_facts(case)))
    position = next(fitting, None)
    return Addressee(position=position) if position else None


def give(case: Case, to: Addressee) -> None:
    """Set the columns; the caller saves. Whoever takes a case out of a queue of theirs leaves its name on it."""
    if to.queue is not None:
        case.assigned_queue, case.assigned_position, case.assignee = to.queue, None, None
        return
    if case.assigned_queue is not None:
        stays = to.position is not None and case.assigned_queue.members.filter(pk=to.position.pk).exists()
        case.assigned_queue = case.assigned_queue if stays else None
    case.assigned_position, case.assignee = to.position, to.person


def route(case: Case, procedure: str) -> None:
    """Give a new case of a procedure (its code) to whoever receives it; without a binding it is nobody's."""
    bound = bindings_for(procedure, case.settlement).get(FunctionBinding.Function.RECEIVER, [])
    for each in bound:
        token = f"q{each.queue_id}" if each.queue_id else f"p{each.position_id}"
        if (found := find(token, case)) is not None:
            give(case, found)
            return


def tokens(case: Case, wanted: Iterable[str]) -> list[str]:
    """Tokens of those who fill functions of workflows on a case (or of queues, `queue:<code>`), each once.

    Without a binding the head and the signatory are the first position that may sign, the others whoever has the case.
    """
    bound = bindings_for(case.version.procedure.code, case.settlement)
    found: list[str] = []
    for name in wanted:
        if name.startswith("queue:"):
            found += [f"q{key}" for key in Queue.objects.filter(code=name[6:]).values_list("pk", flat=True)]
        elif bindings := bound.get(name):
            found += [f"q{each.queue_id}" if each.queue_id else f"p{each.position_id}" for each in bindings]
        elif name in (FunctionBinding.Function.HEAD, FunctionBinding.Function.SIGNATORY):
            signing = (each for each in appointments_on(today()) if each.position.can_sign)
            first = next(signing, None)
            found += [f"p{first.position_id}"] if first else _own_token(case)
        else:
            found += _own_token(case)
    return list(dict.fromkeys(found))


def _own_token(case: Case) -> list[str]:
    if case.assigned_position_id:
        return [f"p{case.assigned_position_id}"]
    return [f"u{case.assignee_id}"] if case.assignee_id else []


def may_keep(case: Case) -> bool:
    """Whether whoever has the case may have it as it is now: its settlement, its confidentiality."""
    if case.assigned_position is not None:
        return reach_of_position(case.assigned_position).includes(*_facts(case))
    if case.assigned_queue is not None:
        return reach_of_queue(case.assigned_queue).includes(*_facts(case))
    return case.assignee is None or case.confidentiality <= ORDINARY_CLEARANCE


def is_given(case: Case) -> bool:
    """Whether somebody in particular has it; a queue is nobody yet."""
    return bool(case.assigned_position_id or case.assignee_id)


def people_of(cases: Sequence[Case], roster: Roster | None = None) -> dict[int, list[Any]]:
    """Who works on each case today, by its id: holders of the position, or who stands in; at most two queries."""
    positions = {each.assigned_position_id for each in cases if each.assigned_position_id}
    roster = roster or Roster()
    holding: dict[int, list[Any]] = {}
    if positions:
        for appointment in roster.holders:
            holding.setdefault(appointment.position_id, []).append(appointment.user)
        if empty := positions - set(holding):
            for substitution in roster.standing_in:
                if substitution.position_id in empty:
                    holding.setdefault(substitution.position_id, []).append(substitution.user)
    return {
        each.pk: holding.get(each.assigned_position_id, [])
        if each.assigned_position_id
        else ([each.assignee] if each.assignee else [])
        for each in cases
    }


def person_of(case: Case) -> Any:
    """Who answers for a case today: a holder who is there, then a substitute, then any holder; None when nobody."""
    people = people_of([case])[case.pk]
    if not people or not case.assigned_position_id:
        return people[0] if people else None
    away = absent_on(today())
    present = [each for each in people if each.pk not in away]
    if present:
        return present[0]
    procedure = case.version.procedure
    for each in substitutions_on(today()).filter(position_id=case.assigned_position_id):
        if covers(each, procedure.code, procedure.family):
            return each.user
    return people[0]


def members_today(queue: int | None) -> list[Any]:
    """Who holds a position of a queue today; nobody without a queue."""
    return [each.user for each in appointments_on(today()).filter(position__queues=queue)] if queue else []


def covers(substitution: Substitution, procedure: str, family: str) -> bool:
    """Whether a substitution covers the work of a procedure."""
    return substitution.is_full or bool({f"procedure:{procedure}", f"family:{family}"} & set(substitution.covers))


def labels(cases: Sequence[Case], people: dict[int, list[Any]] | None = None) -> dict[int, str]:
    """What lists show as the officer of each case: person and position, or the queue; "" for nobody's.

    `people` is `people_of(cases)` when it is known already.
    """
    people = people_of(cases) if people is None else people
    found = {}
    for each in cases:
        if each.assigned_position is not None:
            names = ", ".join(str(person) for person in people[each.pk])
            title = each.assigned_position.title()
            found[each.pk] = f"{names}, {title}" if names else title
        elif each.assignee is not None:
            found[each.pk] = str(each.assignee)
        else:
            found[each.pk] = each.assigned_queue.name() if each.assigned_queue else ""
    return found


def warning(case: Case, roster: Roster | None = None) -> str:
    """What the one who assigns must know: the term ends while the officer is away and nobody stands in; or ""."""
    if case.due_at is None or case.is_decided:
        return ""
    roster = roster or Roster()
    due, people = local(case.due_at).date(), people_of([case], roster)[case.pk]
    if not people:
        return ""
    away = {each.user_id: each for each in roster.absences(case) if each.valid_from <= due <= each.valid_to}
    if not all(each.pk in away for each in people):
        return ""
    procedure = case.version.procedure
    if case.assigned_position_id and any(
        covers(each, procedure.code, procedure.family)
        for each in substitutions_on(due).filter(position_id=case.assigned_position_id)
    ):
        return ""
    absence = away[people[0].pk]
    return _(
        "The term ends on %(due)s, but %(name)s is absent from %(first)s to %(last)s and nobody stands in."
    ) % {
        "due": date_format(due, "DATE_FORMAT"),
        "name": people[0],
        "first": date_format(absence.valid_from, "DATE_FORMAT"),
        "last": date_format(absence.valid_to, "DATE_FORMAT"),
    }  # fmt: skip


def _queues() -> QuerySet[Queue]:
    """Queues that know the highest clearance of their members, as `reach_of_queue` asks for it."""
    return Queue.objects.annotate(clearance=Max("members__clearance"))


def _facts(case: Case) -> tuple[str, int]:
    return case.settlement, case.confidentiality


def _is_filled(position: Position) -> bool:
    held: Iterable[Appointment] = appointments_on(today()).filter(position=position)[:1]
    return bool(list(held)) or substitutions_on(today()).filter(position=position).exists()
