"""What makes a check worth repeating at once: pages, records, contacts, services."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.disclosure.tasks import check_soon
from cms.models import OpeningHours, SiteProfile

# Applications whose records are evidence; known by label, never imported.
EVIDENCE_APPS = {"procedures", "records"}


@receiver([page_published, page_unpublished, post_page_move], dispatch_uid="disclosure.pages_changed")
def pages_changed(sender: Any, **kwargs: Any) -> None:
    check_soon()


@receiver([post_save, post_delete], dispatch_uid="disclosure.records_changed")
def records_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, SiteProfile | OpeningHours) or sender._meta.app_label in EVIDENCE_APPS:
        check_soon()
