"""The bodies that the law gives every community. Registered with the template (tenants.seeding)."""

from __future__ import annotations

from collections.abc import Callable

from tenants.seeding import register_seed

Report = Callable[[str], None]
# code, kind, names in hy, en, ru
BODIES = (
    ("head", "head", "Համայնքի ղեկավար", "Head of the community", "Руководитель общины"),
    ("council", "council", "Ավագանի", "Council", "Совет старейшин"),
    ("staff", "unit", "Աշխատակազմ", "Staff", "Аппарат"),
)


@register_seed(order=25, name="records")
def seed_bodies(report: Report) -> None:
    """Office of the head, council, staff; empty of people. Idempotent."""
    from cms.records.models import Body

    for position, (code, kind, hy, en, ru) in enumerate(BODIES):
        Body.objects.get_or_create(
            code=code,
            defaults={
                "kind": kind,
                "title_hy": hy,
                "title_en": en,
                "title_ru": ru,
                "slug": code,
                "position": position,
                "is_published": True,
            },
        )
