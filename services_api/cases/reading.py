"""Every look of staff at a case is written down and shown to the applicant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services_api.cases.actors import Actor, staff
from services_api.cases.models import Case
from services_api.cases.views.standing import EXPORTED, GIVEN_OUT, READ_FILE, READ_TO_WORK
from services_api.parties.public import log_read, log_reads


def log_staff_read(user: Any, case: Case, purpose: str = READ_TO_WORK) -> Actor:
    """Note that this person opened the case to work on it, or a file of it; the person as an actor on this case."""
    actor = staff(user).on(case)
    log_read(
        actor_id=actor.user_id,
        actor_label=actor.label,
        purpose=purpose,
        object_ref=case.reference,
        party=case.applicant,
    )
    return actor


def log_export(user: Any, cases: Sequence[Case]) -> None:
    """Note that this person took these cases out as a file; one line for each."""
    _log_all(user, cases, EXPORTED)


def log_given_out(user: Any, cases: Sequence[Case]) -> None:
    """Note that this person made a copy of all data for whoever they are about."""
    _log_all(user, cases, GIVEN_OUT)


def _log_all(user: Any, cases: Sequence[Case], purpose: str) -> None:
    actor = staff(user)
    log_reads(
        actor_id=actor.user_id,
        actor_label=actor.label,
        purpose=purpose,
        objects=[(each.reference, each.applicant) for each in cases],
    )


def log_file_read(user: Any, case: Case) -> None:
    """Note that this person opened a file of the case."""
    log_staff_read(user, case, READ_FILE)
