"""What changes a case without a step of its workflow: to whom it is given, and how far it may be known."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from services_api.cases import assignment, events, selectors
from services_api.cases.actors import Actor
from services_api.cases.announcements import Announcement, announce
from services_api.cases.errors import Conflict, FieldError, TransitionRefused
from services_api.cases.models import Case
from services_api.cases.services.transitions import lock
from services_api.cases.visibility import reached
from services_api.org.public import Confidentiality

COMMENT_LENGTH = 2_000
# Whoever may give work to others decides how far it is known.
DECIDE_CONFIDENTIALITY = frozenset({"receiver", "head"})


def hand_over(case: UUID, to: str, *, actor: Actor, expected_version: int, comment: str = "") -> Case:
    """Give a case to a position, a queue or a person (a token of `assignment`), in whatever state it is.

    Raises Case.DoesNotExist, Conflict (somebody was quicker), TransitionRefused (closed, not allowed, not possible).
    """
    with transaction.atomic():
        locked = _locked(case, expected_version)
        actor = actor.on(locked)
        if locked.is_closed:
            raise TransitionRefused(_("Nothing more: the case is closed."))
        if not actor.functions:
            raise TransitionRefused(_("You are not allowed to take this step."))
        found = assignment.find(to, locked)
        if found is None:
            wrong = FieldError("to", _("Choose a position or a queue from the list."))
            raise TransitionRefused(_("Something is missing."), [wrong])
        assignment.give(locked, found)
        event = _record(locked, "handed_over", actor.taking(actor.functions), comment, {"assignee": str(found)})
        person = assignment.person_of(locked)
        if person is not None and person.pk != actor.user_id:
            announce(Announcement("assigned", locked.uuid, event.sequence))
    return locked


def set_confidentiality(
    case: UUID, level: int, *, user: Any, actor: Actor, expected_version: int, comment: str = ""
) -> Case:
    """Set how far a case may be known. Nobody sets a level that they, or whoever has the case, may not read.

    Raises Case.DoesNotExist, Conflict, TransitionRefused.
    """
    with transaction.atomic():
        locked = _locked(case, expected_version)
        actor = actor.on(locked)
        if not actor.functions & DECIDE_CONFIDENTIALITY:
            raise TransitionRefused(_("You are not allowed to take this step."))
        if level not in Confidentiality.values:
            raise TransitionRefused(_("Something is missing."), [FieldError("level", _("Choose a level."))])
        before, locked.confidentiality = locked.confidentiality, level
        if not assignment.may_keep(locked):
            raise TransitionRefused(_("Whoever has the case may not read this level. Hand it over first."))
        details = {"confidentiality": level, "before": before}
        _record(locked, "confidentiality", actor.taking(DECIDE_CONFIDENTIALITY), comment, details)
        if not reached(user, locked):
            raise TransitionRefused(_("This level is above your own clearance."))
    return locked


def _locked(case: UUID, expected_version: int) -> Case:
    locked = lock(case)
    if locked.lock_version != expected_version:
        raise Conflict(locked.lock_version, selectors.changes_since(locked, expected_version))
    return locked


def _record(case: Case, code: str, actor: Actor, comment: str, details: dict[str, Any]) -> Any:
    case.lock_version += 1
    case.save()
    kept = comment.replace("\r\n", "\n").strip()[:COMMENT_LENGTH]
    return events.record(case, code, actor, from_state=case.state, comment=kept, details=details)
