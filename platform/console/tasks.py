"""Celery tasks of the console: thin."""

from __future__ import annotations

import logging

from celery import shared_task

from tenants import provisioning
from tenants.context import register
from tenants.models import Community

logger = logging.getLogger(__name__)


@shared_task(name="console.connect_community", ignore_result=True)
def connect_community(slug: str) -> None:
    """Run what is left of a connection. A failed step is in the register with its reason; the page shows it."""
    with register():
        community = Community.objects.filter(slug=slug, status=Community.Status.PROVISIONING).first()
    if community is None:
        logger.warning("Nothing to connect: %s was undone or is connected already.", slug)
        return
    try:
        provisioning.run(community)
    except provisioning.AlreadyRunning:
        logger.info("%s is being connected by another process.", slug)
    except provisioning.ProvisioningFailed as failure:
        logger.error("%s", failure)
