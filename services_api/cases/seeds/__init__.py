"""What every community has for its cases: the groups of those who work on them and the series of numbers."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission

from services_api.cases.numbering import ensure_series
from tenants.seeding import Report, register_seed

# Sees what is given to the position, its queues and its units.
OFFICERS = "Դիմումների պատասխանատուներ"
# Registry and one window: receives for everybody, so it sees everything up to its clearance.
REGISTRY = "Գործավարներ"
_RIGHTS = {OFFICERS: ("work_on_cases",), REGISTRY: ("work_on_cases", "see_all_cases")}


@register_seed(order=50, name="cases")
def seed(report: Report) -> None:
    """Idempotent: a group that exists keeps what somebody gave or took."""
    ensure_series()
    for name, codenames in _RIGHTS.items():
        group, created = Group.objects.get_or_create(name=name)
        if created:
            wanted = [("wagtailadmin", "access_admin"), *(("cases", codename) for codename in codenames)]
            for app, codename in wanted:
                group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    report(f"groups {OFFICERS!r} and {REGISTRY!r}, series of numbers")
