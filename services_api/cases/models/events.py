"""What happened to a case, in a chain that shows when somebody tampers with it; and what was decided."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services_api.cases.models.case import Case, Outcome
from services_api.procedures.public import pick
from tenants.append_only import AppendOnly

NO_HASH = "0" * 64


class CaseEvent(AppendOnly):
    """One thing that happened: the timeline of the resident and the audit of the case in one."""

    # What may be taken out when the case is anonymised (ADR 0035); the chain stays whole.
    redactable = frozenset({"comment", "payload"})

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", verbose_name=_("case"))
    sequence = models.PositiveIntegerField(_("number in the case"))
    code = models.CharField(_("what happened"), max_length=60, help_text=_("`submit` or the code of a transition."))
    from_state = models.CharField(_("from state"), max_length=40, blank=True)
    to_state = models.CharField(_("to state"), max_length=40)
    # Not a foreign key: the event outlives the account and says who it was at that time.
    actor_id = models.BigIntegerField(_("account"), null=True)
    actor_label = models.CharField(_("who"), max_length=300, blank=True, help_text=_("Name and position at that time."))
    public_text = models.JSONField(
        _("public text"), default=dict, help_text=_("By language; empty: the resident does not see the event.")
    )
    comment = models.TextField(_("internal comment"), blank=True)
    payload = models.JSONField(_("details"), default=dict)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    prev_hash = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ["case", "sequence"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="event_number_once_a_case"),
            models.UniqueConstraint(fields=["case", "prev_hash"], name="event_chain_does_not_fork"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="event_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.code}"

    @property
    def is_public(self) -> bool:
        """Whether the resident sees it."""
        return bool(self.public_text)

    def text(self, language: str | None = None) -> str:
        """What the resident reads."""
        return pick(self.public_text, language)

    def compute_hash(self) -> str:
        """SHA-256 over everything the event says and the hash before it."""
        said = [
            str(self.case.uuid),
            self.sequence,
            self.code,
            self.from_state,
            self.to_state,
            self.actor_id,
            self.actor_label,
            self.public_text,
            self.comment,
            self.payload,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.prev_hash,
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# The code of the event that closes the chain of an anonymised case.
ANONYMISED = "anonymised"


class Decision(AppendOnly):
    """The answer to the applicant (պատասխան), with its reasons. A later one of the same case replaces it in view."""

    redactable = frozenset({"text", "reasons"})

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name=_("case"))
    event = models.OneToOneField(CaseEvent, models.PROTECT, related_name="decision", verbose_name=_("event"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    text = models.TextField(_("answer"), blank=True)
    reasons = models.TextField(
        _("reasons"), blank=True, help_text=_("A refusal says why and on which provision of law it rests.")
    )
    decided_by = models.CharField(_("by whom"), max_length=300, help_text=_("Name and position at that time."))
    decided_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        ordering = ["case", "-decided_at", "-id"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="refused") | ~models.Q(reasons=""), name="refusal_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number}: {self.get_outcome_display()}"
