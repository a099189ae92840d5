"""A confirmed submission is never lost and never doubled (decision 9)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services_api.cases import applicants, assignment, events, numbering, terms, tracking
from services_api.cases.actors import APPLICANT
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import AnswersInvalid, FieldError, KeyReused, NotOpen
from services_api.cases.models import Attachment, Case, Channel, DraftSubmission, SubmissionKey
from services_api.cases.services import together
from services_api.cases.services.files import infected
from services_api.cases.terms import forecast
from services_api.parties.public import identifiers
from services_api.procedures.public import (
    BoundForm,
    FormDefinition,
    PublishedVersion,
    StoredFile,
    bind,
    build,
    version_by_id,
)
from services_api.workdays.public import local
from tenants import sealing


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the applicant is told. `code` is "" when the submission is repeated after more than a day."""

    case: Case
    code: str
    created: bool


def submit(
    version: PublishedVersion,
    answers: Mapping[str, Any],
    *,
    key: str,
    attachments: Sequence[Attachment] = (),
    language: str = "hy",
    channel: str = Channel.PORTAL,
    at: datetime | None = None,
    draft: DraftSubmission | None = None,
    tell_by_sms: bool = False,
) -> Submitted:
    """Make a case of answers: case, number, events, files, term and outgoing letters in ONE transaction.

    The same `key` leads to the same case, at any time and from any number of processes at once. `attachments` are
    files of drafts that name their question. `at` is the moment of submission (now).
    `draft` is led to the case. `tell_by_sms`: the applicant wants short messages, too.
    Raises AnswersInvalid (also for short messages that nobody could get), KeyReused (the key came with other content).
    """
    # Kept as a keyed digest: ten digits of a person would be guessed from a bare one in seconds.
    fingerprint = _fingerprint(version, answers, attachments, tell_by_sms)
    earlier = SubmissionKey.objects.select_related("case").filter(key=key).first()
    if earlier is not None:
        return _repeated(earlier, fingerprint)
    # In the reader's language: what is wrong is told in it. `language` is the one of the letters.
    definition = build(version)
    bound = _checked(definition, answers, attachments, tell_by_sms)
    # Files to a question that the answers hide stay with the draft and go with it.
    wanted = [each for each in attachments if each.field in bound.visible]
    try:
        with transaction.atomic():
            done = _create(
                version, definition, bound.answers, wanted, key, fingerprint, language, channel, at, tell_by_sms
            )
            if draft is not None:
                DraftSubmission.objects.filter(pk=draft.pk).update(case=done.case)
            return done
    except IntegrityError:
        # Another process was quicker with this key; its case is the case. Any other violation is an error.
        earlier = SubmissionKey.objects.select_related("case").filter(key=key).first()
        if earlier is None:
            raise
        return _repeated(earlier, fingerprint)


def submit_draft(
    draft: DraftSubmission,
    consent: Mapping[str, Any],
    *,
    channel: str = "",
    tell_by_sms: bool = False,
) -> Submitted:
    """Send a draft. However often and from however many tabs it is sent, there is one case.

    `consent` are the answers of the review page; `channel` how it is sent, otherwise as the draft says. Raises
    AnswersInvalid, NotOpen (a draft without a procedure).
    """
    key = f"draft:{draft.token}"
    earlier = SubmissionKey.objects.select_related("case").filter(key=key).first()
    if earlier is not None:
        return Submitted(earlier.case, earlier.tracking_code, created=False)
    version = version_by_id(draft.version_id) if draft.version_id else None
    if version is None:
        raise NotOpen
    return submit(
        version,
        {**draft.answers, **consent},
        key=key,
        attachments=list(draft.attachments.all()),
        language=draft.language,
        channel=channel or draft.channel,
        draft=draft,
        tell_by_sms=tell_by_sms,
    )


def _fingerprint(
    version: PublishedVersion, answers: Mapping[str, Any], attachments: Sequence[Attachment], tell_by_sms: bool
) -> str:
    content: list[Any] = [version.code, dict(answers), sorted((each.field, each.sha256) for each in attachments)]
    if tell_by_sms:
        # Only then: keys are kept for ever, and those used before it could be asked for stay good.
        content.append("tell_by_sms")
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _repeated(earlier: SubmissionKey, fingerprint: str) -> Submitted:
    if earlier.fingerprint not in sealing.digests(fingerprint):
        raise KeyReused
    return Submitted(earlier.case, earlier.tracking_code, created=False)


