"""Unfinished applications: kept on the server between the form and the sending, forgotten after a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from services_api.cases.models import Attachment, DraftSubmission, SubmissionKey
from services_api.cases.models.drafts import DRAFT_LIFE
from services_api.cases.services.files import discard, store
from services_api.cases.uploads import CleanFile
from services_api.procedures.public import PublishedVersion

# Somebody may be looking at the confirmation while the purge runs.
GRACE = timedelta(minutes=5)


def begin_draft(version: PublishedVersion, language: str) -> DraftSubmission:
    """A new draft with an unguessable token."""
    return DraftSubmission.objects.create(version_id=version.id, language=language)


def keep_answers(draft: DraftSubmission, answers: Mapping[str, Any], *, is_valid: bool, language: str) -> None:
    """Keep what was typed. `is_valid` says that it may go on to the review."""
    DraftSubmission.objects.filter(pk=draft.pk, case__isnull=True).update(
        answers=dict(answers), is_valid=is_valid, language=language
    )
    draft.answers, draft.is_valid, draft.language = dict(answers), is_valid, language


def keep_file(draft: DraftSubmission, field: str, clean: CleanFile) -> Attachment:
    """Keep a proved file with the draft; the same file of the same question is kept once."""
    same = draft.attachments.filter(field=field, sha256=clean.sha256, name=clean.name).first()
    return same or store(clean, draft=draft, field=field)


def drop_file(draft: DraftSubmission, identifier: str) -> None:
    """Take a file out of the draft. A file that has become a part of a case stays; an unknown one is no error."""
    try:
        wanted = UUID(identifier)
    except ValueError:
        return
    attachment = draft.attachments.filter(uuid=wanted, case__isnull=True).first()
    if attachment is not None:
        discard(attachment)


@transaction.atomic
def store_upload(clean: CleanFile) -> Attachment:
    """A file that a program uploads before it submits; it is forgotten after a day unless a case takes it."""
    return store(clean, draft=DraftSubmission.objects.create())


def purge_expired(at: datetime | None = None) -> int:
    """Forget drafts after their day, with their files, and tracking codes kept for repeated sendings.

    Files that belong to a case stay. Returns how many drafts went.
    """
    now = at or timezone.now()
    SubmissionKey.objects.filter(created_at__lt=now - DRAFT_LIFE).exclude(tracking_code="").update(tracking_code="")
    gone = 0
    for draft in DraftSubmission.objects.filter(expires_at__lt=now - GRACE).iterator():
        for attachment in draft.attachments.filter(case__isnull=True):
            discard(attachment)
        draft.delete()
        gone += 1
    return gone
