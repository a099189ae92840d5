"""How long a case is kept with what it says about people: the law is data (decision 6)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.cases.models.case import Outcome
from services_api.procedures.public import Procedure

MOST_MONTHS = 1200


class RetentionRule(models.Model):
    """A term of keeping (պահպանման ժամկետ) by procedure and result; the most particular rule counts."""

    class Certainty(models.TextChoices):
        SOURCED = "sourced", _("confirmed by its source")
        GENERAL = "general", _("general knowledge, not confirmed")
        DOUBTFUL = "doubtful", _("doubtful, to be asked of a lawyer")

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("procedure"),
        help_text=_("Empty: every procedure that has no rule of its own."),
    )  # fmt: skip
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=Outcome, blank=True, help_text=_("Empty: whatever was decided.")
    )
    months = models.PositiveSmallIntegerField(
        _("kept for so many months"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_("From the day on which the case was closed."),
    )
    legal_basis = models.TextField(_("legal basis"), help_text=_("The act and its article that say so."))
    certainty = models.CharField(
        _("certainty"), max_length=8, choices=Certainty, default=Certainty.DOUBTFUL,
        help_text=_("By a rule that is not confirmed nothing is ever removed by itself."),
    )  # fmt: skip

    class Meta:
        ordering = ["procedure", "outcome"]
        verbose_name = pgettext_lazy("retention", "term of keeping")
        verbose_name_plural = _("terms of keeping")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "outcome"], nulls_distinct=False, name="retention_rule_once",
                violation_error_message=_("There is a rule for this procedure and outcome already."),
            ),
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=MOST_MONTHS), name="retention_has_a_term"
            ),
            models.CheckConstraint(condition=~models.Q(legal_basis=""), name="retention_has_a_basis"),
        ]  # fmt: skip

    def __str__(self) -> str:
        said = " · ".join(str(each) for each in (self.procedure, self.get_outcome_display()) if each)
        return f"{said or _('Every procedure')}: {self.months}"

    @property
    def is_confirmed(self) -> bool:
        """Whether data may be removed by it without anybody's word."""
        return self.certainty == self.Certainty.SOURCED
