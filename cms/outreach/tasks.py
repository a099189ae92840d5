"""Background work of this application; the tenant comes with the message."""

from __future__ import annotations

from celery import shared_task

from cms.outreach import mailing


@shared_task(name="outreach.send_daily", ignore_result=True)
def send_daily() -> None:
    """The daily letters."""
    mailing.send_daily()