def _checked(
    definition: FormDefinition, answers: Mapping[str, Any], attachments: Sequence[Attachment], tell_by_sms: bool
) -> BoundForm:
    stored: dict[str, list[StoredFile]] = {}
    for each in attachments:
        stored.setdefault(each.field, []).append(StoredFile(each.name, each.size, str(each.uuid)))
    bound = bind(definition, answers, stored=stored)
    errors = [FieldError(each.field, each.message) for each in bound.errors]
    errors += [FieldError(each.field, infected(each)) for each in attachments if each.is_infected]
    for field in sorted(stored):
        asked = definition.field(field)
        if asked is None or not asked.is_file:
            errors.append(FieldError(field, _("The form has no such question for files.")))
    if tell_by_sms and bound.is_valid and not applicants.mobile_of(definition, bound.answers):
        errors.append(FieldError("tell_by_sms", _no_short_messages()))
    if errors:
        raise AnswersInvalid(errors)
    return bound


def _no_short_messages() -> str:
    if not applicants.short_messages_are_sent():
        return _("No short messages are sent here. Apply without them.")
    return _("Short messages go to an Armenian mobile number, and the application names none.")


def _create(
    version: PublishedVersion,
    definition: FormDefinition,
    answers: dict[str, Any],
    attachments: Sequence[Attachment],
    key: str,
    fingerprint: str,
    language: str,
    channel: str,
    at: datetime | None,
    tell_by_sms: bool,
) -> Submitted:
    submitted_at = at or timezone.now()
    registered_at, due_at = forecast(version, submitted_at)
    workflow = version.workflow
    code = tracking.new_code()
    case = Case(
        version_id=version.id,
        state=workflow.initial,
        phase=workflow.state(workflow.initial).phase,
        applicant=applicants.record_applicant(definition, answers),
        channel=channel,
        language=language,
        settlement=applicants.settlement_of(definition, answers),
        answers=answers,
        named_digests=identifiers.digests_of(answers),
        submitted_at=submitted_at,
        registered_at=registered_at,
        due_at=due_at,
        state_since=submitted_at,
    )
    terms.settle(case, terms.Stored(), submitted_at)
    case.subject = applicants.subject_of(version, answers)
    assignment.route(case, version.code)
    case.tracking_digest = tracking.digest(case.uuid, code)
    case.save(force_insert=True)
    kept = sealing.digest(fingerprint)
    SubmissionKey.objects.create(key=key, fingerprint=kept, case=case, tracking_code=code)
    _take_files(case, attachments)
    event = events.record(
        case, "submit", APPLICANT, public_text=_received_text(case), details={"channel": channel, "key": kept}
    )
    announce(Announcement("received", case.uuid, event.sequence, code, tell_by_sms=tell_by_sms))
    together.record(case, version.form, answers, event)
    # Last: from here to the commit others who want a number of this series wait.
    case.number = numbering.next_number(version.family, local(registered_at).year)
    case.save(update_fields=["number"])
    return Submitted(case, code, created=True)


def _take_files(case: Case, attachments: Sequence[Attachment]) -> None:
    for each in attachments:
        taken = Attachment.objects.filter(pk=each.pk, case__isnull=True).update(case=case, field=each.field)
        if not taken:
            raise AnswersInvalid([FieldError(each.field, _("The file %(name)s is not available any more.")
                                             % {"name": each.name})])  # fmt: skip
        DraftSubmission.objects.filter(attachments=each.pk).update(case=case)


def _received_text(case: Case) -> dict[str, str]:
    """The first line of the timeline in all languages; out of office hours it says when it is registered."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            text = {
                Channel.DESK: _("The application was handed in at the desk."),
                Channel.PHONE: _("The application was made by phone."),
                Channel.POST: _("The application came by post."),
                Channel.EMAIL: _("The application came by e-mail."),
                Channel.API: _("The application was received electronically."),
            }.get(Channel(case.channel), _("The application was received through the website."))
            if case.registered_at > case.submitted_at:
                text += " " + _("It came outside office hours, so it is registered on %(date)s.") % {
                    "date": date_format(local(case.registered_at), "DATE_FORMAT")
                }
        texts[language] = text
    return texts
