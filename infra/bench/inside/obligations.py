"""Publication duties: every community of a database checked by one process, as the nightly worker does."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.disclosure.checking import check
from tenants.context import register, tenant
from tenants.models import Community


def check_duties() -> dict[str, Any]:
    """Seconds of all communities together and of each, sorted; the queries of one of them."""
    with register():
        communities = list(Community.objects.live().municipalities().select_related("marz"))
    taken = []
    begun = time.perf_counter()
    for community in communities:
        one = time.perf_counter()
        with tenant(community):
            outcome = check(community)
        assert outcome.applicable, community.slug
        taken.append(time.perf_counter() - one)
    seconds = time.perf_counter() - begun
    with tenant(communities[0]), CaptureQueriesContext(connection) as queries:
        check(communities[0])
    return {"count": len(communities), "seconds": seconds, "each": sorted(taken), "queries": len(queries)}
