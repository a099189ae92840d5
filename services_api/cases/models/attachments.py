"""Files of cases: private, of a proved type, with a fingerprint."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
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


class ScanState(models.TextChoices):
    """What is known of a file. Only `clean` says that a scanner has looked at it."""

    NOT_SCANNED = "none", pgettext_lazy("file", "not scanned")
    CHECKING = "checking", pgettext_lazy("file", "being checked")
    CLEAN = "clean", pgettext_lazy("file", "no virus found")
    INFECTED = "infected", pgettext_lazy("file", "removed: a virus was found")


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
    scan_state = models.CharField(_("virus scan"), max_length=8, choices=ScanState, default=ScanState.NOT_SCANNED)
    scan_at = models.DateTimeField(
        _("next scan"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the scanner is asked, again and again."),
    )
    scan_attempts = models.PositiveSmallIntegerField(_("attempts of the scan"), default=0, editable=False)
    scan_result = models.CharField(
        _("result of the scan"), max_length=200, blank=True, editable=False,
        help_text=_("The name of what was found, or why the scanner did not answer."),
    )  # fmt: skip

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
            models.CheckConstraint(
                condition=Q(scan_state="checking", scan_at__isnull=False)
                | Q(scan_state__in=["none", "clean", "infected"], scan_at__isnull=True),
                name="attachment_checked_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["scan_at"], condition=Q(scan_at__isnull=False), name="attachment_by_scan")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_released(self) -> bool:
        """Whether it may be given out: clean; or not scanned, where no scanner is configured."""
        if self.scan_state == ScanState.NOT_SCANNED:
            return not settings.CLAMD_URL
        return self.scan_state == ScanState.CLEAN

    @property
    def is_infected(self) -> bool:
        """Its content is gone."""
        return self.scan_state == ScanState.INFECTED

    @property
    def scan_note(self) -> str:
        """Why it is not given out, "" when it is."""
        if self.is_released:
            return ""
        shown = ScanState.INFECTED if self.is_infected else ScanState.CHECKING
        return str(shown.label)

    @property
    def extension(self) -> str:
        """The ending of the name in capitals, as shown beside the size: PDF, JPG."""
        return self.name.rpartition(".")[2].upper()
