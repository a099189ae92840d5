"""Letters between the applicant and the officer, internal notes, the rating."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from services_api.cases import assignment, events
from services_api.cases.actors import APPLICANT, Actor
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import FieldError, TransitionRefused
from services_api.cases.models import AttachmentKind, Case, CaseEvent, Message, MessageKind
from services_api.cases.services.files import store
from services_api.cases.services.transitions import lock
from services_api.cases.uploads import CleanFile

MESSAGE_LENGTH = 5_000
RATING_LENGTH = 2_000


@transaction.atomic
def write_to_applicant(
    case: UUID, text: str, *, actor: Actor, files: Sequence[CleanFile] = (), key: UUID | None = None
) -> Message:
    """A letter of the officer, which the applicant reads on the page of the case. Raises TransitionRefused."""
    return _write(lock(case), MessageKind.TO_APPLICANT, text, actor, files, key)


@transaction.atomic
def write_from_applicant(case: UUID, text: str, *, files: Sequence[CleanFile] = (), key: UUID | None = None) -> Message:
    """A letter of the applicant; the officer is told. Raises TransitionRefused, also when the case is closed."""
    locked = lock(case)
    if locked.is_closed:
        raise TransitionRefused(_("The case is closed. Apply again if you need anything more."))
    return _write(locked, MessageKind.FROM_APPLICANT, text, APPLICANT, files, key)


def _write(case: Case, kind: str, text: str, actor: Actor, files: Sequence[CleanFile], key: UUID | None) -> Message:
    earlier = Message.objects.filter(uuid=key, case=case).first() if key else None
    if earlier is not None:
        return earlier
    said = _read(text, MESSAGE_LENGTH)
    if not said:
        raise TransitionRefused(_("Something is missing."), [FieldError("message", _("Write your letter."))])
    from_applicant = kind == MessageKind.FROM_APPLICANT
    event = events.record(case, "message_in" if from_applicant else "message_out", actor, from_state=case.state)
    message = Message(
        uuid=key or uuid4(), case=case, event=event, kind=kind, text=said, author_label=actor.label[:300], at=event.at
    )
    message.save()
    for each in files:
        store(
            each, case=case, message=message, kind=AttachmentKind.APPLICANT if from_applicant else AttachmentKind.LETTER
        )
    if not from_applicant or assignment.person_of(case) is not None:
        announce(Announcement("message_in" if from_applicant else "message", case.uuid, event.sequence))
    return message


@transaction.atomic
def add_note(case: UUID, text: str, *, actor: Actor) -> CaseEvent:
    """An internal note: a comment in the chain of events, never shown to the applicant. Raises TransitionRefused."""
    locked, said = lock(case), _read(text, MESSAGE_LENGTH)
    if not said:
        raise TransitionRefused(_("Something is missing."), [FieldError("note", _("Write the note."))])
    return events.record(locked, "note", actor, from_state=locked.state, comment=said)


@transaction.atomic
def rate(case: UUID, rating: int, text: str = "") -> Case:
    """The applicant's rating after the answer, 1 to 5 and words; once. Raises TransitionRefused."""
    locked = lock(case)
    if not locked.is_decided:
        raise TransitionRefused(_("You can rate the service after the answer."))
    if locked.rated_at is not None:
        raise TransitionRefused(_("You have already rated this service. Thank you."))
    if not 1 <= rating <= 5:
        raise TransitionRefused(_("Something is missing."), [FieldError("rating", _("Choose from 1 to 5."))])
    locked.rating, locked.rating_text, locked.rated_at = rating, _read(text, RATING_LENGTH), timezone.now()
    locked.save(update_fields=["rating", "rating_text", "rated_at"])
    events.record(locked, "rated", APPLICANT, from_state=locked.state, details={"rating": rating})
    return locked


def _read(text: str, length: int) -> str:
    if len(text) > length or "\x00" in text:
        raise TransitionRefused(
            _("The text cannot be read."),
            [FieldError("message", _("Write a text of at most %(count)s signs.") % {"count": length})],
        )
    return text.replace("\r\n", "\n").strip()
