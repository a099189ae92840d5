"""A small municipality: a head, a registry, a department and two offices of settlements, with people who can work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from services_api.cases.models import Case, FunctionBinding
from services_api.cases.services import submit
from services_api.org.public import OrgUnit, Position, Queue, Substitution, appoint
from services_api.procedures.public import published_version
from services_api.workdays.public import local
from tenants.context import tenant
from tests.services_api.cases.conftest import answers_for

OFFICERS, REGISTRY = "Դիմումների պատասխանատուներ", "Գործավարներ"
LONG_AGO = date(2020, 1, 6)
SHVANIDZOR, NRNADZOR = "Շվանիձոր", "Նռնաձոր"


def today() -> date:
    return local(timezone.now()).date()


@dataclass
class Municipality:
    """Positions and people by short names: head, registry, chief, specialist, shvanidzor, nrnadzor."""

    community: Any
    units: dict[str, OrgUnit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    queues: dict[str, Queue] = field(default_factory=dict)

    def user(self, name: str) -> Any:
        """The person as a new request would find them: nothing remembered."""
        return type(self.people[name]).objects.get(pk=self.people[name].pk)

    def case(self, key: str, settlement: str = "", **columns: Any) -> Case:
        """A case as the website makes it, then with these columns."""
        with tenant(self.community):
            case = submit(published_version("application-to-head"), answers_for(self.community), key=key).case
            nobody = {"assigned_queue": None, "assigned_position": None, "assignee": None}
            Case.objects.filter(pk=case.pk).update(**{**nobody, "settlement": settlement, **columns})
            return Case.objects.select_related("version__procedure", "assigned_position", "assigned_queue").get(
                pk=case.pk
            )

    def substitution(self, of: str, by: str, **changes: Any) -> Substitution:
        """From yesterday to tomorrow, unless told otherwise."""
        given = {
            "position": self.positions[of], "absent": self.people[of], "user": self.people[by],
            "valid_from": today() - timedelta(days=1), "valid_to": today() + timedelta(days=1), "order_number": "7-Ա",
        }  # fmt: skip
        made = Substitution(**{**given, **changes})
        made.full_clean()
        made.save()
        return made

    def bind(self, function: str, **to: Any) -> FunctionBinding:
        return FunctionBinding.objects.create(function=function, **to)


def build(community: Any, staff_of: Any) -> Municipality:
    """Inside the tenant."""
    made = Municipality(community)
    for code, kind, parent, settlements in (
        ("the-head", OrgUnit.Kind.HEAD, None, []),
        ("the-staff", OrgUnit.Kind.STAFF, "the-head", []),
        ("the-department", OrgUnit.Kind.DEPARTMENT, "the-staff", []),
        ("the-shvanidzor", OrgUnit.Kind.SETTLEMENT_OFFICE, "the-staff", [SHVANIDZOR]),
        ("the-nrnadzor", OrgUnit.Kind.SETTLEMENT_OFFICE, "the-staff", [NRNADZOR]),
    ):
        made.units[code] = OrgUnit.objects.create(
            code=code, kind=kind, parent=made.units.get(parent or ""), name_hy=code, settlements=settlements
        )
    for name, unit, group, more in (
        ("head", "the-head", OFFICERS, {"leads": True, "can_sign": True, "clearance": 3}),
        ("registry", "the-staff", REGISTRY, {}),
        ("chief", "the-department", OFFICERS, {"leads": True}),
        ("specialist", "the-department", OFFICERS, {}),
        ("shvanidzor", "the-shvanidzor", OFFICERS, {}),
        ("nrnadzor", "the-nrnadzor", OFFICERS, {}),
    ):
        made.positions[name] = Position.objects.create(unit=made.units[unit], title_hy=name, **more)
        user = staff_of(community, f"{name}@staffed.example", groups=[group])
        user.first_name, user.last_name = name.title(), "Օրինակյան"
        user.save()
        made.people[name] = user
        appoint(user, made.positions[name], LONG_AGO)
    queue = Queue.objects.create(code="the-queue", unit=made.units["the-department"], name_hy="Դիմումներ")
    queue.members.add(made.positions["specialist"])
    made.queues["department"] = queue
    return made
