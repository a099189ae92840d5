"""The outbox: what has to leave the house, written in the transaction that caused it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def due(self, at: datetime | None = None) -> OutboxQuerySet:
        """Rows to be sent now, oldest first."""
        return self.filter(state=Outbox.State.PENDING, next_at__lte=at or timezone.now()).order_by("next_at", "id")


class Outbox(models.Model):
    """One thing to send. It lies in the register, so that one query finds the tenants with due work.

    A tenant's role reads and inserts rows of its own schema only: row level security, see the first migration.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENT = "sent", _("sent")
        DEAD = "dead", _("given up")

    tenant_rights = "SELECT, INSERT"

    schema = models.CharField(_("schema"), max_length=63, help_text=_("Whose row it is."))
    kind = models.CharField(_("kind"), max_length=40, help_text=_("Name of the handler that sends it."))
    payload = models.JSONField(
        _("content"), default=dict, help_text=_("References only; what is personal is read when it is sent.")
    )
    dedupe_key = models.CharField(
        _("key against doubles"), max_length=200, help_text=_("A second row with this key is not written.")
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("outgoing item")
        verbose_name_plural = _("outgoing items")
        constraints = [
            models.UniqueConstraint(fields=["schema", "dedupe_key"], name="outbox_once"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | Q(state__in=["pending", "dead"], sent_at__isnull=True),
                name="outbox_sent_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "schema"], condition=Q(state="pending"), name="outbox_due"),
        ]

    def __str__(self) -> str:
        return f"{self.schema} {self.kind} {self.dedupe_key}"
