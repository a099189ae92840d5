"""What lies between a form and a case: an unfinished application, and the key that keeps a case from coming twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from services_api.cases.models.case import Case, Channel
from services_api.cases.models.sealed import SealedAnswersField
from services_api.procedures.public import ProcedureVersion

DRAFT_LIFE = timedelta(hours=24)
# Somebody who asks to finish later has a month, and a code besides the link.
KEPT_LIFE = timedelta(days=30)
# 43 signs out of 62: 256 bits, not to be guessed.
TOKEN_LENGTH = 43


def new_token() -> str:
    """An unguessable name of a draft."""
    return get_random_string(TOKEN_LENGTH)


def draft_end() -> datetime:
    """When a draft that begins now is forgotten."""
    return timezone.now() + DRAFT_LIFE


class DraftSubmission(models.Model):
    """Answers and files between the form and the sending, so that nothing is lost without JavaScript.

    Whoever knows the token holds the draft; it is forgotten after a day. Once sent, it leads to its case, so that the
    back button, a second tab and a double click end at the same confirmation.
    """

    token = models.CharField(_("token"), max_length=64, unique=True, default=new_token, editable=False)
    version = models.ForeignKey(
        ProcedureVersion, models.CASCADE, null=True, related_name="+", verbose_name=_("version of the procedure"),
        help_text=_("Empty for files that a program uploads before it submits."),
    )  # fmt: skip
    answers = SealedAnswersField(_("answers"), default=dict)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="hy")
    is_valid = models.BooleanField(_("ready to be sent"), default=False)
    pages_done = models.JSONField(
        _("pages filled in"),
        default=list,
        blank=True,
        help_text=_("Codes of the pages of the form that were in order."),
    )
    resume_digest = models.CharField(
        _("digest of the code to go on"),
        max_length=64,
        blank=True,
        editable=False,
        help_text=_("Set when somebody asks to finish later; the code itself is not kept."),
    )
    channel = models.CharField(
        _("channel"), max_length=8, choices=Channel, default=Channel.PORTAL,
        help_text=_("How it comes in; said by whoever takes it down for somebody."),
    )  # fmt: skip
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name=_("case"))
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    expires_at = models.DateTimeField(_("forgotten at"), default=draft_end)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("unfinished application")
        verbose_name_plural = _("unfinished applications")
        indexes = [models.Index(fields=["expires_at"], name="draft_by_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["resume_digest"], condition=~models.Q(resume_digest=""), name="draft_resume_code_once"
            ),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="draft_channel_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.created_at:%d.%m.%Y %H:%M})"


class SubmissionKey(models.Model):
    """The key of a submission: the same key leads to the same case (the header Idempotency-Key, or a draft's token)."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    fingerprint = models.CharField(
        _("fingerprint"),
        max_length=64,
        help_text=_("Keyed digest of what was sent; other content with this key is refused."),
    )
    case = models.OneToOneField(Case, models.CASCADE, related_name="submission_key", verbose_name=_("case"))
    tracking_code = models.CharField(
        _("tracking code"), max_length=12, blank=True,
        help_text=_("Kept for a day, so that a repeated sending gets the same answer; then removed."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("key of a submission")
        verbose_name_plural = _("keys of submissions")

    def __str__(self) -> str:
        return self.key
