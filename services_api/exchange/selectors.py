"""What waits to be sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from services_api.exchange.models import Outbox
from tenants.context import current_schema, register


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
                skipped=Count("id", filter=Q(state=Outbox.State.SKIPPED)),
            )
        )
        return [dict(row) for row in rows.order_by("schema")]


def kept_long_enough(at: datetime | None = None) -> QuerySet[Outbox]:
    """Rows that were sent, or found not needed, more than `settings.OUTBOX_KEEP_DAYS` ago."""
    limit = (at or timezone.now()) - timedelta(days=settings.OUTBOX_KEEP_DAYS)
    return Outbox.objects.filter(
        Q(state=Outbox.State.SENT, sent_at__lt=limit) | Q(state=Outbox.State.SKIPPED, created_at__lt=limit)
    )


def tenants_to_purge() -> list[str]:
    """Schemas that have such rows."""
    with register():
        return list(kept_long_enough().order_by().values_list("schema", flat=True).distinct())


def own_rows(state: str, kind: str = "", reason: str = "") -> QuerySet[Outbox]:
    """Rows of the current tenant in a state, the newest first. Row level security would show no others anyway."""
    rows = Outbox.objects.filter(schema=current_schema(), state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if reason:
        rows = rows.filter(reason=reason)
    return rows.order_by("-id")


def dead_rows(limit: int = 50) -> list[Outbox]:
    """The latest rows that were given up, with their reasons."""
    with register():
        return list(Outbox.objects.filter(state=Outbox.State.DEAD).order_by("-id")[:limit])
