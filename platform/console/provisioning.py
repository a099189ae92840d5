"""The ministry's tenant gets the group whose members see the console; other tenants get nothing of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

from tenants import provisioning
from tenants.models import Community

# Groups are named in Armenian in every tenant, like those of the template.
CONSOLE_GROUP = "Համայնքների կառավարում"


@provisioning.register_step("console", order=850, label=_("Console of the ministry"))
def give_console(community: Community, report: Callable[[str], None]) -> None:
    """Before the first invitation (order 900), so that the ministry's first administrator is a member."""
    if not community.is_ministry:
        return
    group, _created = Group.objects.get_or_create(name=CONSOLE_GROUP)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="console", codename="manage_communities"),
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
    )
