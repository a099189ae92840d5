"""What is shared, where it stands, and the alerts that a community's pages show."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cms.syndication.models import MAX_ATTEMPTS, Delivery, SharedItem
from tenants.context import current_community, register
from tenants.models import Community


def items() -> QuerySet[SharedItem]:
    """For the ministry: all items with the number of communities in each state. Ask it inside `register()`."""
    states = Delivery.State
    counts = {f"n_{state.value}": Count("deliveries", filter=Q(deliveries__state=state)) for state in states}
    return SharedItem.objects.annotate(
        total=Count("deliveries"),
        n_failed=Count("deliveries", filter=Q(deliveries__attempts__gte=MAX_ATTEMPTS)),
        **counts,
    ).order_by("-shared_at", "-pk")


def item_with_communities(uuid: Any) -> tuple[SharedItem, list[Delivery]] | None:
    """One item with its deliveries in the order of the register, None when there is none."""
    with register():
        item = items().filter(uuid=uuid).first()
        if item is None:
            return None
        return item, list(item.deliveries.select_related("community").order_by("community__code"))


def offers() -> QuerySet[Delivery]:
    """For a community: what the ministry has shared with it, the newest first."""
    return Delivery.objects.filter(community=current_community()).select_related("item").order_by("-item__shared_at")


def offer(uuid: Any) -> Delivery | None:
    """One of them."""
    return offers().filter(item__uuid=uuid).first()


def offers_waiting() -> int:
    """How many offers nobody of the community has looked at."""
    return offers().filter(state=Delivery.State.OFFERED, item__withdrawn_at__isnull=True).count()


def alerts() -> list[SharedItem]:
    """The ministry's alerts for the current community that are not over, those to come included. One query."""
    community = current_community()
    if community is None or community.is_ministry:
        return []
    return list(
        SharedItem.objects.current()
        .filter(kind=SharedItem.Kind.ALERT, deliveries__community=community, deliveries__state=Delivery.State.SHOWN)
        .order_by("-shared_at")
    )


def schemas_with_work() -> list[str]:
    """Communities in which a worker has something to do now. One query for the country; runs in the register."""
    return list(
        Delivery.objects.with_work(timezone.now())
        .filter(community__status=Community.Status.ACTIVE)
        .order_by()
        .values_list("community__schema_name", flat=True)
        .distinct()
    )


__all__ = ["alerts", "item_with_communities", "items", "offer", "offers", "offers_waiting", "schemas_with_work"]
