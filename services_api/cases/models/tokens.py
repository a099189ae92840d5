"""Tokens of programs that work for a member of staff through the API."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A token for the API (scoped, expiring). It lies in the tenant's schema, so it is unknown elsewhere."""

    class Scope(models.TextChoices):
        READ = "cases:read", _("read cases")
        WRITE = "cases:write", _("work on cases")
        PERSONAL = "cases:personal", _("read personal data")

    name = models.CharField(_("name"), max_length=100, help_text=_("Which program uses it."))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="case_tokens", verbose_name=_("works for"),
        help_text=_("The token may never do more than this person."),
    )  # fmt: skip
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope), verbose_name=_("rights"))
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="token_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name
