"""What the applicant and the officer write to each other about a case."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.cases.models.case import Case
from services_api.cases.models.events import CaseEvent


class MessageKind(models.TextChoices):
    """Who writes, and why."""

    QUESTION = "question", _("question to the applicant")
    REPLY = "reply", _("answer of the applicant")
    TO_APPLICANT = "to", _("letter to the applicant")
    FROM_APPLICANT = "from", _("letter of the applicant")


class Message(models.Model):
    """One letter of the correspondence. Internal notes are no messages: they are comments of events."""

    uuid = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False,
        help_text=_("Of the form that sent it: sent twice, it is written once."),
    )  # fmt: skip
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages", verbose_name=_("case"))
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="message", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=8, choices=MessageKind)
    text = models.TextField(_("text"), blank=True)
    missing = models.JSONField(
        _("what is missing"), default=list, blank=True, help_text=_("Documents or facts that a question asks for.")
    )
    author_label = models.CharField(
        _("who"), max_length=300, blank=True, help_text=_("Name and position at that time; empty: the applicant.")
    )
    at = models.DateTimeField(_("moment"), default=timezone.now)
    due_at = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    question = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("question it answers")
    )
    settled_at = models.DateTimeField(
        _("settled"), null=True, blank=True, help_text=_("When a question was answered or became pointless.")
    )

    class Meta:
        ordering = ["case", "at", "id"]
        verbose_name = pgettext_lazy("case", "message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="question", due_at__isnull=False)
                | (~Q(kind="question") & Q(due_at__isnull=True, settled_at__isnull=True)),
                name="message_question_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=True) | Q(kind="reply"), name="message_only_replies_answer"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind="question", settled_at__isnull=True), name="message_one_open_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def is_from_applicant(self) -> bool:
        """Whether the applicant wrote it."""
        return self.kind in (MessageKind.REPLY, MessageKind.FROM_APPLICANT)
