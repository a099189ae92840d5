"""Random walks of the engine: legal and illegal steps, letters, tasks, days that pass. No invariant ever breaks."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from services_api.cases import terms
from services_api.cases.actors import APPLICANT, SYSTEM, staff
from services_api.cases.errors import Conflict, TransitionRefused
from services_api.cases.events import broken_link
from services_api.cases.models import UNFINISHED, Case, MessageKind, Task
from services_api.cases.services import (
    Order,
    add_note,
    finish,
    issue,
    run_clocks,
    submit,
    transition,
    write_from_applicant,
    write_to_applicant,
)
from services_api.cases.walks import possible, workflow_of
from services_api.workdays.public import YEREVAN
from tests.services_api.cases.conftest import answers_for
from tests.services_api.cases.procedures import permit, published

CODES = (
    "register", "assign", "reassign", "ask", "reply", "go_on", "drop", "extend", "answer", "refuse", "close",
    "withdraw", "forward_case", "merge_case", "reopen_case", "nonsense",
)  # fmt: skip
STEPS = 30


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_no_walk_breaks_an_invariant(in_meghri, meghri, staff_of, seed):
    dice = random.Random(seed)
    people = [staff_of(meghri, f"walk{n}@example.am", groups=["Դիմումների պատասխանատուներ"]) for n in range(3)]
    version = published(permit(), code=f"random-{seed}")
    now = datetime(2026, 3, 2, 10, tzinfo=YEREVAN) + timedelta(hours=seed * 7)
    with time_machine.travel(now, tick=False) as clock:
        other = submit(version, answers_for(in_meghri), key=f"other-{seed}").case
        case = submit(version, answers_for(in_meghri), key=f"walk-{seed}").case
        taken = 0
        for _step in range(STEPS):
            clock.shift(timedelta(hours=dice.choice((0, 1, 9, 30, 24 * 8))))
            events, revision = case.events.count(), Case.objects.get(pk=case.pk).lock_version
            steps = _one(dice, case, other, people)
            if steps is not None:
                fresh = Case.objects.get(pk=case.pk)
                assert fresh.lock_version == revision + steps, "a step counts one revision"
                assert case.events.count() == events + steps, "one event a step"
                taken += steps
            if dice.random() < 0.3:
                run_clocks()
            check(Case.objects.get(pk=case.pk))
    assert taken > 0


def _one(dice: random.Random, case: Case, other: Case, people: list) -> int | None:
    """Do something; how many steps it was, None for what is no step (or happened by several ways at once)."""
    fresh = Case.objects.select_related("version").get(pk=case.pk)
    person = dice.choice(people)
    doing = dice.random()
    try:
        if doing < 0.12:
            kind = dice.choice(("approve", "opinion", "inform"))
            to = [f"u{each.pk}" for each in dice.sample(people, dice.randint(1, 3))]
            order = Order(kind=kind, to=to, join=dice.choice(("all", "any")), in_turn=dice.random() < 0.5)
            issue(case.uuid, order, actor=staff(person))
            return None
        if doing < 0.3:
            task = Task.objects.filter(case=case).order_by("?").first()
            if task is not None:
                finish(task.uuid, dice.choice(("done", "done", "returned", "refused")), "Խոսք։", user=person)
            return None
        if doing < 0.36:
            dice.choice(
                (
                    lambda: write_to_applicant(case.uuid, "Բարև։", actor=staff(person)),
                    lambda: write_from_applicant(case.uuid, "Բարև։"),
                    lambda: add_note(case.uuid, "Նշում։", actor=staff(person)),
                )
            )()
            return None
        legal = [each.code for each in possible(fresh)]
        code = dice.choice(legal) if legal and dice.random() < 0.75 else dice.choice(CODES)
        actor = dice.choice((staff(people[0]), staff(people[0]), staff(person), APPLICANT, SYSTEM))
        wrong = dice.random() < 0.1
        data = {
            "answer": "Պատասխան։", "reason": dice.choice(("", "Հիմք։")), "assignee": people[0].pk,
            "question": "Ի՞նչ։", "reply": "Ահա։", "ground": "Հիմք։", "days": dice.choice((1, 10, 400)),
            "body": "Մարմին", "original": other.number,
        }  # fmt: skip
        transition(case.uuid, code, actor=actor, expected_version=fresh.lock_version + wrong, data=data)
    except (TransitionRefused, Conflict, Task.DoesNotExist):
        return 0
    return 1


def check(case: Case) -> None:
    """What must be true of a case at every moment."""
    state = workflow_of(case.version).state(case.state)
    assert state.phase == case.phase
    assert broken_link(case) is None
    assert [each.sequence for each in case.events.order_by("sequence")] == list(range(1, case.events.count() + 1))
    known = terms.stored(case)
    assert (known.open_pause is not None) == (state.pauses and not case.is_decided)
    assert (case.closed_at is not None) == state.is_end
    unfinished = Task.objects.filter(case=case, state__in=UNFINISHED)
    assert not (case.is_closed and unfinished.exists())
    if not case.is_decided:
        settled = Case.objects.get(pk=case.pk)
        run_clocks()
        settled.refresh_from_db()
        if not settled.is_decided:
            shown = terms.count(settled, terms.stored(settled), timezone.now())
            assert shown is not None and shown.due_at == settled.due_at
    questions = case.messages.filter(kind=MessageKind.QUESTION, settled_at__isnull=True)
    assert questions.count() <= 1
    assert not (questions.exists() and case.is_closed)
