"""Notices to officers; how officers and applicants want to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.cases.public import Case


class Notice(models.Model):
    """Something that one officer should know of a case. Which words it has is told by its kind when it is read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("to whom"))
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=20, help_text=_("As of the letter that says the same."))
    key = models.CharField(_("key against doubles"), max_length=120)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    read_at = models.DateTimeField(pgettext_lazy("notice", "read"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_newest"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Wish(models.Model):
    """How an officer wants to be told beside the notices. Without a row: by a letter at once."""

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", _("a letter at once")
        DAILY = "daily", _("one letter a day, with everything unread")
        NONE = "none", _("no letters")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("whose"))
    mail = models.CharField(_("letters"), max_length=7, choices=Mail, default=Mail.AT_ONCE)
    next_at = models.DateTimeField(_("next letter of the day"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("wish about letters")
        verbose_name_plural = _("wishes about letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(mail="daily", next_at__isnull=False) | (~Q(mail="daily") & Q(next_at__isnull=True)),
                name="wish_daily_has_its_moment",
            )
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="wish_due")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.mail}"


class SmsWish(models.Model):
    """The applicant of this case has asked for short messages (SMS) beside the letters."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="+", verbose_name=_("case"))
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        ordering = ["id"]
        verbose_name = _("wish for short messages")
        verbose_name_plural = _("wishes for short messages")

    def __str__(self) -> str:
        return f"{self.case_id}"
