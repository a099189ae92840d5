"""Work of the website in the background; the tenant comes with the message."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command

from cms import retention


@shared_task(name="cms.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and take away what is due in the current tenant."""
    call_command("publish_scheduled", verbosity=0)


@shared_task(name="cms.retention", ignore_result=True)
def forget_old() -> None:
    """Delete what the current tenant need not keep."""
    retention.forget_all()
