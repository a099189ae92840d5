"""Who keeps the structure: the group with the rights over units, positions, queues, substitutions, terms of keeping."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from tenants.seeding import Report, register_seed

KEEPERS = "Կառուցվածքի պատասխանատուներ"
# Screens of cases that stand beside those of the structure: functions of workflows, terms of keeping.
IN_CASES = ("functionbinding", "retentionrule")


@register_seed(order=45, name="org")
def seed(report: Report) -> None:
    """Idempotent: a group that exists keeps what somebody gave or took."""
    group, created = Group.objects.get_or_create(name=KEEPERS)
    if created:
        names = [model._meta.model_name for model in apps.get_app_config("org").get_models()]
        rights = [f"{right}_{name}" for name in names for right in ("add", "change", "delete", "view")]
        group.permissions.set(
            [
                Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
                *Permission.objects.filter(content_type__app_label="org", codename__in=rights),
                *Permission.objects.filter(content_type__app_label="cases", content_type__model__in=IN_CASES),
            ]
        )
    report(f"group {KEEPERS!r}")
