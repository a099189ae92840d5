"""Every look of staff at a case is written down and shown to the applicant."""

from __future__ import annotations

from typing import Any

from services_api.cases.actors import Actor, staff
from services_api.cases.models import Case
from services_api.cases.views.standing import READ_TO_WORK
from services_api.parties.public import log_read


def log_staff_read(user: Any, case: Case) -> Actor:
    """Note that this person opened the case to work on it; the person as an actor on this case."""
    actor = staff(user).on(case)
    log_read(
        actor_id=actor.user_id,
        actor_label=actor.label,
        purpose=READ_TO_WORK,
        object_ref=case.reference,
        party=case.applicant,
    )
    return actor
