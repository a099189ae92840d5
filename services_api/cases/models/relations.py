"""How cases belong together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services_api.cases.models.case import Case


class CaseRelation(models.Model):
    """A case and what it is to another one."""

    class Kind(models.TextChoices):
        RELATED = "related", _("related")
        DUPLICATE = "duplicate", _("duplicate of")
        CONTINUES = "continues", _("continues")
        APPEAL_OF = "appeal_of", _("appeal against")

    case = models.ForeignKey(Case, models.PROTECT, related_name="relations", verbose_name=_("case"))
    other = models.ForeignKey(Case, models.PROTECT, related_name="relations_back", verbose_name=_("other case"))
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.RELATED)
    by_label = models.CharField(_("who"), max_length=300, help_text=_("Name and position at that time."))
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        ordering = ["case", "at", "id"]
        verbose_name = _("relation of cases")
        verbose_name_plural = _("relations of cases")
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="case_relation_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_is_not_related_to_itself"),
            models.UniqueConstraint(fields=["case"], condition=Q(kind="duplicate"), name="case_is_merged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.get_kind_display()} {self.other_id}"
