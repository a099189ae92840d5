"""What procedures add to the Wagtail admin: menu, screens, permission."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from services_api.procedures.workspace.views import PERMISSION
from tenants.workplace import MenuEntry, with_right


@hooks.register("register_admin_urls")
def procedure_urls() -> list[Any]:
    return [path("procedures/", include("services_api.procedures.workspace.urls"))]


@hooks.register("register_admin_menu_item")
def procedures_menu_item() -> MenuItem:
    """Shown to whoever may change procedures."""
    return MenuEntry(
        _("Procedures"),
        reverse_lazy("procedures_workspace:catalogue"),
        to=with_right(PERMISSION),
        name="procedures",
        icon_name="list-ol",
        order=20,
    )


@hooks.register("register_permissions")
def procedure_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="procedures", codename="change_procedureversion")
