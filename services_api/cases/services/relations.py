"""Cases that belong together."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from services_api.cases import events, selectors
from services_api.cases.actors import Actor
from services_api.cases.errors import FieldError, TransitionRefused
from services_api.cases.models import CaseRelation
from services_api.cases.services.transitions import lock

# Duplicates come by the step of joining, which ends one of the two.
KINDS = (CaseRelation.Kind.RELATED, CaseRelation.Kind.CONTINUES, CaseRelation.Kind.APPEAL_OF)


@transaction.atomic
def relate(case: UUID, number: str, *, actor: Actor, kind: str = CaseRelation.Kind.RELATED) -> CaseRelation:
    """Mark a case as belonging to another one that the actor may see. Raises TransitionRefused."""
    locked = lock(case)
    wanted = selectors.normalised_number(number)
    user = get_user_model().objects.filter(pk=actor.user_id or 0).first()
    visible = selectors.visible_cases(user).filter(number__in={wanted, wanted.upper()}) if user and wanted else None
    other = visible.exclude(pk=locked.pk).first() if visible is not None else None
    if other is None:
        raise TransitionRefused(
            _("Something is missing."), [FieldError("number", _("There is no other case with this number."))]
        )
    found, created = CaseRelation.objects.get_or_create(
        case=locked, other=other,
        defaults={"kind": kind if kind in KINDS else CaseRelation.Kind.RELATED, "by_label": actor.label[:300]},
    )  # fmt: skip
    if created:
        events.record(locked, "related", actor, from_state=locked.state, details={"number": other.number})
    return found
