"""What waits to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from services_api.exchange.models import Outbox
from tenants.context import register


def tenants_with_due_work(at: datetime | None = None) -> list[str]:
    """Schemas that have rows to be sent now, those that wait longest first. One query for the whole country."""
    with register():
        return list(
            Outbox.objects.due(at).order_by().values("schema").annotate(oldest=Min("next_at")).order_by("oldest")
            .values_list("schema", flat=True)
        )  # fmt: skip


def summary() -> list[dict[str, Any]]:
    """Per schema: how many rows wait, are late, were sent, were given up."""
    with register():
        rows = (
            Outbox.objects.order_by()
            .values("schema")
            .annotate(
                pending=Count("id", filter=Q(state=Outbox.State.PENDING)),
                retried=Count("id", filter=Q(state=Outbox.State.PENDING, attempts__gt=0)),
                sent=Count("id", filter=Q(state=Outbox.State.SENT)),
                dead=Count("id", filter=Q(state=Outbox.State.DEAD)),
            )
        )
        return [dict(row) for row in rows.order_by("schema")]


def dead_rows(limit: int = 50) -> list[Outbox]:
    """The latest rows that were given up, with their reasons."""
    with register():
        return list(Outbox.objects.filter(state=Outbox.State.DEAD).order_by("-id")[:limit])
