"""Units as a tree, positions in them, appointments to positions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

DEPTH_LIMIT = 12  # deeper than any municipality; a longer way up is a circle


def in_language(hy: str, en: str, ru: str, language: str | None = None) -> str:
    """The text in a language (default: the active one), Armenian where that one is missing."""
    code = (language or get_language() or "hy").split("-")[0]
    return {"hy": hy, "en": en, "ru": ru}.get(code) or hy


class Confidentiality(models.IntegerChoices):
    """How far a case may be known (գաղտնիության աստիճան); the larger the number, the fewer people.

    State secrets have no level here: they are never kept in this system.
    """

    PUBLIC = 0, _("open to everybody")
    INTERNAL = 1, _("for the staff only")
    PERSONAL = 2, _("personal data")
    RESTRICTED = 3, _("restricted")


def settlements_field(help_text: Any) -> ArrayField[Any, Any]:
    """A jurisdiction (իրավասություն): Armenian names of settlements, as cases keep them."""
    return ArrayField(
        models.CharField(max_length=100), default=list, blank=True, verbose_name=_("settlements"), help_text=help_text
    )


class OrgUnit(models.Model):
    """A unit of the municipality (ստորաբաժանում), the council, or the office of a settlement."""

    class Kind(models.TextChoices):
        HEAD = "head", _("head of the community")
        COUNCIL = "council", _("council")
        COMMISSION = "commission", _("commission")
        STAFF = "staff", _("staff")
        DEPARTMENT = "department", _("department")
        SETTLEMENT_OFFICE = "settlement_office", _("office of a settlement")

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Stable short name in Latin letters."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"),
        help_text=_("The unit above; empty at the top."),
    )  # fmt: skip
    name_hy = models.CharField(_("name in Armenian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Smaller numbers stand first."))
    settlements = settlements_field(
        _("What the positions and queues of this unit are responsible for, unless they say otherwise. "
          "None: as the unit above; at the top the whole community.")
    )  # fmt: skip

    class Meta:
        ordering = ["position", "name_hy"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="unit_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str | None = None) -> str:
        """The name in a language (default: the active one), Armenian where it is missing."""
        return in_language(self.name_hy, self.name_en, self.name_ru, language)

    def clean(self) -> None:
        above, steps = self.parent, 0
        while above is not None:
            steps += 1
            if above.pk == self.pk or steps > DEPTH_LIMIT:
                raise ValidationError({"parent": _("A unit cannot be a part of itself.")})
            above = above.parent


class Position(models.Model):
    """A position (պաշտոն) in a unit; work is assigned to positions, people change."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="positions", verbose_name=_("unit"))
    title_hy = models.CharField(_("title in Armenian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    can_sign = models.BooleanField(
        _("may sign"), default=False, help_text=_("Whether answers and acts may carry this position's signature.")
    )
    leads = models.BooleanField(
        _("leads the unit"), default=False,
        help_text=_("Sees the work of the unit and of the units below it. Who leads the unit of the head sees all."),
    )  # fmt: skip
    settlements = settlements_field(_("None: those of the unit."))
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Confidentiality, default=Confidentiality.PERSONAL,
        help_text=_("The highest level of confidentiality that this position may read."),
    )  # fmt: skip

    class Meta:
        ordering = ["unit__position", "-can_sign", "title_hy"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.UniqueConstraint(fields=["unit", "title_hy"], name="position_once_a_unit"),
            models.CheckConstraint(
                condition=models.Q(clearance__in=Confidentiality.values), name="position_clearance_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title()}, {self.unit}"

    def title(self, language: str | None = None) -> str:
        """The title in a language (default: the active one), Armenian where it is missing."""
        return in_language(self.title_hy, self.title_en, self.title_ru, language)


class Appointment(models.Model):
    """Who holds a position, from and to which day (both included)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    position = models.ForeignKey(Position, models.PROTECT, related_name="appointments", verbose_name=_("position"))
    valid_from = models.DateField(_("first day"), help_text=_("The first day in the position."))
    valid_to = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("The last day in the position; empty while it lasts.")
    )

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="appointment_ends_after_it_begins",
                violation_error_message=_("The last day is before the first one."),
            ),
            models.UniqueConstraint(
                fields=["user", "position"],
                condition=models.Q(valid_to__isnull=True),
                name="appointment_open_once",
                violation_error_message=_("This person already holds this position."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.position}"
