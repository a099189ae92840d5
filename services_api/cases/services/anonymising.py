"""Anonymising a case: nothing about a person is left, figures stay, the chain still proves itself (ADR 0035)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.cases import events
from services_api.cases.actors import Actor
from services_api.cases.announcements import forget
from services_api.cases.errors import TransitionRefused
from services_api.cases.models import (
    Attachment,
    Case,
    CaseEvent,
    ClockExtension,
    CoApplicant,
    Decision,
    DraftSubmission,
    Message,
    Representation,
    SubmissionKey,
    Task,
)
from services_api.cases.models.events import ANONYMISED
from services_api.cases.services.lists import drop_lists_about
from services_api.cases.services.transitions import lock
from services_api.parties.public import Party
from services_api.parties.public import anonymise as anonymise_party
from tenants.redaction import redact

# What rows say that must say something.
GONE = "—"
# Details of events that speak of the course only; everything else goes.
KEPT_DETAILS = frozenset(
    {"revision", "channel", "rating", "confidentiality", "before", "days", "until", "rule", "agrees"}
)


def anonymise(case: UUID, *, actor: Actor, why: Mapping[str, Any]) -> Case:
    """Take everything about people out of a closed case, all or nothing; a second time does nothing.

    `why` is kept in the history ({"rule": ..., "basis": ...}). Files go with the commit. Raises TransitionRefused
    while the case is open.
    """
    with transaction.atomic():
        locked = lock(case)
        if locked.anonymised_at is not None:
            return locked
        if not locked.is_closed:
            raise TransitionRefused(_("The case is not closed yet."))
        for attachment in Attachment.objects.filter(case=locked):
            _discard(attachment)
        Message.objects.filter(case=locked, question__isnull=False).delete()
        Message.objects.filter(case=locked).delete()
        for draft in DraftSubmission.objects.filter(case=locked):
            draft.delete()
        SubmissionKey.objects.filter(case=locked).delete()
        Task.objects.filter(case=locked).update(text="", result=GONE)
        ClockExtension.objects.filter(case=locked).update(ground=GONE)
        redact(
            Decision,
            [
                (pk, {"text": "", "reasons": GONE})
                for pk in Decision.objects.filter(case=locked).values_list("pk", flat=True)
            ],
        )
        left = _redact_events(locked)
        locked.subject = locked.version.procedure.name("hy")
        locked.answers, locked.named_digests, locked.rating_text = {}, [], ""
        # Nobody follows it any more: no code gives this digest.
        locked.tracking_digest = secrets.token_hex(32)
        locked.anonymised_at = timezone.now()
        locked.lock_version += 1
        locked.save()
        for party in _people(locked):
            drop_lists_about(party)
            anonymise_party(party)
        forget(locked.uuid)
        events.record(locked, ANONYMISED, actor, from_state=locked.state, details={**why, "left": left})
    return locked


def _people(case: Case) -> list[Party]:
    """Who applied, for whom, and together with whom."""
    represented = Representation.objects.filter(case=case).select_related("principal")
    together = CoApplicant.objects.filter(case=case).select_related("party")
    return [case.applicant, *(each.principal for each in represented), *(each.party for each in together)]


def _discard(attachment: Attachment) -> None:
    """The row now, the content with the commit: an undone step loses no file."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _redact_events(case: Case) -> dict[str, str]:
    """Take the words out of events; the hashes of what is left of them, by number."""
    changes, left = [], {}
    for event in CaseEvent.objects.filter(case=case).select_related("case").order_by("sequence"):
        kept = {name: value for name, value in event.payload.items() if name in KEPT_DETAILS}
        if event.comment or kept != event.payload:
            event.comment, event.payload = "", kept
            changes.append((event.pk, {"comment": "", "payload": kept}))
            left[str(event.sequence)] = event.compute_hash()
    redact(CaseEvent, changes)
    return left
