"""Use case: look at a community's duties and write down what was found, as the community itself.

History is one row a duty, day and source. What counts now is the worse of the two sources; a waiver takes the duty away
for its time. Checking twice on a day replaces the day's rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cms.disclosure.evaluators import evaluate
from cms.disclosure.facts import Facts
from cms.disclosure.findings import Finding, worse
from cms.disclosure.models import CheckResult, PublicationDuty, Score, Source, Standing, Verdict, Waiver
from tenants.models import Community

# A visitor looks once a week; what it saw longer ago than this does not count any more.
OUTER_COUNTS_DAYS = 15
_SAID = ("verdict", "evidence_url", "newest_on", "message", "params")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many of the duties that apply are kept after a check."""

    met: int
    tolerated: int
    applicable: int

    @property
    def failing(self) -> int:
        return self.applicable - self.met


def check(community: Community, today: date | None = None) -> Outcome:
    """Look from inside at all duties of the current tenant. Runs in the tenant; about 30 queries, however many rows."""
    day = today or timezone.localdate()
    duties = list(PublicationDuty.objects.in_force(day))
    facts = Facts(community, keys_of(duties), day)
    return record(community, {duty: evaluate(duty, facts) for duty in duties}, Source.INNER, day)


def keys_of(duties: Iterable[PublicationDuty]) -> list[str]:
    """Keys of the pages that the duties ask for, each once."""
    return list(dict.fromkeys(key for duty in duties for key in duty.page_keys))


@transaction.atomic
def record(
    community: Community, findings: Mapping[PublicationDuty, Finding], source: Source, today: date | None = None
) -> Outcome:
    """Write findings of a day as history, and what counts now. Idempotent; runs in the tenant with its rights."""
    day = today or timezone.localdate()
    latest = _latest(community, day)
    rows = [
        CheckResult(
            community=community,
            duty=duty,
            day=day,
            source=source,
            since=_since(finding, latest.get((duty.pk, source)), day),
            **{name: getattr(finding, name) for name in _SAID},
        )
        for duty, finding in findings.items()
    ]
    for row in rows:
        row.params = dict(row.params)
    CheckResult.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["community", "duty", "day", "source"],
        update_fields=[*_SAID, "since"],
    )
    latest.update({(row.duty_id, source): row for row in rows})
    return _settle(community, list(findings), latest, day)


def _latest(community: Community, day: date) -> dict[tuple[int, str], CheckResult]:
    """The newest results of both sources, not older than what counts."""
    rows = (
        CheckResult.objects.filter(community=community, day__lte=day, day__gt=day - timedelta(days=OUTER_COUNTS_DAYS))
        .order_by("duty_id", "source", "-day")
        .distinct("duty_id", "source")
    )
    return {(row.duty_id, row.source): row for row in rows}


def _since(finding: Finding, before: CheckResult | None, day: date) -> date:
    if finding.since:
        return min(finding.since, day)
    if before is not None and before.verdict == finding.verdict and before.message == finding.message:
        return before.since
    return day


def _settle(
    community: Community,
    duties: Sequence[PublicationDuty],
    latest: Mapping[tuple[int, str], CheckResult],
    day: date,
) -> Outcome:
    waivers = {waiver.duty_id: waiver for waiver in Waiver.objects.in_force(day).filter(community=community)}
    now = timezone.now()
    standings = [_standing(community, duty, latest, waivers.get(duty.pk), day) for duty in duties]
    for standing in standings:
        standing.checked_at = now
    Standing.objects.bulk_create(
        standings,
        update_conflicts=True,
        unique_fields=["community", "duty"],
        update_fields=[*_SAID, "source", "since", "waived_until", "checked_at"],
    )
    # A visitor's walk settles some duties only; the score is that of all duties in force.
    in_force = PublicationDuty.objects.in_force(day)
    counted = (
        Standing.objects.filter(community=community, duty__in=in_force)
        .exclude(verdict=Verdict.NOT_APPLICABLE)
        .order_by()
        .values_list("verdict", flat=True)
    )
    outcome = Outcome(
        met=sum(verdict != Verdict.FAIL for verdict in counted),
        tolerated=sum(verdict == Verdict.TOLERATED for verdict in counted),
        applicable=len(counted),
    )
    Score.objects.bulk_create(
        [
            Score(
                community=community,
                day=day,
                met=outcome.met,
                tolerated=outcome.tolerated,
                applicable=outcome.applicable,
            )
        ],
        update_conflicts=True,
        unique_fields=["community", "day"],
        update_fields=["met", "tolerated", "applicable"],
    )
    return outcome


def _standing(
    community: Community,
    duty: PublicationDuty,
    latest: Mapping[tuple[int, str], CheckResult],
    waiver: Waiver | None,
    day: date,
) -> Standing:
    results = [row for source in Source.values if (row := latest.get((duty.pk, source)))]
    decisive = results[0]
    for other in results[1:]:
        if worse(_finding(decisive), _finding(other)) == _finding(other) != _finding(decisive):
            decisive = other
    # What does not apply from inside does not apply at all; a visitor is not sent there.
    inner = latest.get((duty.pk, Source.INNER))
    if inner is not None and inner.verdict == Verdict.NOT_APPLICABLE:
        decisive = inner
    standing = Standing(
        community=community,
        duty=duty,
        source=decisive.source,
        since=decisive.since,
        newest_on=inner.newest_on if inner else decisive.newest_on,
        **{name: getattr(decisive, name) for name in _SAID if name != "newest_on"},
    )
    if waiver is not None and decisive.verdict == Verdict.FAIL:
        standing.verdict, standing.message = Verdict.NOT_APPLICABLE, "waived"
        standing.params = {"date": waiver.ends_on.isoformat(), "order": waiver.order_number}
        standing.since = waiver.starts_on
    standing.waived_until = waiver.ends_on if waiver else None
    return standing


def _finding(row: CheckResult) -> Finding:
    return Finding(row.verdict, row.message, row.params, row.evidence_url, row.newest_on, row.since)


__all__ = ["Outcome", "check", "keys_of", "record"]
