"""What cases add to the Wagtail admin: menu, screens, permission, and a panel on the dashboard."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from services_api.cases import figures, selectors
from services_api.cases.actors import PERMISSION
from services_api.cases.workspace import holders  # noqa: F401 - tells the editor of workflows who fills its functions
from services_api.cases.workspace.bindings import BindingViewSet
from services_api.cases.workspace.retention import RetentionViewSet
from services_api.org.public import offer_screen
from tenants.workplace import MenuEntry, with_right

offer_screen(BindingViewSet)
offer_screen(RetentionViewSet)


@hooks.register("register_admin_urls")
def workspace_urls() -> list[Any]:
    return [path("work/", include("services_api.cases.workspace.urls"))]


@hooks.register("register_admin_menu_item")
def work_menu_item() -> MenuItem:
    """Shown to whoever may work on cases."""
    return MenuEntry(
        _("Work"),
        reverse_lazy("cases_workspace:inbox"),
        to=with_right(PERMISSION),
        name="work",
        icon_name="list-ul",
        order=10,
    )


@hooks.register("register_admin_menu_item")
def figures_menu_item() -> MenuItem:
    """Shown to whoever leads."""
    return MenuEntry(
        pgettext_lazy("figures", "Figures"),
        reverse_lazy("cases_workspace:figures"),
        to=lambda request: figures.may_see(request.user),
        name="figures",
        icon_name="table",
        order=300,
    )


@hooks.register("register_settings_menu_item")
def keys_menu_item() -> MenuItem:
    """Keys of programs, beside the other things that are set up once."""
    return MenuEntry(
        _("Keys of programs"),
        reverse_lazy("cases_workspace:tokens"),
        to=with_right(PERMISSION),
        name="program-keys",
        icon_name="key",
        order=900,
    )


@hooks.register("register_permissions")
def case_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="cases", codename__in=("work_on_cases", "see_all_cases", "give_out_personal_data")
    )


class WorkPanel(Component):
    """The dashboard's first question: what is overdue, what is mine."""

    name = "work"
    template_name = "cases/workspace/panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"counts": selectors.counts(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def work_panel(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(PERMISSION):
        panels.append(WorkPanel())
