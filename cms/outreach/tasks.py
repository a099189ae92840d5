"""Background work of this application; the tenant comes with the message."""

from __future__ import annotations

from celery import shared_task

from cms.outreach import feedback, mailing, subscriptions


@shared_task(name="outreach.send_daily", ignore_result=True)
def send_daily() -> None:
    """The daily letters."""
    mailing.send_daily()


@shared_task(name="outreach.forget_old", ignore_result=True)
def forget_old() -> None:
    """What need not be kept any longer."""
    subscriptions.forget_old()
    feedback.forget_old()
