"""A small task that touches a tenant, for the real Celery worker (`--include`), and the message that asks for it."""

from __future__ import annotations

import os
from pathlib import Path

from celery import shared_task
from django.conf import settings
from wagtail.models import Page, Site

from services_api.cases.public import Case
from tenants.context import register, tenant
from tenants.models import Community


def touched() -> Path:
    """One line for each tenant that was touched."""
    return Path(settings.VAR_DIR) / "touched"


@shared_task(name="bench.touch_tenant", ignore_result=True)
def touch_tenant() -> None:
    """Reads a little of everything: pages, the site, the published procedures, cases."""
    from services_api.procedures.public import published_procedures

    found = [
        list(Page.objects.live().order_by("path")[:20]),
        Site.objects.filter(is_default_site=True).first(),
        published_procedures("hy"),
        Case.objects.undecided().count(),
    ]
    with touched().open("a") as file:
        file.write(f"{os.getpid()} {len(found)}\n")


def touch(first: int, last: int, repeats: int) -> int:
    """Ask the worker to touch the tenants number `first` to `last` (exclusive); how many messages that were."""
    with register():
        communities = list(Community.objects.live().order_by("pk")[first:last])
    for community in communities * repeats:
        with tenant(community):
            touch_tenant.apply_async()
    return len(communities) * repeats
