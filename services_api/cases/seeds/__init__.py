"""What every community has for its cases: the group of officers and the series of numbers."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

from services_api.cases.numbering import ensure_series
from tenants.seeding import Report, register_seed

OFFICERS = "Դիմումների պատասխանատուներ"


@register_seed(order=50, name="cases")
def seed(report: Report) -> None:
    """Idempotent: a group that exists keeps what somebody gave or took."""
    ensure_series()
    group, created = Group.objects.get_or_create(name=OFFICERS)
    if created:
        wanted = [("wagtailadmin", "access_admin"), ("cases", "work_on_cases")]
        for app, codename in wanted:
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    report(f"group {OFFICERS!r}, series of numbers")
