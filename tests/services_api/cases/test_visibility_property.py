"""For random people, units, jurisdictions, substitutions and cases: list = detail = count = export = API, and all of
them are what the rule says when it is read sentence by sentence, one case and one person at a time."""

from __future__ import annotations

import contextlib
import csv
import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services_api.cases.models import Case, Task
from services_api.cases.selectors import Filters, counts, inbox, staff_case, visible_cases
from services_api.org.public import Appointment, OrgUnit, Position, Queue, Substitution
from services_api.parties.public import Party
from services_api.procedures.public import published_version
from tests.services_api.cases.staffed import today

PLACES = ("Ա", "Բ")
PROCEDURES = ("application-to-head", "information-request")
few = st.integers(0, 2)
places = st.lists(st.sampled_from(PLACES), unique=True, max_size=2)
when = st.sampled_from(["past", "now", "future"])
DAYS = {"past": (-9, -2), "now": (-1, 0), "future": (1, 9)}
numbers = itertools.count(1)

units = st.lists(st.tuples(st.sampled_from([None, 0, 1]), st.booleans(), places), min_size=3, max_size=3)
positions = st.lists(st.tuples(few, st.booleans(), places, st.integers(0, 3)), min_size=3, max_size=3)
people = st.lists(
    st.tuples(st.booleans(), st.sampled_from([True, True, True, False]), st.lists(st.tuples(few, when), max_size=2)),
    min_size=3, max_size=3,
)  # fmt: skip
queues = st.lists(st.tuples(few, st.lists(few, unique=True, max_size=2)), min_size=2, max_size=2)
substitutions = st.lists(
    st.tuples(few, few, when, st.sampled_from([None, "family:inquiry", "procedure:application-to-head"])), max_size=3
)
cases = st.lists(
    st.tuples(
        st.sampled_from(["", *PLACES]), st.integers(0, 3), st.sampled_from(PROCEDURES),
        st.sampled_from(["nobody", "position", "queue", "taken", "person"]), few,
        st.sampled_from([None, "user", "position", "queue"]), st.booleans(),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
worlds = st.fixed_dictionaries(
    {"units": units, "positions": positions, "people": people, "queues": queues, "substitutions": substitutions,
     "cases": cases}
)  # fmt: skip


@dataclass
class World:
    """A municipality as the database holds it, and as plain data for the reading of the rule."""

    plan: dict
    users: list = field(default_factory=list)
    positions: list = field(default_factory=list)
    queues: list = field(default_factory=list)
    cases: list = field(default_factory=list)


def settle(plan: dict) -> World:
    from accounts.models import User

    world, mark = World(plan), next(numbers)
    made: list[OrgUnit] = []
    for number, (parent, is_head, where) in enumerate(plan["units"]):
        above = made[parent] if parent is not None and parent < number else None
        kind = OrgUnit.Kind.HEAD if is_head else OrgUnit.Kind.DEPARTMENT
        made.append(
            OrgUnit.objects.create(code=f"u{mark}-{number}", name_hy="բ", kind=kind, parent=above, settlements=where)
        )
    for number, (unit, leads, where, level) in enumerate(plan["positions"]):
        reach = {"leads": leads, "settlements": where, "clearance": level}
        world.positions.append(Position.objects.create(unit=made[unit], title_hy=f"պ{number}", **reach))
    for number, (unit, members) in enumerate(plan["queues"]):
        queue = Queue.objects.create(code=f"q{mark}-{number}", unit=made[unit], name_hy="հ")
        queue.members.set([world.positions[each] for each in members])
        world.queues.append(queue)
    rights = {each.codename: each for each in Permission.objects.filter(content_type__app_label="cases")}
    enter = Permission.objects.get(codename="access_admin")
    for number, (sees_all, works, held) in enumerate(plan["people"]):
        user = User.objects.create(username=f"p{mark}-{number}", email=f"p{mark}-{number}@example.am", is_staff=True)
        user.user_permissions.add(enter)
        if works:
            user.user_permissions.add(rights["work_on_cases"])
        if sees_all:
            user.user_permissions.add(rights["see_all_cases"])
        for position, moment in dict(held).items():
            first, last = (today() + timedelta(days=each) for each in DAYS[moment])
            Appointment.objects.create(user=user, position=world.positions[position], valid_from=first, valid_to=last)
        world.users.append(user)
    full = set()
    plan["kept"] = []
    for position, user, moment, covers in plan["substitutions"]:
        if covers is None and (position, moment) in full:
            continue  # the database refuses a second full one
        full.add((position, moment) if covers is None else None)
        first, last = (today() + timedelta(days=each) for each in DAYS[moment])
        absent = world.users[(user + 1) % 3]
        Substitution.objects.create(
            position=world.positions[position], user=world.users[user], absent=absent, valid_from=first, valid_to=last,
            is_full=covers is None, covers=[covers] if covers else [], order_number="1",
        )  # fmt: skip
        plan["kept"].append((position, user, moment, covers, (user + 1) % 3))
    party, now = Party.objects.create(surname="=1+1", name="@"), timezone.now()
    versions = {code: published_version(code).id for code in PROCEDURES}
    for number, (where, level, procedure, given_to, index, asked, is_open) in enumerate(plan["cases"]):
        case = Case(
            number=f"Պ-{mark}/{number}", tracking_digest="0" * 64, version_id=versions[procedure], settlement=where,
            confidentiality=level, phase="submitted", state="submitted", subject="=HYPERLINK(1)", applicant=party,
            submitted_at=now, registered_at=now, answers={},
        )  # fmt: skip
        if given_to in ("position", "taken"):
            case.assigned_position = world.positions[index]
        if given_to in ("queue", "taken"):
            case.assigned_queue = world.queues[index % 2]
        if given_to == "person":
            case.assignee = world.users[index]
        case.save()
        if asked:
            to = {"user": world.users[index], "position": world.positions[index], "queue": world.queues[index % 2]}
            state = {"state": "open"} if is_open else {"state": "done", "finished_at": now}
            Task.objects.create(case=case, kind="opinion", **{asked: to[asked]}, **state)
        world.cases.append(case)
    return world


def sees(world: World, person: int, number: int) -> bool:
    """ADR 0024, sentence by sentence."""
    plan = world.plan
    sees_all, works, held = plan["people"][person]
    if not works:
        return False
    where, level, procedure, given_to, index, asked, is_open = plan["cases"][number]
    mine = {position for position, moment in dict(held).items() if moment == "now"}

    def above(unit: int) -> list[int]:
        parent = plan["units"][unit][0]
        return [unit, *(above(parent) if parent is not None and parent < unit else [])]

    def jurisdiction(position: int) -> list[str]:
        own = plan["positions"][position][2]
        return own or next((plan["units"][unit][2] for unit in above(plan["positions"][position][0])
                            if plan["units"][unit][2]), [])  # fmt: skip

    def here(settlements: list[str]) -> bool:
        return not where or not settlements or where in settlements

    def member(position: int, queue: int) -> bool:
        return position in plan["queues"][queue][1]

    def seat(position: int, everything: bool) -> bool:
        unit, leads, _own, clearance = plan["positions"][position]
        if level > clearance:
            return False
        if everything or (leads and plan["units"][unit][1]):
            return True
        if asked == "position" and is_open and index == position:
            return True
        if asked == "queue" and is_open and member(position, index % 2):
            return True
        if not here(jurisdiction(position)):
            return False
        if given_to == "nobody":
            return True
        if given_to in ("position", "taken"):
            has = plan["positions"][index][0]
            if index == position or (leads and unit in above(has)):
                return True
        if given_to in ("queue", "taken"):
            has = plan["queues"][index % 2][0]
            return member(position, index % 2) or (leads and unit in above(has))
        return False

    clearance = max((plan["positions"][each][3] for each in mine), default=2)
    if level <= clearance:
        if sees_all:
            return True
        if asked == "user" and is_open and index == person:
            return True
        reach = [jurisdiction(each) for each in mine]
        anywhere = not mine or any(here(each) for each in reach)
        if anywhere and ((given_to == "person" and index == person) or (given_to == "nobody" and not mine)):
            return True
    if any(seat(each, False) for each in mine):
        return True
    family = {"application-to-head": "application", "information-request": "inquiry"}[procedure]
    return any(
        seat(position, plan["people"][absent][0])
        for position, user, moment, covers, absent in plan["kept"]
        if user == person and moment == "now" and covers in (None, f"family:{family}", f"procedure:{procedure}")
    )


def asked_in_every_way(world: World, person: int, client) -> dict[str, set[str]]:
    """The numbers of the cases that each way to read them shows."""
    user, everything = world.users[person], [case.number for case in world.cases]
    fresh = type(user).objects.get(pk=user.pk)
    ours = visible_cases(fresh).filter(number__in=everything)
    found = {"rule": set(ours.values_list("number", flat=True))}
    found["list"] = {each.number for each in inbox(fresh, Filters("all"))} & set(everything)
    found["detail"] = set()
    for case in world.cases:
        with contextlib.suppress(Case.DoesNotExist):
            found["detail"].add(staff_case(fresh, case.uuid).number)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    screen = client.get("/admin/work/").content.decode()
    found["screen"] = {each for each in everything if f">{each}<" in screen}
    found["pages"] = {each.number for each in world.cases
                      if client.get(f"/admin/work/cases/{each.uuid}/").status_code == 200}  # fmt: skip
    answer = client.get("/admin/work/export.csv")
    rows = csv.reader(StringIO(answer.content.decode("utf-8-sig"))) if answer.status_code == 200 else []
    found["csv"] = {row[0] for row in rows} & set(everything)
    answer = client.get("/admin/work/export.xlsx")
    sheet = (
        load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True) if answer.status_code == 200 else []
    )
    found["xlsx"] = {row[0] for row in sheet} & set(everything)
    answer = client.get("/api/v1/cases/?which=all&page_size=200")
    listed = answer.json()["results"] if answer.status_code == 200 else []
    found["api"] = {each["number"] for each in listed} & set(everything)
    found["api detail"] = {each.number for each in world.cases
                           if client.get(f"/api/v1/cases/{each.uuid}/").status_code == 200}  # fmt: skip
    return found


@pytest.mark.slow
def test_every_way_to_read_cases_shows_what_the_rule_says(meghri, as_tenant, client_for):
    as_tenant(meghri)
    client = client_for(meghri)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(plan=worlds, person=few)
    def holds(plan, person):
        with transaction.atomic():
            world = settle(plan)
            expected = {case.number for number, case in enumerate(world.cases) if sees(world, person, number)}
            assert asked_in_every_way(world, person, client) == dict.fromkeys(
                ("rule", "list", "detail", "screen", "pages", "csv", "xlsx", "api", "api detail"), expected
            )
            transaction.set_rollback(True)

    holds()


@pytest.mark.slow
def test_the_rule_and_the_figures_for_many_people_and_cases(meghri, as_tenant):
    as_tenant(meghri)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(plan=worlds)
    def holds(plan):
        with transaction.atomic():
            world = settle(plan)
            for person, user in enumerate(world.users):
                expected = {case.number for number, case in enumerate(world.cases) if sees(world, person, number)}
                assert set(visible_cases(user).values_list("number", flat=True)) == expected
                assert counts(user)["open"] == len(expected)
                assert counts(user)["mine"] == inbox(user, Filters("mine")).count()
            transaction.set_rollback(True)

    holds()
