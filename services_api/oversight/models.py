"""Numbers about the work on cases in every community. All of it lies in the register (schema `public`).

A community writes its own rows; row level security keeps it to them (first migration). There is no column in which a
text could cross: dates, numbers, and the code of a procedure that came with a release.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tenants.models import Community

# Procedures that a community has made itself are one row: their codes are its own words.
OWN = "own"
CODE = r"^[a-z0-9-]*$"


class MonthFigure(models.Model):
    """What was counted in a community for a month and a procedure; the empty code is all procedures together."""

    tenant_rights = "SELECT, INSERT, UPDATE"

    community = models.ForeignKey(
        Community, models.CASCADE, related_name="+", verbose_name=pgettext_lazy("figures", "community")
    )
    month = models.DateField(
        pgettext_lazy("figures", "month"), help_text=pgettext_lazy("figures", "The first day of the month.")
    )
    procedure = models.CharField(
        pgettext_lazy("figures", "procedure"), max_length=60, blank=True,
        help_text=pgettext_lazy("figures", "Code of a procedure of the release, `own`, or empty for all together."),
    )  # fmt: skip
    received = models.PositiveIntegerField(pgettext_lazy("figures", "received"), default=0)
    in_time = models.PositiveIntegerField(pgettext_lazy("figures", "answered in time"), default=0)
    late = models.PositiveIntegerField(pgettext_lazy("figures", "answered late"), default=0)
    ended = models.PositiveIntegerField(pgettext_lazy("figures", "ended without an answer"), default=0)
    days = models.PositiveIntegerField(
        pgettext_lazy("figures", "days of all answers"), default=0,
        help_text=pgettext_lazy("figures", "From registration to answer, added up: means can be counted from it."),
    )  # fmt: skip
    median = models.DecimalField(
        pgettext_lazy("figures", "median days"), max_digits=7, decimal_places=1, null=True, blank=True
    )
    ratings = models.PositiveIntegerField(pgettext_lazy("figures", "ratings"), default=0)
    rating_sum = models.PositiveIntegerField(pgettext_lazy("figures", "sum of the ratings"), default=0)

    class Meta:
        ordering = ["-month", "community", "procedure"]
        verbose_name = pgettext_lazy("figures", "figures of a month")
        verbose_name_plural = pgettext_lazy("figures", "figures of months")
        constraints = [
            models.UniqueConstraint(fields=["community", "month", "procedure"], name="month_figure_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_figure_of_a_month"),
            models.CheckConstraint(condition=Q(procedure__regex=CODE), name="month_figure_names_a_code"),
            models.CheckConstraint(
                condition=Q(rating_sum__gte=F("ratings")) & Q(rating_sum__lte=5 * F("ratings")),
                name="month_figure_ratings_are_one_to_five",
            ),
        ]
        indexes = [models.Index(fields=["procedure", "month"], name="month_figure_of_procedure")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.month:%m.%Y} {self.procedure}"


class Counting(models.Model):
    """When a community was counted last, and what is overdue there at that moment."""

    tenant_rights = "SELECT, INSERT, UPDATE"

    community = models.OneToOneField(
        Community, models.CASCADE, related_name="+", verbose_name=pgettext_lazy("figures", "community")
    )
    overdue = models.PositiveIntegerField(pgettext_lazy("figures", "overdue"), default=0)
    counted_at = models.DateTimeField(pgettext_lazy("figures", "counted"), default=timezone.now)

    class Meta:
        ordering = ["community"]
        verbose_name = pgettext_lazy("figures", "counting")
        verbose_name_plural = pgettext_lazy("figures", "countings")

    def __str__(self) -> str:
        return f"{self.community_id} {self.counted_at:%d.%m.%Y %H:%M}"
