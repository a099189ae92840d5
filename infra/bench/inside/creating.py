"""New tenants: with all steps, by Django's migrations, and as bare clones for a large fleet."""

from __future__ import annotations

import time

from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection
from django_tenants.utils import quote_schema_name as quote

from tenants import provisioning, roles, template
from tenants.context import operator, register
from tenants.models import Community, Domain, Marz


def create(count: int) -> dict[str, list[float]]:
    """Seconds of `accept` and `run` for each of so many new communities, after one that warms up."""
    seconds, steps = [], []
    for number in range(count + 1):
        slug = f"new-{number}"
        request = provisioning.Request(
            admin_email=f"admin@{slug}.example", slug=slug, name_hy=f"Նոր {number}", name_en=f"New {number}",
            name_ru=f"Новая {number}", name_hy_genitive=f"Նորի {number}", marz="09",
        )  # fmt: skip
        begun = time.perf_counter()
        community = provisioning.accept(request)
        steps.append(time.perf_counter() - begun)
        provisioning.run(community)
        seconds.append(time.perf_counter() - begun)
        assert community.status == Community.Status.ACTIVE
    return {"seconds": seconds[1:], "accept": steps[1:]}


def by_migrations() -> float:
    """Seconds of Django's migrations of all tenant apps in an empty schema: what most installations do."""
    schema = "bench_by_migrations"
    with register(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {quote(schema)} CASCADE")
        cursor.execute(f"CREATE SCHEMA {quote(schema)}")
    begun = time.perf_counter()
    with operator(schema):
        # Django's own command in Django's own order, not ours, which is quicker.
        call_command(DjangoMigrate(), interactive=False, verbosity=0, skip_checks=True)
    seconds = time.perf_counter() - begun
    with register(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {quote(schema)} CASCADE")
    return seconds


def clone(numbers: list[int]) -> int:
    """Bare tenants: schema, role, host. For figures about many tenants, which their content does not change."""
    with register():
        marz = Marz.objects.get(code="09")
    for number in numbers:
        slug = f"clone-{number}"
        with register():
            community = Community.objects.create(
                slug=slug, schema_name=f"t_clone_{number}", marz=marz, name_hy=f"Կրկնօրինակ {number}",
                name_en=f"Clone {number}", name_ru=f"Копия {number}", name_hy_genitive=f"Կրկնօրինակի {number}",
                status=Community.Status.ACTIVE,
            )  # fmt: skip
            Domain.objects.create(domain=f"{slug}.localhost", tenant=community, is_primary=True)
        template.replay(community.schema_name)
        roles.ensure_tenant_role(community.schema_name)
        roles.grant_schema(community.schema_name)
    return len(numbers)
