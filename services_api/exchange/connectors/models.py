"""Which registers a community asks, and every call that was made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services_api.cases.public import Case
from tenants.append_only import AppendOnly


class Switch(models.Model):
    """A register that this community does not ask. Without a row it does, if the installation can."""

    connector = models.CharField(_("register"), max_length=20, unique=True)
    is_off = models.BooleanField(_("switched off"), default=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.CharField(_("changed by"), max_length=300, blank=True)

    class Meta:
        ordering = ["connector"]
        verbose_name = _("switch of a register")
        verbose_name_plural = _("switches of registers")

    def __str__(self) -> str:
        return f"{self.connector}: {'off' if self.is_off else 'on'}"


class ExternalCall(AppendOnly):
    """One question to a register: by whom, about what, why, on which ground. What was asked is kept as a digest."""

    class Result(models.TextChoices):
        FOUND = "found", _("found")
        NOT_FOUND = "not_found", _("not found")
        DOWN = "down", _("the register did not answer")
        REFUSED = "refused", _("the register refused")

    connector = models.CharField(_("register"), max_length=20)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("case"))
    # Not a foreign key: the log outlives the account, and its line says who it was at that time.
    actor_id = models.BigIntegerField(_("account of who asked"), null=True)
    actor_label = models.CharField(_("who asked"), max_length=300, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    request_hash = models.CharField(
        _("digest of the question"), max_length=64, help_text=_("Keyed, so that numbers cannot be guessed from it.")
    )
    result = models.CharField(_("result"), max_length=9, choices=Result)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("question to a register")
        verbose_name_plural = _("questions to registers")
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(legal_basis=""), name="external_call_has_purpose_and_basis"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.connector}: {self.result}"
