"""Counting in the background; the tenant comes with the message."""

from __future__ import annotations

from celery import shared_task
from kombu.exceptions import OperationalError

from services_api.oversight import services
from tenants.context import current_community

# A nightly message that nobody took is not needed any more: the next round names the community again.
EXPIRES = 15 * 60


@shared_task(name="oversight.count", ignore_result=True)
def count() -> None:
    """Count the current tenant; the ministry has no cases."""
    community = current_community()
    if community is not None and not community.is_ministry:
        services.push(community)


def start() -> None:
    """Hand the counting of the current tenant to a worker. Raises OSError when the broker is away."""
    try:
        count.apply_async(expires=EXPIRES)
    except OperationalError as error:
        raise OSError(str(error)) from error
