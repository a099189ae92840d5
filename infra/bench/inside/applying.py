"""Submissions in process: what one process does in a second, without HTTP."""

from __future__ import annotations

import time

from infra import applications
from services_api.cases.public import Channel, submit
from services_api.procedures.public import published_version
from tenants.context import register, tenant
from tenants.models import Community


def submit_many(count: int) -> float:
    """Seconds of so many submissions, each in a transaction of its own."""
    with register():
        community = Community.objects.get(slug=applications.COMMUNITY)
    with tenant(community):
        version = published_version(applications.PROCEDURE)
        assert version is not None
        submit(version, applications.answers(0), key="api:bench-warm", channel=Channel.API)
        begun = time.perf_counter()
        for number in range(1, count + 1):
            submit(version, applications.answers(number), key=f"api:bench-inside-{number}", channel=Channel.API)
        return time.perf_counter() - begun
