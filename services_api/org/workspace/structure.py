"""The structure on one page: units as a tree, who holds which position today, who is away and who stands in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from services_api.org.models import OrgUnit, Position, Queue
from services_api.org.seats import UnitTree, unit_tree
from services_api.org.selectors import absences_between, appointments_on, substitutions_on
from services_api.workdays.public import local
from tenants.workplace import MenuEntry, staff_only

RIGHTS = ("add", "change", "delete", "view")


def may_see(request: HttpRequest) -> bool:
    """Whoever administers any part of it."""
    return any(request.user.has_perm(f"org.{right}_orgunit") for right in RIGHTS)


@staff_only(may_see)
def structure(request: HttpRequest) -> HttpResponse:
    """Seven queries, however many units, positions and people there are."""
    day = local(timezone.now()).date()
    tree, units = unit_tree(), list(OrgUnit.objects.order_by("position", "name_hy"))
    holders: dict[int, list[Any]] = {}
    for each in appointments_on(day):
        holders.setdefault(each.position_id, []).append(each.user)
    context = {
        "page_title": _("Structure today"),
        "header_title": _("Structure today"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": _("Structure today")},
        ],
        "header_icon": "group",
        "day": day,
        "rows": _rows(units, tree, _positions(day, holders, tree), _queues(tree)),
        "may_change": request.user.has_perm("org.change_orgunit"),
    }
    return render(request, "org/workspace/structure.html", context)


def _positions(day: Any, holders: dict[int, list[Any]], tree: UnitTree) -> dict[int, list[dict[str, Any]]]:
    away = {each.user_id: each for each in absences_between(day, day)}
    standing_in: dict[int, list[Any]] = {}
    for each in substitutions_on(day):
        standing_in.setdefault(each.position_id, []).append(each)
    found: dict[int, list[dict[str, Any]]] = {}
    for position in Position.objects.order_by("-leads", "-can_sign", "title_hy"):
        where = tree.jurisdiction(position.settlements, position.unit_id)
        found.setdefault(position.unit_id, []).append(
            {
                "position": position,
                "title": position.title(),
                "people": [{"name": str(user), "absence": away.get(user.pk)} for user in holders.get(position.pk, [])],
                "substitutes": standing_in.get(position.pk, []),
                "settlements": sorted(where) if where is not None and position.settlements else [],
                "url": reverse("org_positions:edit", args=[position.pk]),
            }
        )
    return found


def _queues(tree: UnitTree) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for queue in Queue.objects.prefetch_related("members"):
        found.setdefault(queue.unit_id, []).append(
            {
                "name": queue.name(),
                "members": [each.title() for each in queue.members.all()],
                "settlements": queue.settlements,
                "url": reverse("org_queues:edit", args=[queue.pk]),
            }
        )
    return found


def _rows(
    units: list[OrgUnit], tree: UnitTree, positions: dict[int, list[Any]], queues: dict[int, list[Any]]
) -> list[dict[str, Any]]:
    """Units below their parents, with the depth of each."""
    children: dict[int | None, list[OrgUnit]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    rows: list[dict[str, Any]] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in children.get(parent, []):
            rows.append(
                {
                    "depth": min(depth, 6),
                    "name": unit.name(),
                    "kind": unit.get_kind_display(),
                    "settlements": sorted(tree.settlements.get(unit.pk, [])),
                    "positions": positions.get(unit.pk, []),
                    "queues": queues.get(unit.pk, []),
                    "url": reverse("org_units:edit", args=[unit.pk]),
                }
            )
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return rows


class StructureViewSet(ViewSet):
    """The page and its entry in the menu."""

    name = "org_structure"
    url_prefix = "organisation"
    icon = "group"
    menu_label = gettext_lazy("Structure today")
    menu_order = 1

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", structure, name="index")]

    def get_menu_item(self, order: int | None = None) -> MenuEntry:
        return MenuEntry(
            self.menu_label, reverse(self.get_url_name("index")), to=may_see, name="structure", icon_name=self.icon,
            order=order if order is not None else self.menu_order,
        )  # fmt: skip
