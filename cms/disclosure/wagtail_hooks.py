"""What duties add to the workplace: the dashboard of a community, the board of the ministry."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.disclosure import actions, board, workplace  # noqa: F401 - actions registers its hook
from tenants.workplace import MenuEntry


@hooks.register("register_admin_urls")
def duties_urls() -> list[URLPattern]:
    return [
        path("duties/", workplace.DashboardView.as_view(), name="disclosure_dashboard"),
        path("duties/check/", workplace.check_now, name="disclosure_check"),
        path("duties/board/", board.BoardView.as_view(), name="disclosure_board"),
        path("duties/board/data.csv", board.board_csv, name="disclosure_board_csv"),
        path("duties/board/<slug:slug>/", board.CommunityView.as_view(), name="disclosure_board_community"),
        path("duties/board/<slug:slug>/waivers/<int:pk>/end/", board.end_waiver, name="disclosure_end_waiver"),
        path("duties/catalogue/", board.CatalogueView.as_view(), name="disclosure_catalogue"),
        path("duties/catalogue/<slug:code>/", board.DutyView.as_view(), name="disclosure_duty"),
    ]


@hooks.register("register_admin_menu_item")
def duties_menu_item() -> MenuItem:
    """Shown to whoever works on a community's pages."""
    return MenuEntry(
        _("Duties"),
        reverse_lazy("disclosure_dashboard"),
        to=workplace.may_see,
        name="duties",
        icon_name="clipboard-list",
        order=210,
    )


@hooks.register("register_admin_menu_item")
def board_menu_item() -> MenuItem:
    """Shown to the ministry's staff who manage communities."""
    return MenuEntry(
        _("Duties by community"),
        reverse_lazy("disclosure_board"),
        to=board.may_see,
        name="board",
        icon_name="table",
        order=60,
    )


@hooks.register("construct_homepage_panels")
def duties_panel(request: HttpRequest, panels: list[Any]) -> None:
    if workplace.may_see(request):
        panels.append(workplace.DutiesPanel())
