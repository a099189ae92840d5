"""Settlements and the organisations of the community."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.records.models.base import RegisterRecord
from cms.trilingual import trilingual_line


class SettlementCard(RegisterRecord):
    """The public card of a settlement; name and population come from the register, the head from the mandates."""

    # tenants.Settlement stands in another schema: no foreign key.
    settlement_id = models.PositiveIntegerField(_("number in the register"), unique=True, editable=False)
    # Finds the row again in a restored or merged register.
    name_hy = models.CharField(_("name in the register"), max_length=100, editable=False)
    is_town = models.BooleanField(_("town"), default=False, editable=False)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_date = models.DateField(_("date of the population figure"), null=True, blank=True)
    picture = models.ForeignKey(
        "cms.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("picture"),
    )  # fmt: skip
    phone = models.CharField(_("phone of the office"), max_length=60, blank=True)
    address_hy, address_en, address_ru = trilingual_line(_("address of the office"), 200)
    reception_hy, reception_en, reception_ru = trilingual_line(
        _("reception of residents"), 200, help_text=_("Day, hours and place, for example «Երեքշաբթի, 10:00–12:00».")
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        ordering = ["-is_town", "title_hy"]
        verbose_name = _("card of a settlement")
        verbose_name_plural = _("cards of settlements")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="settlement_point_on_the_earth",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both coordinates, or neither.")})


class Organisation(RegisterRecord):
    """An organisation of the community: a kindergarten, a school, a non-commercial organisation (ՀՈԱԿ)."""

    class Kind(models.TextChoices):
        KINDERGARTEN = "kindergarten", _("kindergarten")
        SCHOOL = "school", _("school")
        CULTURE = "culture", _("culture and sport")
        UTILITIES = "utilities", _("utilities")
        HEALTH = "health", _("health")
        OTHER = "other", _("other organisation")

    kind = models.CharField(_("kind of organisation"), max_length=12, choices=Kind, default=Kind.OTHER)
    settlement = models.ForeignKey(
        SettlementCard, models.SET_NULL, null=True, blank=True, related_name="organisations",
        verbose_name=_("settlement"),
    )  # fmt: skip
    address_hy, address_en, address_ru = trilingual_line(_("address"), 200)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    head_hy, head_en, head_ru = trilingual_line(_("director"), 120, help_text=_("Name and surname."))
    hours_hy, hours_en, hours_ru = trilingual_line(_("working hours"), 160)

    class Meta(RegisterRecord.Meta):
        ordering = ["kind", "title_hy"]
        verbose_name = _("organisation of the community")
        verbose_name_plural = _("organisations of the community")
