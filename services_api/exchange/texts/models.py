"""A community's own words for a letter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The way a text goes."""

    MAIL = "mail", _("letter")
    SMS = "sms", _("short message")


class LetterText(models.Model):
    """Own words for one message in one language. Gaps in braces are filled in when it is sent: see `gaps`."""

    channel = models.CharField(_("channel"), max_length=4, choices=Channel)
    message = models.CharField(_("message"), max_length=20, help_text=_("As of the letter, for example received."))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject of the letter"), max_length=200, blank=True)
    body = models.TextField(_("text"), max_length=5_000)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.CharField(_("changed by"), max_length=300, blank=True)

    class Meta:
        ordering = ["channel", "message", "language"]
        verbose_name = _("own text of a letter")
        verbose_name_plural = _("own texts of letters")
        constraints = [
            models.UniqueConstraint(fields=["channel", "message", "language"], name="letter_text_once"),
            models.CheckConstraint(condition=~models.Q(body=""), name="letter_text_has_words"),
            models.CheckConstraint(
                condition=models.Q(channel="mail") & ~models.Q(subject="") | models.Q(channel="sms", subject=""),
                name="letter_text_subject_of_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.message} {self.language}"
