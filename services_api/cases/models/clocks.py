"""What moves the end of a term: pauses and extensions. The end itself is always counted anew by `cases.clock`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services_api.cases.models.case import Case
from services_api.cases.models.events import CaseEvent


class PauseReason(models.TextChoices):
    """Why the term stood still."""

    STATE = "state", _("the state of the case stops the term")
    CLOSED = "closed", _("the case was closed and opened again")


class ClockPause(models.Model):
    """A time in which the term of a case stands still (ժամկետի կասեցում), half-open: [begin, end)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", verbose_name=_("case"))
    reason = models.CharField(_("reason"), max_length=6, choices=PauseReason, default=PauseReason.STATE)
    begin = models.DateTimeField(_("from"))
    end = models.DateTimeField(_("to"), null=True, blank=True, help_text=_("Empty while it lasts."))
    begun_by = models.ForeignKey(CaseEvent, models.PROTECT, related_name="+", verbose_name=_("event that began it"))
    ended_by = models.ForeignKey(
        CaseEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event that ended it")
    )

    class Meta:
        ordering = ["case", "begin", "id"]
        verbose_name = _("pause of a term")
        verbose_name_plural = _("pauses of terms")
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("begin")), name="pause_ends_later"),
            models.CheckConstraint(
                condition=Q(end__isnull=True, ended_by__isnull=True) | Q(end__isnull=False, ended_by__isnull=False),
                name="pause_end_has_its_event",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(end__isnull=True), name="pause_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.begin:%d.%m.%Y} – {self.end:%d.%m.%Y}" if self.end else f"{self.begin:%d.%m.%Y} –"


class ClockExtension(models.Model):
    """A term made longer (ժամկետի երկարաձգում), by a length or by another rule of the law, always with its ground."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions", verbose_name=_("case"))
    length = models.PositiveIntegerField(_("length"), default=0)
    unit = models.CharField(_("unit"), max_length=13, default="calendar_days", help_text=_("As clock rules name it."))
    rule = models.CharField(
        _("rule"), max_length=60, blank=True, help_text=_("Code of the clock rule that counts from now on, if another.")
    )
    ground = models.TextField(_("ground"), help_text=_("The applicant is told."))
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)
    decision = models.ForeignKey(
        CaseEvent, models.PROTECT, related_name="+", verbose_name=_("decision"), help_text=_("Who decided it and when.")
    )

    class Meta:
        ordering = ["case", "granted_at", "id"]
        verbose_name = _("extension of a term")
        verbose_name_plural = _("extensions of terms")
        constraints = [
            models.CheckConstraint(condition=Q(length__gte=1) | ~Q(rule=""), name="extension_extends"),
            models.CheckConstraint(condition=~Q(ground=""), name="extension_has_a_ground"),
            models.CheckConstraint(
                condition=Q(unit__in=["calendar_days", "working_days", "months"]), name="extension_unit_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.rule or f"+{self.length} {self.unit}"
