"""The outbox: what has to leave the house, written in the transaction that caused it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def due(self, at: datetime | None = None) -> OutboxQuerySet:
        """Rows to be sent now, oldest first. A row waits while an earlier one of its stream waits, too.

        One that was given up does not hold the others back: a wrong address must not silence a case for ever.
        """
        earlier = Outbox.objects.filter(
            state=Outbox.State.PENDING, schema=OuterRef("schema"), stream=OuterRef("stream"), pk__lt=OuterRef("pk")
        ).exclude(stream="")
        moment = at or timezone.now()
        return self.filter(~Exists(earlier), state=Outbox.State.PENDING, next_at__lte=moment).order_by("next_at", "id")


class Outbox(models.Model):
    """One thing to send. It lies in the register, so that one query finds the tenants with due work.

    A tenant's role reads and inserts rows of its own schema only: row level security, see the first migration.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENT = "sent", _("sent")
        DEAD = "dead", _("given up")
        SKIPPED = "skipped", _("not needed")

    class Reason(models.TextChoices):
        """Why the last attempt failed, as far as somebody can do something about it."""

        UNREACHABLE = "unreachable", _("the other side did not answer")
        ADDRESS = "address", _("the address was refused")
        REFUSED = "refused", _("the other side refused it")
        GONE = "gone", _("what it was about is gone")
        FAULT = "fault", _("a fault of the program")

    tenant_rights = "SELECT, INSERT"

    schema = models.CharField(_("schema"), max_length=63, help_text=_("Whose row it is."))
    kind = models.CharField(_("kind"), max_length=40, help_text=_("Name of the handler that sends it."))
    stream = models.CharField(
        _("stream"), max_length=120, blank=True,
        help_text=_("Rows of one stream (a case and a recipient) are sent in the order in which they were written."),
    )  # fmt: skip
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
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
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
                | Q(state__in=["pending", "dead", "skipped"], sent_at__isnull=True),
                name="outbox_sent_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "schema"], condition=Q(state="pending"), name="outbox_due"),
            models.Index(
                fields=["schema", "stream", "id"], condition=Q(state="pending") & ~Q(stream=""), name="outbox_order"
            ),
            # What a community looks at on its screen, the newest first.
            models.Index(fields=["schema", "state", "-id"], name="outbox_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.schema} {self.kind} {self.dedupe_key}"


class SentKey(models.Model):
    """The key of a row that was sent and has been purged since: the same is not sent again, however much later.

    Only the relay and the purge look here, with the application's own rights; tenants have none.
    """

    schema = models.CharField(_("schema"), max_length=63)
    digest = models.BinaryField(_("digest of the key"), max_length=32)

    class Meta:
        verbose_name = _("key of a sent item")
        verbose_name_plural = _("keys of sent items")
        constraints = [models.UniqueConstraint(fields=["schema", "digest"], name="sent_key_once")]

    def __str__(self) -> str:
        return f"{self.schema} {bytes(self.digest).hex()[:12]}"

    @staticmethod
    def digest_of(dedupe_key: str) -> bytes:
        """SHA-256 of a key against doubles."""
        return sha256(dedupe_key.encode()).digest()
