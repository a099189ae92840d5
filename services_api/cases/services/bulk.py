"""The same on several cases: each is locked, checked and done by itself, and what was not done is told with its reason.

Sent twice it does nothing twice: a case that has moved on since the list was shown is left alone, unless it moved on
by this very act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services_api.cases import selectors
from services_api.cases.actors import staff
from services_api.cases.errors import Conflict, TransitionRefused
from services_api.cases.models import Case, CaseEvent
from services_api.cases.services.handing_over import hand_over
from services_api.cases.services.messages import add_note
from services_api.cases.services.transitions import transition
from services_api.cases.walks import available, possible, workflow_of
from services_api.procedures.public import Phase, State, Transition

MOST = 100
# The same note by the same person within so long is the same click.
SAME_NOTE = timedelta(minutes=10)
# What these do is told to somebody or asks for something; each is decided by itself.
ASKING = ("ask_for_documents", "take_reply", "extend_term", "forward", "merge", "reopen")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case as the list showed it: its identifier and its revision."""

    uuid: UUID
    revision: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case. `number` is "" for a case that the person does not see (any more)."""

    number: str
    subject: str
    uuid: UUID
    is_done: bool
    words: str


def chosen_of(values: Iterable[str]) -> list[Chosen]:
    """Cases that a form names as `uuid:revision`; nonsense and repetitions are left out, and all beyond MOST."""
    found: dict[UUID, Chosen] = {}
    for value in values:
        name, _colon, revision = value.partition(":")
        try:
            found.setdefault(UUID(name), Chosen(UUID(name), int(revision[:9] or 0)))
        except ValueError:
            continue
    return list(found.values())[:MOST]


def seen_of(user: Any, chosen: Sequence[Chosen]) -> dict[UUID, Case]:
    """The chosen cases that this person sees, by the rule of all lists. One query."""
    cases = selectors.visible_cases(user).filter(uuid__in=[each.uuid for each in chosen])
    cases = cases.select_related("version__procedure", "applicant", "assignee", "assigned_position", "assigned_queue")
    return {each.uuid: each for each in cases.defer("answers")}


def is_plain(step: Transition, target: State) -> bool:
    """Whether a step can be taken on many cases at once: it requires nothing and refuses nobody."""
    ends_badly = target.phase in (Phase.WITHDRAWN, Phase.REJECTED_INADMISSIBLE)
    return not (step.requires or target.outcome == "refused" or ends_badly or any(map(step.effect, ASKING)))


def plain_steps(user: Any, cases: Iterable[Case]) -> list[tuple[str, str]]:
    """(code, label) of the steps that at least one of the cases can take without being asked anything."""
    actor = staff(user)
    found: dict[str, str] = {}
    for case in cases:
        for step in available(case, actor) if not case.is_closed else ():
            if is_plain(step, workflow_of(case.version).state(step.to)):
                found.setdefault(step.code, step.label())
    return sorted(found.items(), key=lambda each: each[1])


def hand_over_all(user: Any, chosen: Sequence[Chosen], to: str, comment: str = "") -> list[Result]:
    """Give each case to a position, a queue or a person (a token of `assignment`)."""
    actor = staff(user)

    def give(case: Case, revision: int) -> None:
        hand_over(case.uuid, to, actor=actor, expected_version=revision, comment=comment)

    return _each(user, chosen, give, "handed_over")


def step_all(user: Any, chosen: Sequence[Chosen], code: str) -> list[Result]:
    """Take a step that requires nothing on each case."""
    actor = staff(user)

    def take(case: Case, revision: int) -> None:
        step = next((each for each in possible(case) if each.code == code), None)
        if step is not None and not is_plain(step, workflow_of(case.version).state(step.to)):
            raise TransitionRefused(_("This step asks for something; take it on the page of the case."))
        transition(case.uuid, code, actor=actor, expected_version=revision)

    return _each(user, chosen, take, code)


def note_all(user: Any, chosen: Sequence[Chosen], text: str) -> list[Result]:
    """Write the same internal note on each case."""
    actor = staff(user)

    def write(case: Case, revision: int) -> None:
        since = timezone.now() - SAME_NOTE
        same = CaseEvent.objects.filter(case=case, code="note", actor_id=user.pk, comment=text.strip(), at__gte=since)
        if same.exists():
            raise _DoneBefore
        add_note(case.uuid, text, actor=actor.on(case))

    return _each(user, chosen, write, "note")


class _DoneBefore(Exception):
    """This very act was done already: the form was sent twice."""


def _each(user: Any, chosen: Sequence[Chosen], act: Callable[[Case, int], None], code: str) -> list[Result]:
    seen = seen_of(user, chosen)
    return [_one(user, each, seen.get(each.uuid), act, code) for each in chosen]


def _one(user: Any, chosen: Chosen, case: Case | None, act: Callable[[Case, int], None], code: str) -> Result:
    if case is None:
        return Result("", "", chosen.uuid, False, _("The case is not among those that You see."))

    def result(is_done: bool, words: str) -> Result:
        return Result(case.number or "", case.subject, case.uuid, is_done, words)

    try:
        act(case, chosen.revision)
    except _DoneBefore:
        return result(True, pgettext("list", "was done already"))
    except Conflict as conflict:
        if _was_this_act(user, case, chosen, conflict, code):
            return result(True, pgettext("list", "was done already"))
        return result(False, _("Somebody changed this case after the list was shown. Look at it first."))
    except TransitionRefused as refused:
        reasons = [str(refused), *(each.message for each in refused.errors)]
        return result(False, " ".join(reasons))
    except Case.DoesNotExist:
        return Result("", "", chosen.uuid, False, _("The case is not among those that You see."))
    return result(True, pgettext("list", "done"))


def _was_this_act(user: Any, case: Case, chosen: Chosen, conflict: Conflict, code: str) -> bool:
    """Whether the case is one revision further, by the same act of the same person."""
    if conflict.current_version != chosen.revision + 1:
        return False
    last = CaseEvent.objects.filter(case=case, code=code).order_by("-sequence").first()
    return last is not None and last.actor_id == user.pk and last.payload.get("revision") == conflict.current_version
