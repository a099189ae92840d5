"""Bringing what the ministry shares to each community, in the background; the tenant comes with the message."""

from __future__ import annotations

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


@shared_task(name="syndication.deliver")
def deliver() -> int:
    """Do what waits for the current tenant."""
    from cms.syndication import services

    return services.deliver_due()


def wake_communities() -> None:
    """Start the work of all communities that have some; without a broker the dispatcher does it in its next round."""
    from cms.syndication import selectors
    from tenants.context import register, tenant
    from tenants.models import Community

    with register():
        communities = list(Community.objects.filter(schema_name__in=selectors.schemas_with_work()))
    for community in communities:
        with tenant(community):
            try:
                deliver.delay()
            except (OperationalError, OSError) as error:
                logger.warning("The broker is not reached (%s); shared items wait for the dispatcher.", error)
                return
