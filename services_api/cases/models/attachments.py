"""Files of cases: private, of a proved type, with a fingerprint."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.cases.models.case import Case
from services_api.cases.models.drafts import DraftSubmission
from services_api.cases.models.events import Decision
from services_api.cases.models.messages import Message
from tenants.storage import private_storage_for_field


class AttachmentKind(models.TextChoices):
    """Who added it."""

    APPLICANT = "applicant", _("from the applicant")
    ANSWER = "answer", _("with the answer")
    LETTER = "letter", _("with a letter of the officer")


def attachment_path(attachment: Attachment, filename: str) -> str:
    """A name in the private store that tells nothing: the original name is kept in the row."""
    return f"cases/{date.today():%Y/%m}/{attachment.uuid}"


class Attachment(models.Model):
    """A file of a draft, of a case or of an answer."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name=_("case")
    )
    draft = models.ForeignKey(
        DraftSubmission, models.SET_NULL, null=True, blank=True, related_name="attachments",
        verbose_name=_("unfinished application"),
    )  # fmt: skip
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name=_("answer")
    )
    message = models.ForeignKey(
        Message,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=pgettext_lazy("case", "message"),
    )
    kind = models.CharField(_("kind"), max_length=9, choices=AttachmentKind, default=AttachmentKind.APPLICANT)
    field = models.CharField(_("question"), max_length=60, blank=True, help_text=_("Name of the form's field."))
    name = models.CharField(_("name"), max_length=150, help_text=_("The original name, cleaned."))
    file = models.FileField(_("file"), upload_to=attachment_path, storage=private_storage_for_field, max_length=200)
    media_type = models.CharField(_("media type"), max_length=100, help_text=_("As found in the content."))
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes, as kept."))
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the file as kept."))
    created_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(draft__isnull=False), name="attachment_belongs_to_something"
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True) | Q(case__isnull=False, kind="answer"),
                name="attachment_of_answer_is_of_a_case",
            ),
            models.CheckConstraint(
                condition=Q(message__isnull=True) | Q(case__isnull=False, decision__isnull=True),
                name="attachment_of_message_is_of_a_case",
            ),
            models.CheckConstraint(condition=Q(size__gte=1), name="attachment_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def extension(self) -> str:
        """The ending of the name in capitals, as shown beside the size: PDF, JPG."""
        return self.name.rpartition(".")[2].upper()
