"""The console in the menu of the ministry's admin, and its right in the form of groups; nowhere else."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from console.access import may_manage
from tenants.context import current_community
from tenants.workplace import MenuEntry


@hooks.register("register_admin_menu_item")
def communities_menu_item() -> MenuItem:
    """Shown on the ministry's host to those who may manage communities."""
    return MenuEntry(
        _("Communities"),
        reverse_lazy("console:communities"),
        to=may_manage,
        name="communities",
        icon_name="site",
        order=50,
    )


@hooks.register("register_permissions")
def console_permission():  # type: ignore[no-untyped-def]
    community = current_community()
    if community is None or not community.is_ministry:
        return Permission.objects.none()
    return Permission.objects.filter(content_type__app_label="console", codename="manage_communities")
