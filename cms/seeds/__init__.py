"""What every new community's website has from its first second. Registered with the template (tenants.seeding)."""

from __future__ import annotations

from collections.abc import Callable

from tenants.seeding import register_seed

Report = Callable[[str], None]


@register_seed(order=20, name="cms")
def seed_website(report: Report) -> None:
    """Locales, the page tree in three languages, roles, approval. Idempotent; no user, no revision."""
    from cms.seeds.roles import seed_roles
    from cms.seeds.tree import seed_tree
    from cms.seeds.workflow import seed_workflow

    seed_tree()
    seed_roles()
    seed_workflow()
