"""One community with very many cases and forty officers: the inbox, its search and the page of a case."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from infra import applications
from infra.bench.inside.cost import Costs
from infra.bench.inside.site import Site

BATCH = 2_000
OFFICERS = 40
# One in so many is still open; the others are the register of the years before.
OPEN_ONE_IN = 5
# An ordinary officer, the head of a department, and the registry that sees all.
WATCHED = ("bench-officer-1", "bench-officer-0", "bench-registry")
TABS = ("open", "mine", "queues", "unassigned", "overdue", "week", "waiting", "closed")
SEARCHES = ("Ազգանուն77", "Դ-2025/4242", "լուսավորություն")
SURNAMES = ("Ազգանուն", "Օրինակյան", "Հակոբյան", "Պետրոսյան", "Սարգսյան")
SUBJECTS = ("Փողոցի լուսավորություն", "Հողի վարձակալություն", "Տեղեկանքի տրամադրում", "Ջրամատակարարում")


def _community() -> Any:
    from tenants.context import register
    from tenants.models import Community

    with register():
        return Community.objects.get(slug=applications.COMMUNITY)


def fill_with_cases(count: int) -> int:
    """Write the organisation and `count` cases in bulk. Returns how many there are."""
    from django.contrib.auth.models import Group
    from django.db import connection
    from django.utils import timezone

    from accounts.models import User
    from services_api.cases.public import Case
    from services_api.org.public import OrgUnit, Position, Queue, appoint
    from services_api.parties.public import Party
    from services_api.procedures.public import published_version
    from tenants.context import tenant

    chance, community = random.Random(11), _community()  # noqa: S311 - the same cases in every run
    places = [each.name_hy for each in community.settlements.all()]
    with tenant(community):
        officers = Group.objects.get(name="Դիմումների պատասխանատուներ")
        registry = User.objects.create_staff("bench-registry@example.am", is_staff=True)
        registry.groups.add(Group.objects.get(name="Գործավարներ"))
        positions, queues = [], []
        for number in range(OFFICERS):
            if number % 5 == 0:
                place = [places[number // 5 % len(places)]] if number >= OFFICERS // 2 else []
                unit = OrgUnit.objects.create(code=f"bench-{number}", name_hy=f"Բաժին {number}", settlements=place)
                queues.append(Queue.objects.create(code=f"bench-{number}", unit=unit, name_hy=f"Հերթ {number}"))
            title = f"մասնագետ {number}"
            positions.append(Position.objects.create(unit=unit, title_hy=title, leads=number % 5 == 0))
            queues[-1].members.add(positions[-1])
            user = User.objects.create_staff(f"bench-officer-{number}@example.am", is_staff=True)
            user.groups.add(officers)
            appoint(user, positions[-1], date(2020, 1, 6))
        version, now = published_version(applications.PROCEDURE), timezone.now()
        assert version is not None
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            parties = Party.objects.bulk_create(
                [Party(surname=f"{chance.choice(SURNAMES)}{each}", name="Անուն") for each in numbers]
            )
            Case.objects.bulk_create(
                [
                    _case(chance, each, party, version.id, now, places, positions, queues)
                    for each, party in zip(numbers, parties, strict=True)
                ]
            )
        total = Case.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return total


def _case(
    chance: random.Random, number: int, party: Any, version: int, now: Any, places: list[str], positions: list[Any],
    queues: list[Any],
) -> Any:  # fmt: skip
    from services_api.cases.public import Case

    is_open = number % OPEN_ONE_IN == 0
    came = now - timedelta(hours=chance.randint(1, 24 * (40 if is_open else 1500)))
    case = Case(
        number=f"Դ-2025/{number}", tracking_digest="0" * 64, version_id=version, applicant=party, answers={},
        subject=f"{chance.choice(SUBJECTS)} {number}", settlement=chance.choice(places), submitted_at=came,
        registered_at=came, due_at=came + timedelta(days=30), confidentiality=chance.choice((1, 2, 2, 2, 3)),
        phase="in_progress" if is_open else "closed", state="in_progress" if is_open else "closed",
    )  # fmt: skip
    if not is_open:
        case.decided_at = case.closed_at = came + timedelta(days=chance.randint(1, 29))
    where = chance.random()
    if where < 0.6:
        case.assigned_position = chance.choice(positions)
    elif where < 0.9:
        case.assigned_queue = chance.choice(queues)
    return case


def _cookie(email: str) -> str:
    """A session of this member of staff, as signing in makes it."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.models import User
    from tenants.context import tenant

    with tenant(_community()):
        user = User.objects.get(email=email)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def inbox(rounds: int) -> dict[str, Any]:
    """(clock, processors) in milliseconds of the tabs of the inbox, of searches, of cases and of figures, for each of
    the people who are watched; and the most queries that a case needed."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from services_api.cases.public import Filters
    from services_api.cases.public import inbox as listed
    from tenants.context import tenant

    site, costs, queries = Site(), Costs(), 0
    for name in WATCHED:
        email, cookie = f"{name}@example.am", _cookie(f"{name}@example.am")
        with tenant(_community()):
            from accounts.models import User

            cases = [str(each.uuid) for each in listed(User.objects.get(email=email), Filters())[:5]]
        assert cases, name
        site.get("/admin/work/", cookie=cookie)

        def ask(kind: str, path: str, query: str = "", cookie: str = cookie) -> None:
            costs.of(kind, lambda: site.get(path, query, cookie=cookie))

        for each in cases:
            with CaptureQueriesContext(connection) as seen:
                site.get(f"/admin/work/cases/{each}/", cookie=cookie)
            queries = max(queries, len(seen))
        for _ in range(rounds):
            for tab in TABS:
                ask("inbox", "/admin/work/", f"which={tab}")
            for each in SEARCHES:
                ask("search", "/admin/work/", f"which=open&q={quote(each)}")
            for each in cases:
                ask("case", f"/admin/work/cases/{each}/")
        if name != WATCHED[0]:
            for period in ("month", "year"):
                ask("figures", "/admin/work/figures/", f"period={period}")
    return {"costs": costs.pairs, "queries": queries}


def _submit(version: Any, number: int) -> Any:
    from services_api.cases.public import Channel, submit

    return submit(version, applications.answers(1), key=f"api:bench-engine-{number}", channel=Channel.API)


def engine(count: int, clocks: int) -> dict[str, Any]:
    """(clock, processors) in milliseconds of submissions and of a step, among the cases that are there; and of so many
    clocks looked at."""
    from datetime import timedelta

    from django.utils import timezone

    from services_api.cases.public import Case, run_clocks, staff, transition
    from services_api.procedures.public import published_version
    from tenants.context import tenant

    costs = Costs()
    with tenant(_community()):
        from accounts.models import User

        version = published_version(applications.PROCEDURE)
        assert version is not None
        registry = User.objects.get(email="bench-registry@example.am")
        for number in range(count):
            made = costs.of("submit", partial(_submit, version, number)).case
            fresh = User.objects.get(pk=registry.pk)
            costs.of("step", partial(transition, made.uuid, "register", actor=staff(fresh), expected_version=1))
        Case.objects.update(wake_at=None)
        waiting = Case.objects.filter(closed_at=None).order_by("-due_at").values("pk")[:clocks]
        total = Case.objects.filter(pk__in=waiting).update(
            wake_at=timezone.now(), due_at=timezone.now() + timedelta(days=20)
        )
        looked = costs.of("clocks", run_clocks)
    assert looked == total, (looked, total)
    return {"costs": costs.pairs, "looked": looked}
