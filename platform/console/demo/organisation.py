"""An example of an organisation: who receives and answers, who looks after which settlement, who stands in for whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from services_api.cases.public import FunctionBinding
from services_api.org.public import Absence, Appointment, OrgUnit, Position, Queue, Substitution, appoint
from tenants.models import Community

BEGIN = date(2026, 1, 12)
# The village whose office has an officer of its own, where the community has it.
PREFERRED = {"meghri": "Շվանիձոր", "goris": "Խնձորեսկ"}


def build(community: Community) -> None:
    """Units, positions, queues, bindings, a substitution and an absence; nothing when there is a structure already."""
    if OrgUnit.objects.exists():
        return
    people = _people(community)
    head = _unit("head", OrgUnit.Kind.HEAD, "Համայնքի ղեկավար", "Head of the community", "Глава общины")
    staff = _unit("staff", OrgUnit.Kind.STAFF, "Աշխատակազմ", "Staff", "Аппарат", head)
    window = _unit(
        "one-window", OrgUnit.Kind.DEPARTMENT, "Քաղաքացիների սպասարկման գրասենյակ", "Citizens’ service office",
        "Офис обслуживания граждан", staff,
    )  # fmt: skip
    land = _unit(
        "land", OrgUnit.Kind.DEPARTMENT, "Քաղաքաշինության և հողօգտագործման բաժին", "Urban planning and land use",
        "Отдел градостроительства и землепользования", staff,
    )  # fmt: skip
    _position(head, people["head"], "Համայնքի ղեկավար", leads=True, can_sign=True, clearance=3)
    _position(staff, None, "Աշխատակազմի քարտուղար", leads=True, can_sign=True, clearance=3)
    clerk = _position(window, people["officer"], "Գործավար")
    chief = _position(land, None, "Բաժնի պետ", leads=True)
    _position(land, people["specialist"], "Գլխավոր մասնագետ")
    incoming = _queue("incoming", window, "Նոր դիմումներ", "New applications", "Новые заявления", clerk)
    FunctionBinding.objects.create(function="receiver", queue=incoming)
    village = _village(community)
    if village:
        office = _unit(
            "office", OrgUnit.Kind.SETTLEMENT_OFFICE, f"«{village}» բնակավայրի գրասենյակ", "Office of the settlement",
            "Офис населённого пункта", staff, [village],
        )  # fmt: skip
        officer = _position(office, people["office"], "Վարչական ղեկավար", leads=True)
        local = _queue("office", office, f"«{village}» բնակավայրի դիմումներ", "", "", officer)
        FunctionBinding.objects.create(function="receiver", settlement=village, queue=local)
        # The clerk registers there too when somebody comes to the window.
        FunctionBinding.objects.create(function="receiver", settlement=village, queue=incoming)
    today = timezone.localdate()
    if people["specialist"]:
        Substitution.objects.create(
            position=chief, user=people["specialist"], kind=Substitution.Kind.VACANCY,
            valid_from=today - timedelta(days=10), valid_to=today + timedelta(days=60), order_number="12-Ա",
        )  # fmt: skip
    if people["office"]:
        Absence.objects.create(
            user=people["office"], valid_from=today + timedelta(days=25), valid_to=today + timedelta(days=40),
            ground=Absence.Ground.LEAVE, order_number="14-Ա",
        )  # fmt: skip


def _people(community: Community) -> dict[str, Any]:
    staff = {each.email.partition("@")[0]: each for each in get_user_model().objects.filter(is_active=True)}
    return {name: staff.get(name) for name in ("head", "officer", "specialist", "office")}


def _village(community: Community) -> str:
    names = list(community.settlements.order_by("kind", "name_hy").values_list("name_hy", "kind"))
    wanted = PREFERRED.get(community.slug, "")
    villages = [name for name, kind in names if kind == "village"]
    return wanted if wanted in villages else next(iter(villages), "")


def _unit(
    code: str, kind: str, hy: str, en: str, ru: str, parent: OrgUnit | None = None, settlements: Any = ()
) -> OrgUnit:
    return OrgUnit.objects.create(
        code=code, kind=kind, parent=parent, name_hy=hy, name_en=en, name_ru=ru, settlements=list(settlements)
    )


def _position(unit: OrgUnit, user: Any, title: str, **more: Any) -> Position:
    position = Position.objects.create(unit=unit, title_hy=title, **more)
    if user is not None and not Appointment.objects.filter(user=user).exists():
        appoint(user, position, BEGIN)
    return position


def _queue(code: str, unit: OrgUnit, hy: str, en: str, ru: str, member: Position) -> Queue:
    queue = Queue.objects.create(code=code, unit=unit, name_hy=hy, name_en=en, name_ru=ru)
    queue.members.add(member)
    return queue
