"""Alerts: what residents must know now, from one hour to another, in some settlements or in all."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.trilingual import Trilingual

# Emergencies stand before everything else.
URGENCY = Case(When(kind="emergency", then=0), default=1)


class AlertQuerySet(models.QuerySet["Alert"]):
    def published(self) -> AlertQuerySet:
        return self.filter(is_published=True)

    def current(self, at: datetime | None = None) -> AlertQuerySet:
        """Those in force now: emergencies first, then the newest."""
        moment = at or timezone.now()
        running = self.published().filter(starts_at__lte=moment, ends_at__gt=moment)
        return running.order_by(URGENCY, "-starts_at", "-pk")

    def planned(self, at: datetime | None = None) -> AlertQuerySet:
        """Those that have not begun, the nearest first."""
        return self.published().filter(starts_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, at: datetime | None = None) -> AlertQuerySet:
        """Those that have ended, the last one first."""
        return self.published().filter(ends_at__lte=at or timezone.now()).order_by("-ends_at", "-pk")

    def for_place(self, name_hy: str) -> AlertQuerySet:
        """Those that concern a settlement: its own and those of the whole community."""
        return self.filter(Q(is_whole_community=True) | Q(settlements__contains=[name_hy]))


class Alert(Trilingual):
    """An alert (ահազանգ): an emergency, or an interruption of water, electricity, gas or a road."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", _("emergency")
        WATER = "water", _("water interruption")
        ELECTRICITY = "electricity", _("electricity interruption")
        GAS = "gas", _("gas interruption")
        ROAD = "road", _("road")
        OTHER = "other", _("other alert")

    # Public pages show it: saving it purges them (cms.invalidation).
    shown_to_visitors = True

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.WATER)
    title_hy = models.CharField(
        _("headline in Armenian"),
        max_length=160,
        help_text=_("What, where, when: one line that stands above every page."),
    )
    title_en = models.CharField(
        _("headline in English"),
        max_length=160,
        blank=True,
        help_text=_("Empty: the Armenian headline is shown and marked as Armenian, since an alert is not withheld."),
    )
    title_ru = models.CharField(_("headline in Russian"), max_length=160, blank=True)
    text_hy = models.TextField(
        _("text in Armenian"), max_length=2000, blank=True, help_text=_("Why, which streets, what to do, whom to call.")
    )
    text_en = models.TextField(_("text in English"), max_length=2000, blank=True)
    text_ru = models.TextField(_("text in Russian"), max_length=2000, blank=True)
    is_whole_community = models.BooleanField(_("the whole community"), default=False)
    settlements = models.JSONField(
        _("settlements"), default=list, blank=True, help_text=_("Armenian names from the register.")
    )
    starts_at = models.DateTimeField(
        _("begins"), default=timezone.now, help_text=_("Yerevan time. Before it: planned.")
    )
    ends_at = models.DateTimeField(
        _("ends"),
        help_text=_(
            "Yerevan time. At this minute the alert leaves the pages by itself; move it if the works last longer."
        ),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page with more"),
        help_text=_("A page of this site that says more, for example the announcement."),
    )
    source = models.CharField(
        _("source"), max_length=120, blank=True, help_text=_("Who says so, for example «Վեոլիա Ջուր» ՓԲԸ.")
    )
    is_dismissible = models.BooleanField(
        _("a reader may hide it"), default=True, help_text=_("Off: the line stays above the pages until the end.")
    )
    is_published = models.BooleanField(_("published"), default=True, help_text=_("Off: a draft, or taken away."))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    edition = models.PositiveSmallIntegerField(
        _("edition"), default=1, editable=False, help_text=_("Grows when the subscribers are told of a change.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="alert_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(is_whole_community=True, settlements=[])
                | (Q(is_whole_community=False) & ~Q(settlements=[])),
                name="alert_says_where",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False), name="alert_published_has_its_moment"
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(is_published=True), name="alert_by_end")]

    def __str__(self) -> str:
        return self.title_hy

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the beginning.")})
        if self.is_whole_community:
            self.settlements = []
        elif not self.settlements:
            raise ValidationError({"settlements": _("Choose the settlements, or the whole community.")})
