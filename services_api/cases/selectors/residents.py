"""What a resident sees: one case, opened by its number and tracking code."""

from __future__ import annotations

import re
from uuid import UUID

from django.db.models import Prefetch

from services_api.cases import tracking
from services_api.cases.models import Attachment, Case, CaseEvent, ClockExtension, ClockPause, Decision, Message

DASHES = re.compile(r"[‐‑‒–—−]")


def normalised_number(number: str) -> str:
    """What a person typed, with one kind of hyphen and without blanks."""
    return DASHES.sub("-", "".join(number.split()))[:40]


def by_number_and_code(number: str, code: str) -> UUID | None:
    """The case that both open together. A wrong number costs the same query and the same time as a wrong code."""
    typed = normalised_number(number)
    # The series' letter may have been typed small.
    same = Case.objects.filter(number__in={typed, typed.upper()})
    found = same.order_by("id").values_list("uuid", "tracking_digest").first()
    uuid, kept = found or (None, "")
    return uuid if tracking.matches(uuid, kept, code) else None


def case_for_resident(uuid: UUID) -> Case:
    """The case with its public events, files and answers. The caller has proved the right to see it."""
    return (
        Case.objects.select_related("applicant", "assignee", "assigned_position", "version__procedure")
        .prefetch_related(
            Prefetch("events", CaseEvent.objects.exclude(public_text={}).order_by("-sequence")),
            Prefetch("decisions", Decision.objects.prefetch_related("attachments").order_by("-decided_at", "-id")),
            Prefetch(
                "attachments",
                Attachment.objects.filter(decision__isnull=True, message__isnull=True).order_by("created_at", "id"),
            ),
            Prefetch("messages", Message.objects.prefetch_related("attachments").order_by("at", "id")),
            Prefetch("extensions", ClockExtension.objects.order_by("granted_at", "id")),
            Prefetch("pauses", ClockPause.objects.order_by("begin", "id")),
        )
        .get(uuid=uuid, number__isnull=False)
    )
