"""How long the history of checks is kept: each day for 400 days, so that a year can be compared, then one a month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cms.disclosure.models import CheckResult, Score
from tenants.context import current_community, register

DAILY = timedelta(days=400)


def thin_out() -> int:
    """Of the current community's older days keep the first one of each month that was checked. Returns how many
    rows are gone."""
    community = current_community()
    if community is None:
        return 0
    edge = timezone.localdate() - DAILY
    # Tenants may write results, not delete them; this is the register's own upkeep.
    with register():
        results = CheckResult.objects.filter(community=community)
        scores = Score.objects.filter(community=community)
        return _thin(results, edge, "duty", "source") + _thin(scores, edge)


def _thin(rows: Any, edge: Any, *keys: str) -> int:
    same = {key: OuterRef(key) for key in keys}
    earlier = rows.filter(
        **same, day__year=OuterRef("day__year"), day__month=OuterRef("day__month"), day__lt=OuterRef("day")
    )
    older = rows.filter(Exists(earlier), day__lt=edge.replace(day=1)).values_list("pk", flat=True)
    return rows.filter(pk__in=list(older)).delete()[0]


__all__ = ["DAILY", "thin_out"]
