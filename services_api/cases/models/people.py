"""People beside the applicant: for whom somebody applies, and who applies together with somebody."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.cases.models.case import Case
from services_api.parties.public import Party


class Representation(models.Model):
    """Somebody (the applicant of the case) acts for somebody else (ներկայացուցչություն)."""

    class Basis(models.TextChoices):
        LAW = "law", _("by law (parent)")
        PROXY = "proxy", _("by power of attorney")
        GUARDIANSHIP = "guardianship", _("as a guardian")

    case = models.OneToOneField(Case, models.PROTECT, related_name="representation", verbose_name=_("case"))
    principal = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("on behalf of whom"))
    basis = models.CharField(_("on what basis"), max_length=12, choices=Basis)
    proof = models.CharField(
        _("question with the proof"), max_length=60, blank=True,
        help_text=_("The files attached to this question prove it; empty: no document was asked for."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=["law", "proxy", "guardianship"]), name="representation_basis_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.principal.display_name} ({self.get_basis_display()})"

    def told(self) -> dict[str, str]:
        """As plain values, in the reader's language."""
        return {
            "kind": self.principal.kind,
            "name": self.principal.display_name,
            "basis": self.basis,
            "basis_text": str(self.get_basis_display()),
            "proof": self.proof,
        }


# Of a co-applicant who was asked, beside the states that are kept: the time to confirm went by.
EXPIRED = "expired"


class CoApplicant(models.Model):
    """Somebody named as applying, too, who confirms it by a link in a letter (համադիմող)."""

    class State(models.TextChoices):
        INVITED = "invited", _("asked, has not answered yet")
        CONFIRMED = "confirmed", pgettext_lazy("co-applicant", "has confirmed")
        DECLINED = "declined", pgettext_lazy("co-applicant", "has declined")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="co_applicants", verbose_name=_("case"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("who"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="hy")
    digest = models.CharField(
        _("digest of the link"), max_length=64, unique=True, editable=False, help_text=_("The link itself is not kept.")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.INVITED)
    expires_at = models.DateTimeField(_("may confirm until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["case", "id"]
        verbose_name = _("co-applicant")
        verbose_name_plural = _("co-applicants")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="invited", answered_at__isnull=True)
                | Q(state__in=["confirmed", "declined"], answered_at__isnull=False),
                name="co_applicant_answer_has_its_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party.display_name}: {self.state_text}"

    def is_waited_for(self, at: datetime | None = None) -> bool:
        """Asked, and may still answer."""
        return self.state == self.State.INVITED and (at or timezone.now()) <= self.expires_at

    @property
    def standing(self) -> str:
        """A state, or EXPIRED."""
        is_late = self.state == self.State.INVITED and not self.is_waited_for()
        return EXPIRED if is_late else str(self.state)

    @property
    def state_text(self) -> str:
        """Where it stands, in words."""
        return str(_("did not answer in time") if self.standing == EXPIRED else self.get_state_display())

    def told(self) -> dict[str, Any]:
        """As plain values, in the reader's language; nothing in them confirms anything."""
        return {
            "name": self.party.display_name,
            "state": self.standing,
            "state_text": self.state_text,
            "expires_at": self.expires_at,
            "answered_at": self.answered_at,
        }
