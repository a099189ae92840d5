"""How long cases are kept, which of them are over their term, and taking people out of those."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from services_api.cases.actors import SYSTEM
from services_api.cases.models import Case, CaseQuerySet, CaseRelation, RetentionRule
from services_api.cases.services.anonymising import anonymise
from services_api.procedures.public import Procedure

BATCH = 100
# One round of the worker does not hold it for ever; the next one goes on.
PER_ROUND = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """Closed cases of one procedure and outcome: their rule, how many there are and how many are over the term."""

    procedure: Procedure
    outcome: str
    rule: RetentionRule | None
    kept: int
    over: int
    oldest: datetime


def rule_for(procedure_id: int, outcome: str, rules: Iterable[RetentionRule]) -> RetentionRule | None:
    """The most particular rule: of procedure and outcome, of the procedure, of the outcome, of all."""
    fitting = [
        each for each in rules if each.procedure_id in (None, procedure_id) and each.outcome in ("", outcome)
    ]  # fmt: skip
    return max(fitting, key=lambda each: (each.procedure_id is not None, bool(each.outcome)), default=None)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later or earlier, the last one of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def kept_until(case: Case) -> tuple[datetime | None, RetentionRule | None]:
    """Until when a closed case is kept, by which rule; no moment while it is open or without a rule."""
    rule = rule_for(case.version.procedure_id, case.outcome, RetentionRule.objects.all())
    if rule is None or case.closed_at is None:
        return None, rule
    return months_after(case.closed_at, rule.months), rule


def plan(at: datetime | None = None) -> list[Planned]:
    """What would be done now, by procedure and outcome. Nothing is changed."""
    now, rules = at or timezone.now(), list(RetentionRule.objects.all())
    rows = (
        _closed().order_by().values("version__procedure", "outcome").annotate(kept=Count("pk"), oldest=Min("closed_at"))
    )  # fmt: skip
    procedures = Procedure.objects.in_bulk([row["version__procedure"] for row in rows])
    found = []
    for row in rows:
        procedure = procedures[row["version__procedure"]]
        rule = rule_for(procedure.pk, row["outcome"], rules)
        over = _over(procedure.pk, row["outcome"], rule, now).count() if rule else 0
        found.append(Planned(procedure, row["outcome"], rule, row["kept"], over, row["oldest"]))
    return sorted(found, key=lambda each: (each.procedure.code, each.outcome))


def apply(*, limit: int = PER_ROUND, at: datetime | None = None, progress: Progress = lambda done, total: None) -> int:
    """Anonymise what is over a confirmed term, the oldest first; how many. Broken off, the next run goes on.

    A rule that nobody has confirmed removes nothing: what is gone does not come back.
    """
    now = at or timezone.now()
    due = [each for each in plan(now) if each.over and each.rule is not None and each.rule.is_confirmed]
    total, done = min(limit, sum(each.over for each in due)), 0
    for each in due:
        assert each.rule is not None
        cases = _over(each.procedure.pk, each.outcome, each.rule, now).order_by("closed_at")
        for uuid in list(cases.values_list("uuid", flat=True)[: limit - done]):
            why = {"basis": each.rule.legal_basis, "months": each.rule.months}
            anonymise(uuid, actor=SYSTEM, why=why)
            done += 1
            if done % BATCH == 0 or done == total:
                progress(done, total)
    return done


def _closed() -> CaseQuerySet:
    return Case.objects.filter(closed_at__isnull=False, anonymised_at__isnull=True, number__isnull=False)


def _over(procedure_id: int, outcome: str, rule: RetentionRule | None, now: datetime) -> CaseQuerySet:
    """Cases over the term; what belongs to an open case (an appeal, for example) waits for it."""
    if rule is None:
        return Case.objects.none()
    is_open = Q(other__closed_at__isnull=True) | Q(case__closed_at__isnull=True)
    bound = CaseRelation.objects.filter(is_open)
    return (
        _closed()
        .filter(version__procedure_id=procedure_id, outcome=outcome, closed_at__lt=months_after(now, -rule.months))
        .exclude(pk__in=bound.values("case"))
        .exclude(pk__in=bound.values("other"))
    )
