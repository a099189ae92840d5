"""Due dates in words and by meaning, so that colour is never the only sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services_api.cases.models import Case
from services_api.cases.terms import days_left

SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Due:
    """When a case is due: `level` is late, soon, calm or done."""

    at: datetime | None
    words: str
    level: str


def due_of(case: Case, at: datetime | None = None) -> Due:
    """How urgent a case is at a moment (now)."""
    now = at or timezone.now()
    if case.is_decided:
        return Due(case.due_at, _("answered") if case.decided_at else _("ended"), "done")
    left = days_left(case, now)
    if left is None:
        return Due(None, _("no term"), "calm")
    if case.is_overdue(now):
        days = -left
        words = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days} if days else _("late today")
        return Due(case.due_at, words, "late")
    if left == 0:
        return Due(case.due_at, _("today"), "soon")
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return Due(case.due_at, words, "soon" if left <= SOON_DAYS else "calm")
