"""Whatever changes a public page bumps the tenant's stamp, after commit: publishing, settings, pictures, services."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.editing.public_files import refer_now
from cms.models import ConsultationComment, OpeningHours, SiteDocument, SiteImage, SiteProfile, SocialLink
from cms.page_cache import forget_pages
from tenants.context import current_schema, in_register

# Saved records that public pages show directly. Pages speak for themselves by the signals above.
SHOWN_RECORDS = (
    SiteProfile,
    OpeningHours,
    SocialLink,
    SiteImage,
    SiteDocument,
    ConsultationComment,
    Locale,
    Site,
    PageViewRestriction,
)
# Applications whose records public pages show; known by label, never imported.
SHOWN_APPS = {"procedures", "records"}


def forget_after_commit() -> None:
    """Bump the stamp of the current tenant once the change is visible to others."""
    if in_register():
        return
    schema = current_schema()
    transaction.on_commit(lambda: forget_pages(schema))


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move], dispatch_uid="cms.pages_changed")
def pages_changed(sender: Any, **kwargs: Any) -> None:
    if kwargs.get("signal") is page_published:
        refer_now(kwargs["instance"])
    forget_after_commit()


@receiver([post_save, post_delete], dispatch_uid="cms.records_changed")
def records_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    is_deleted_page = isinstance(instance, Page) and "created" not in kwargs
    # A model of an application that also counts answers says so itself: a vote is no reason to purge the pages.
    is_shown = sender._meta.app_label in SHOWN_APPS or getattr(sender, "shown_to_visitors", False)
    if isinstance(instance, SHOWN_RECORDS) or is_deleted_page or is_shown:
        if "created" in kwargs and not kwargs.get("raw"):
            refer_now(instance)
        forget_after_commit()
