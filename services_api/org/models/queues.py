"""Queues: work that waits for whoever of several positions takes it first."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from services_api.org.models.units import OrgUnit, Position, in_language, settlements_field


class Queue(models.Model):
    """A queue of work (հերթ) of a unit. Its members are positions, so it outlives every appointment."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Stable short name in Latin letters."))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="queues", verbose_name=_("unit"))
    name_hy = models.CharField(_("name in Armenian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    members = models.ManyToManyField(
        Position, related_name="queues", blank=True, verbose_name=_("members"),
        help_text=_("Whoever holds one of these positions sees the queue and takes work out of it."),
    )  # fmt: skip
    settlements = settlements_field(_("None: those of the unit."))

    class Meta:
        ordering = ["unit__position", "name_hy"]
        verbose_name = _("queue")
        verbose_name_plural = _("queues")

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str | None = None) -> str:
        """The name in a language (default: the active one), Armenian where it is missing."""
        return in_language(self.name_hy, self.name_en, self.name_ru, language)
