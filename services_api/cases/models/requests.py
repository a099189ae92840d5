"""What a program has made already: its keys, so that a repeated request makes nothing twice."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CreationKey(models.Model):
    """The header Idempotency-Key of a request that made something, and what it made. Forgotten after a day.

    Names only what was made, never what was said: the answer is written anew from the thing itself.
    """

    caller = models.CharField(
        _("caller"), max_length=80, help_text=_("The token, account or case; keys of different callers do not meet.")
    )
    operation = models.CharField(_("operation"), max_length=60)
    key = models.CharField(_("key"), max_length=128)
    fingerprint = models.CharField(
        _("fingerprint"),
        max_length=64,
        help_text=_("SHA-256 of what was sent; other content with this key is refused."),
    )
    made = models.JSONField(_("what was made"), default=list, help_text=_("Identifiers."))
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("key of a request")
        verbose_name_plural = _("keys of requests")
        constraints = [models.UniqueConstraint(fields=["caller", "operation", "key"], name="creation_key_once")]
        indexes = [models.Index(fields=["created_at"], name="creation_key_by_age")]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"
