"""The budget of a year as data: lines, what was executed by quarter, documents. Money: whole drams (AMD)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.records.models.base import RegisterRecord, amount_field, never_negative
from cms.trilingual import trilingual_line

FIRST_YEAR, LAST_YEAR = 1996, 2100
QUARTERS = [(1, _("first quarter")), (2, _("half a year")), (3, _("nine months")), (4, _("whole year"))]


class BudgetYear(ClusterableModel, RegisterRecord):
    """The budget of a year (համայնքի բյուջե)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft of the budget")
        ADOPTED = "adopted", _("adopted")
        CLOSED = "closed", _("closed: the year is reported")

    year = models.PositiveSmallIntegerField(
        _("budget year"), unique=True, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    status = models.CharField(_("status of the budget"), max_length=8, choices=Status, default=Status.DRAFT)
    decision_number = models.CharField(
        _("number of the decision"), max_length=30, blank=True, help_text=_("Of the council, for example 112-Ն.")
    )
    decision_date = models.DateField(_("date of the decision"), null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        ordering = ["-year"]
        verbose_name = _("budget of a year")
        verbose_name_plural = _("budgets")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="budget_year_is_a_year"),
            models.CheckConstraint(
                condition=Q(status="draft") | (~Q(decision_number="") & Q(decision_date__isnull=False)),
                name="adopted_budget_has_a_decision",
                violation_error_message=_("An adopted budget has the number and date of the council's decision."),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The address of a budget is its year."""
        self.slug = str(self.year)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.status != self.Status.DRAFT and not (self.decision_number and self.decision_date):
            raise ValidationError(
                {"decision_number": _("An adopted budget has the number and date of the council's decision.")}
            )


class BudgetLine(models.Model):
    """A line of the budget. `revised` is the plan after all amendments; empty means: as adopted."""

    class Side(models.TextChoices):
        INCOME = "income", _("income")
        EXPENSE = "expense", _("expense")

    class Group(models.TextChoices):
        """Sources of income; sections of the functional classification of expenses."""

        TAXES = "taxes", _("taxes")
        DUTIES = "duties", _("duties and fees")
        GRANTS = "grants", _("official grants")
        ASSETS = "assets", _("rent and sale of property")
        OTHER_INCOME = "income_other", _("other income")
        GENERAL = "01", _("general public services")
        DEFENCE = "02", _("defence and civil protection")
        ORDER = "03", _("public order and safety")
        ECONOMY = "04", _("economy, roads and agriculture")
        ENVIRONMENT = "05", _("environment and waste")
        HOUSING = "06", _("housing, water and lighting")
        HEALTH = "07", _("health care")
        CULTURE = "08", _("rest, culture and sport")
        EDUCATION = "09", _("education and kindergartens")
        SOCIAL = "10", _("social protection")
        RESERVE = "11", _("reserve fund")

    INCOME_GROUPS = ("taxes", "duties", "grants", "assets", "income_other")

    budget = ParentalKey(BudgetYear, on_delete=models.CASCADE, related_name="lines", verbose_name=_("budget of a year"))
    side = models.CharField(_("income or expense"), max_length=7, choices=Side)
    group = models.CharField(_("group"), max_length=12, choices=Group)
    code = models.CharField(
        _("budget code"), max_length=20, blank=True, help_text=_("Of the budget classification, for example 1111.")
    )
    title_hy, title_en, title_ru = trilingual_line(_("name of the line"), 200, required=True)
    adopted = amount_field(_("adopted plan, AMD"))
    revised = amount_field(_("revised plan, AMD"), null=True, help_text=_("After all amendments; empty: as adopted."))
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=0, help_text=_("Smaller numbers stand first.")
    )

    class Meta:
        ordering = ["-side", "position", "pk"]
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            *never_negative("adopted", "revised", prefix="budget_line"),
            models.CheckConstraint(condition=~Q(title_hy=""), name="budget_line_has_title"),
            models.CheckConstraint(
                condition=(
                    Q(side="income", group__in=("taxes", "duties", "grants", "assets", "income_other"))
                    | Q(side="expense", group__regex=r"^[0-9]{2}$")
                ),
                name="budget_group_is_of_its_side",
                violation_error_message=_("The group does not belong to this side of the budget."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_hy}".strip()

    @property
    def plan(self) -> int:
        """The plan that holds now, AMD."""
        return self.adopted if self.revised is None else self.revised

    def title(self, language: str) -> str:
        """The name in a language; never Armenian under another one."""
        words: str = getattr(self, f"title_{language}")
        return words or (self.title_en if language == "ru" else "")


class BudgetExecution(models.Model):
    """What was received or spent on a line since 1 January to a quarter's end: growing, as in the reports."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="executions", verbose_name=_("budget line"))
    quarter = models.PositiveSmallIntegerField(_("to the end of"), choices=QUARTERS)
    amount = amount_field(_("executed since 1 January, AMD"))

    class Meta:
        ordering = ["line", "quarter"]
        verbose_name = _("execution of a line")
        verbose_name_plural = _("execution of lines")
        constraints = [
            models.UniqueConstraint(fields=["line", "quarter"], name="execution_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="quarter_1_to_4"),
            *never_negative("amount", prefix="execution"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.get_quarter_display()}"


class BudgetDocument(RegisterRecord):
    """A document about the budget of a year: draft, adopted budget, amendment, report."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("draft of the budget")
        ADOPTED = "adopted", _("adopted budget")
        AMENDMENT = "amendment", _("amendment of the budget")
        QUARTERLY = "quarterly", _("report on a quarter")
        ANNUAL = "annual", _("report on the year")

    budget = models.ForeignKey(BudgetYear, models.CASCADE, related_name="documents", verbose_name=_("budget of a year"))
    kind = models.CharField(_("kind of document"), max_length=10, choices=Kind)
    quarter = models.PositiveSmallIntegerField(_("to the end of"), choices=QUARTERS, null=True, blank=True)
    number = models.CharField(_("number of the decision"), max_length=30, blank=True)
    file = models.ForeignKey(
        "cms.SiteDocument", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta(RegisterRecord.Meta):
        verbose_name = _("budget document")
        verbose_name_plural = _("budget documents")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=(
                    Q(kind="quarterly", quarter__isnull=False) | (~Q(kind="quarterly") & Q(quarter__isnull=True))
                ),
                name="quarterly_report_names_its_quarter",
                violation_error_message=_("Only a report on a quarter names a quarter, and it has to."),
            ),
        ]
