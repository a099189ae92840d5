"""Who is away, and who stands in for whom. Days are dates of Asia/Yerevan, first and last included."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from services_api.org.models.units import Position


def same(column: str) -> tuple[Func[Any], str]:
    """Equality for an exclusion constraint, written as a range of one number: no extension of PostgreSQL is needed."""
    alone = Func(F(column), F(column), Value("[]"), function="int8range", output_field=BigIntegerRangeField())
    return alone, RangeOperators.OVERLAPS


def days() -> tuple[Func[Any], str]:
    """The days of a row, first and last included, for an exclusion constraint."""
    span = Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange", output_field=DateRangeField())
    return span, RangeOperators.OVERLAPS


class DaysQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> DaysQuerySet:
        """Those in force on a day."""
        return self.filter(valid_from__lte=day, valid_to__gte=day)


class Substitution(models.Model):
    """Somebody acts in place of whoever holds a position (փոխարինում), from and to which day, for all or some of it."""

    class Kind(models.TextChoices):
        ABSENCE = "absence", _("during an absence")
        VACANCY = "vacancy", _("acting while the position is vacant")
        DELEGATION = "delegation", _("delegated powers")

    position = models.ForeignKey(
        Position, models.PROTECT, related_name="substitutions", verbose_name=_("position"),
        help_text=_("Whose work is covered."),
    )  # fmt: skip
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="substituted_by",
        verbose_name=_("who is substituted"), help_text=_("The holder of the position; empty while it is vacant."),
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="substitutions", verbose_name=_("substitute")
    )
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"), help_text=_("The day after it the substitute sees nothing more."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ABSENCE)
    is_full = models.BooleanField(
        _("covers everything"), default=True, help_text=_("Otherwise only what is chosen below.")
    )
    covers = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("covers"),
        help_text=_("Codes as `procedure:…` and `family:…`."),
    )  # fmt: skip
    order_number = models.CharField(
        _("number of the order"), max_length=60, help_text=_("The order that appoints the substitute.")
    )

    objects = DaysQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        indexes = [models.Index(fields=["user", "valid_to"], name="substitution_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="substitution_ends_after_it_begins",
                violation_error_message=_("The last day is before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(absent__isnull=True) | ~Q(user=F("absent")), name="substitution_is_by_somebody_else",
                violation_error_message=_("Nobody substitutes themselves."),
            ),
            models.CheckConstraint(
                condition=Q(kind="vacancy", absent__isnull=True) | (~Q(kind="vacancy") & Q(absent__isnull=False)),
                name="substitution_of_somebody_or_a_vacancy",
                violation_error_message=_("Name who is substituted; leave it empty only while the position is vacant."),
            ),
            models.CheckConstraint(
                condition=Q(is_full=True, covers=[]) | (Q(is_full=False) & ~Q(covers=[])),
                name="substitution_covers_something",
                violation_error_message=_("Choose what is covered, or let it cover everything."),
            ),
            ExclusionConstraint(
                name="one_full_substitution_at_a_time",
                expressions=[same("position"), days()],
                condition=Q(is_full=True),
                violation_error_message=_("This position has another full substitution on these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user}: {self.position}"

    def clean(self) -> None:
        """Beyond the constraints: who is substituted holds the position, the substitute does not."""
        if not (self.position_id and self.valid_from and self.valid_to):
            return
        holders = set(
            self.position.appointments.filter(valid_from__lte=self.valid_to)
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from))
            .values_list("user_id", flat=True)
        )
        if self.user_id in holders:
            raise ValidationError({"user": _("This person holds the position on these days.")})
        if self.kind == self.Kind.VACANCY and holders:
            raise ValidationError({"kind": _("The position is not vacant on these days.")})
        if self.absent_id and self.absent_id not in holders:
            raise ValidationError({"absent": _("This person does not hold the position on these days.")})


class Absence(models.Model):
    """Somebody is away (բացակայություն), whoever covers the work meanwhile."""

    class Ground(models.TextChoices):
        LEAVE = "leave", _("leave")
        ILLNESS = "illness", _("illness")
        TRIP = "trip", _("business trip")
        OTHER = "other", _("other ground")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("person")
    )
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("last day"))
    ground = models.CharField(_("ground"), max_length=8, choices=Ground, default=Ground.LEAVE)
    order_number = models.CharField(_("number of the order"), max_length=60, blank=True)

    objects = DaysQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="absence_ends_after_it_begins",
                violation_error_message=_("The last day is before the first one."),
            ),
            ExclusionConstraint(
                name="absent_once_at_a_time",
                expressions=[same("user"), days()],
                violation_error_message=_("This person is noted as absent on these days already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user}: {self.get_ground_display()}"
