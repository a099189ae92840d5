"""Numbers of registers: one counter row per series and year, locked while the number is given."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """A series of numbers and how they are written. Procedures of one family share a series."""

    code = models.CharField(
        _("code"), max_length=20, unique=True, help_text=_("The family of procedures that uses the series.")
    )
    pattern = models.CharField(
        _("pattern"), max_length=40,
        help_text=_("With {year} and {index}, for example Դ-{year}/{index}. Counting starts anew every year."),
    )  # fmt: skip

    class Meta:
        ordering = ["code"]
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [
            models.UniqueConstraint(fields=["pattern"], name="number_pattern_once"),
            # What a resident types is compared without blanks.
            models.CheckConstraint(
                condition=models.Q(pattern__regex=r"^[^\s]+$"),
                name="number_pattern_has_no_blanks",
                violation_error_message=_("The pattern must not contain blanks."),
            ),
            models.CheckConstraint(
                condition=models.Q(pattern__regex=r"\{year\}") & models.Q(pattern__regex=r"\{index\}"),
                name="number_pattern_has_year_and_index",
                violation_error_message=_("The pattern needs {year} and {index}."),
            ),
        ]

    def __str__(self) -> str:
        return self.pattern

    def write(self, year: int, index: int) -> str:
        """The number as residents see it."""
        return self.pattern.replace("{year}", str(year)).replace("{index}", str(index))


class NumberCounter(models.Model):
    """The last number given in a series and year."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="counters", verbose_name=_("series"))
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        ordering = ["series", "year"]
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_once_a_year")]

    def __str__(self) -> str:
        return self.series.write(self.year, self.last)
