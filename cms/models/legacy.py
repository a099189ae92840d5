"""Addresses of the site that a community had before: where each of its pages is now."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LegacyAddress(models.Model):
    """An address of the earlier system (Smart Municipality) by kind and identifier, and its place today."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document flow (a=v&g=…)")
        ANNOUNCEMENT = "announcement", _("Announcement (recID=…)")
        EVENT = "event", _("Event (eID=…)")
        NEWS = "news", _("News")
        QUESTION = "question", _("Question and answer (recId=…)")
        BUDGET = "budget", _("Budget income (Year=…)")
        DUTIES = "duties", _("Local duties")
        OTHER = "other", _("Another page (its whole address)")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    old_id = models.CharField(
        _("old identifier"), max_length=200, help_text=_("As it stands in the old address, in small letters.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("page now")
    )
    url = models.CharField(
        _("or address now"), max_length=300, blank=True, help_text=_("Of a record: begins with a slash.")
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["kind", "old_id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "old_id"], name="legacy_address_once"),
            models.CheckConstraint(
                condition=Q(page__isnull=False, url="") | Q(page__isnull=True, url__startswith="/"),
                name="legacy_address_has_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.old_id}"

    def clean(self) -> None:
        super().clean()
        self.old_id = self.old_id.strip().casefold()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"url": _("Give either a page or an address.")})
        if self.url and (not self.url.startswith("/") or self.url.startswith("//")):
            raise ValidationError({"url": _("An address of this site begins with one slash.")})
