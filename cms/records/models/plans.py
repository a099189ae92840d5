"""Programmes and reports."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.records.models.base import RegisterRecord, check_order


class Programme(RegisterRecord):
    """A development programme of five years, or the annual work plan made from it."""

    class Kind(models.TextChoices):
        DEVELOPMENT = "development", _("five-year development programme")
        ANNUAL = "annual", _("annual work plan")
        OTHER = "other", _("other programme")

    kind = models.CharField(_("kind of programme"), max_length=12, choices=Kind, default=Kind.ANNUAL)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    decision_number = models.CharField(_("number of the decision"), max_length=30, blank=True)
    file = models.ForeignKey(
        "cms.SiteDocument", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta(RegisterRecord.Meta):
        ordering = ["-first_year", "-date", "-pk"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="programme_ends_after_it_begins",
                violation_error_message=_("The last year is before the first one."),
            ),
        ]  # fmt: skip

    def clean(self) -> None:
        super().clean()
        check_order(self.first_year, self.last_year, "last_year", _("The last year is before the first one."))


class Report(RegisterRecord):
    """A report to residents or to the council (հաշվետվություն)."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("annual report of the head of the community")
        PROGRAMME = "programme", _("report on the development programme")
        INFORMATION = "information", _("statistics of information requests")
        AUDIT = "audit", _("audit or inspection")
        OTHER = "other", _("other report")

    kind = models.CharField(_("kind of report"), max_length=12, choices=Kind, default=Kind.OTHER)
    year = models.PositiveSmallIntegerField(_("year of the report"))
    file = models.ForeignKey(
        "cms.SiteDocument", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta(RegisterRecord.Meta):
        verbose_name = _("report to residents")
        verbose_name_plural = _("reports to residents")
