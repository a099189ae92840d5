"""Unfinished applications: kept on the server between the form and the sending, forgotten after a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from services_api.cases import tracking
from services_api.cases.errors import FieldError, NotOpen
from services_api.cases.models import Attachment, Channel, DraftSubmission, ScanState, SubmissionKey
from services_api.cases.models.drafts import DRAFT_LIFE, KEPT_LIFE
from services_api.cases.services.files import discard, store
from services_api.cases.services.once import forget_keys
from services_api.cases.uploads import CleanFile
from services_api.procedures.public import PublishedVersion, StoredFile, bind, build, version_by_id

# Somebody may be looking at the confirmation while the purge runs.
GRACE = timedelta(minutes=5)


def begin_draft(version: PublishedVersion, language: str, *, channel: str = Channel.PORTAL) -> DraftSubmission:
    """A new draft with an unguessable token. `channel`: how it comes in, for one that a clerk takes down."""
    return DraftSubmission.objects.create(version_id=version.id, language=language, channel=channel)


def keep_answers(
    draft: DraftSubmission,
    answers: Mapping[str, Any],
    *,
    is_valid: bool,
    language: str,
    pages_done: Sequence[str] = (),
) -> None:
    """Keep what was typed. `is_valid` says that it may go on to the review, `pages_done` which pages are in order."""
    kept = {"answers": dict(answers), "is_valid": is_valid, "language": language, "pages_done": list(pages_done)}
    DraftSubmission.objects.filter(pk=draft.pk, case__isnull=True).update(**kept)
    for name, value in kept.items():
        setattr(draft, name, value)


def keep_for_later(draft: DraftSubmission) -> str:
    """Keep a draft for a month and give the code that opens it again, without groups. A new code replaces the old."""
    code = tracking.new_code()
    draft.resume_digest, draft.expires_at = _resume_digest(code), timezone.now() + KEPT_LIFE
    draft.save(update_fields=["resume_digest", "expires_at"])
    return code


def draft_by_code(code: str) -> DraftSubmission | None:
    """The unfinished application that a code opens; None for any other, a forgotten or a sent one."""
    return (
        DraftSubmission.objects.select_related("version__procedure")
        .filter(
            resume_digest=_resume_digest(tracking.normalised(code)),
            case__isnull=True,
            version__isnull=False,
            expires_at__gt=timezone.now(),
        )
        .first()
    )


def draft_by_token(token: str, *, also_sent: bool = False) -> DraftSubmission | None:
    """The unfinished application of a token; None for an unknown, a forgotten or (unless wanted) a sent one."""
    found = DraftSubmission.objects.select_related("version__procedure").filter(
        token=token[:64], version__isnull=False, expires_at__gt=timezone.now()
    )
    return (found if also_sent else found.filter(case__isnull=True)).first()


def fill_draft(draft: DraftSubmission, answers: Mapping[str, Any], *, language: str) -> list[FieldError]:
    """Keep the answers of all pages at once, right or not; returns what must be corrected before it can be sent.

    The consent is not among them: it is given when the application is sent.
    """
    checked = _checked(draft, answers)
    keep_answers(
        draft, checked.answers, is_valid=not checked.errors, language=language, pages_done=checked.pages_done
    )  # fmt: skip
    return checked.errors


def draft_errors(draft: DraftSubmission) -> list[FieldError]:
    """What must be corrected before a draft can be sent, in the reader's language."""
    return _checked(draft, draft.answers).errors


@dataclass(frozen=True, slots=True)
class _Checked:
    answers: dict[str, Any]
    errors: list[FieldError]
    pages_done: list[str]


def _checked(draft: DraftSubmission, answers: Mapping[str, Any]) -> _Checked:
    """Page by page, as the pages of the form do it."""
    version = version_by_id(draft.version_id or 0)
    if version is None:
        raise NotOpen
    definition, kept = build(version, get_language()), stored_files(draft)
    known = {each.code for each in definition}
    errors = [FieldError(name[:100], _("The form has no such question.")) for name in answers if name not in known]
    found = _Checked({}, errors, [])
    for step in [each.code for each in definition.pages_for(answers)] or ["form"]:
        here = {each.code: answers[each.code] for each in definition.asked(step) if each.code in answers}
        bound = bind(definition, here, step=step, stored=kept, context=answers)
        found.errors.extend(FieldError(each.field, each.message) for each in bound.errors)
        found.answers.update(bound.answers if bound.is_valid else bound.shown)
        if bound.is_valid and definition.pages:
            found.pages_done.append(step)
    return found


def stored_files(draft: DraftSubmission) -> dict[str, list[StoredFile]]:
    """The files kept with a draft, by question."""
    found: dict[str, list[StoredFile]] = {}
    for each in draft.attachments.all():
        found.setdefault(each.field, []).append(StoredFile(each.name, each.size, str(each.uuid)))
    return found


def _resume_digest(code: str) -> str:
    """What is kept of the code. It is looked up by it, so it is keyed and not salted by the row."""
    return salted_hmac("services_api.cases.resume", code, algorithm="sha256").hexdigest()


def keep_file(draft: DraftSubmission, field: str, clean: CleanFile) -> Attachment:
    """Keep a proved file with the draft; the same file of the same question is kept once."""
    same = draft.attachments.filter(field=field, sha256=clean.sha256, name=clean.name)
    return same.exclude(scan_state=ScanState.INFECTED).first() or store(clean, draft=draft, field=field)


def drop_file(draft: DraftSubmission, identifier: str) -> None:
    """Take a file out of the draft. A file that has become a part of a case stays; an unknown one is no error."""
    try:
        wanted = UUID(identifier)
    except ValueError:
        return
    attachment = draft.attachments.filter(uuid=wanted, case__isnull=True).first()
    if attachment is not None:
        discard(attachment)


def forget_draft(draft: DraftSubmission) -> None:
    """Forget a draft before its time, with the files that no case has taken."""
    for attachment in draft.attachments.filter(case__isnull=True):
        discard(attachment)
    draft.delete()


@transaction.atomic
def store_upload(clean: CleanFile) -> Attachment:
    """A file that a program uploads before it submits; it is forgotten after a day unless a case takes it."""
    return store(clean, draft=DraftSubmission.objects.create())


def purge_expired(at: datetime | None = None) -> int:
    """Forget drafts after their day, with their files, and what is kept for repeated sendings.

    Files that belong to a case stay. Returns how many drafts went.
    """
    now = at or timezone.now()
    SubmissionKey.objects.filter(created_at__lt=now - DRAFT_LIFE).exclude(tracking_code="").update(tracking_code="")
    forget_keys(now)
    gone = 0
    for draft in DraftSubmission.objects.filter(expires_at__lt=now - GRACE).iterator():
        forget_draft(draft)
        gone += 1
    return gone
