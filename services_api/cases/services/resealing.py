"""Turning the answers of cases and of unfinished applications to another key, as they lie in the database."""

from __future__ import annotations

from typing import Any

from django.db.models import JSONField
from django.db.models.functions import Cast

from services_api.cases.models import Case, DraftSubmission
from services_api.parties.public import identifiers
from tenants import sealing

BATCH = 500


def reseal(everything: bool, report: sealing.Report) -> int:
    """Seal anew what is not sealed with today's key, or everything; also what lies in clear from before seals.

    Row by row and without a long transaction: broken off, it goes on where it was. Raises CannotOpen.
    """
    changed = 0
    for model, what in ((Case, "answers of cases"), (DraftSubmission, "unfinished applications")):
        total, done, last = model._default_manager.count(), 0, 0
        while batch := list(_as_they_lie(model, last)):
            for pk, raw in batch:
                done, last = done + 1, pk
                if _needs(raw, everything):
                    changed += _turn(model, pk, raw)
            report(what, done, total)
    return changed


def probe() -> None:
    """Open the answers of the newest case that has a seal. Raises tenants.sealing.CannotOpen."""
    for found in Case.objects.exclude(named_digests=[]).order_by("-pk")[:1]:
        identifiers.opened(found.answers)


def _as_they_lie(model: Any, after: int) -> Any:
    rows = model._default_manager.filter(pk__gt=after).order_by("pk")
    return rows.annotate(raw=Cast("answers", JSONField())).values_list("pk", "raw")[:BATCH]


def _needs(raw: Any, everything: bool) -> bool:
    seals = list(identifiers.seals_in(raw))
    if any(everything or not sealing.is_current(each) for each in seals):
        return True
    # In clear: nothing seals it but this.
    return any(True for _number in identifiers.numbers_in(raw))


def _turn(model: Any, pk: int, raw: Any) -> int:
    """The row, unless somebody changed it meanwhile: that writing has sealed it."""
    answers = identifiers.opened(raw)
    values = {"answers": answers}
    if model is Case:
        values["named_digests"] = identifiers.digests_of(answers)
    same = model._default_manager.annotate(raw=Cast("answers", JSONField())).filter(pk=pk, raw=raw)
    return int(same.update(**values))
