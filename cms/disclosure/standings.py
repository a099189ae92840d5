"""How a community stands now, for its dashboard, its letters and its public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cms.disclosure.models import PublicationDuty, Score, Standing, Verdict
from tenants.models import Community

_WORST_FIRST = {Verdict.FAIL: 0, Verdict.TOLERATED: 1, Verdict.PASS: 2, Verdict.NOT_APPLICABLE: 3}
_SEVERITY: dict[str, int] = {
    PublicationDuty.Severity.HIGH: 0,
    PublicationDuty.Severity.MEDIUM: 1,
    PublicationDuty.Severity.LOW: 2,
}


@dataclass(frozen=True, slots=True)
class Total:
    """«19 / 26»: kept (tolerated included) of those that apply."""

    met: int
    applicable: int

    @property
    def failing(self) -> int:
        return self.applicable - self.met

    @property
    def share(self) -> int:
        """Percent, rounded down, so that 100 means all."""
        return self.met * 100 // self.applicable if self.applicable else 100


def of(community: Community, today: date | None = None) -> list[Standing]:
    """The standings of a community with the duties in force, worst first; empty before the first check. One query."""
    day = today or timezone.localdate()
    rows = (
        Standing.objects.filter(community=community, duty__in=PublicationDuty.objects.in_force(day))
        .select_related("duty")
        .order_by("duty__position", "duty__code")
    )
    return sorted(rows, key=lambda row: (_WORST_FIRST[Verdict(row.verdict)], _SEVERITY[row.duty.severity], row.since))


def total(rows: list[Standing]) -> Total:
    """The score of standings."""
    counted = [row.verdict for row in rows if row.verdict != Verdict.NOT_APPLICABLE]
    return Total(sum(verdict != Verdict.FAIL for verdict in counted), len(counted))


def score(community: Community) -> Total:
    """The score of the community's latest check; 0 of 0 before the first."""
    row = Score.objects.filter(community=community).order_by("-day").first()
    return Total(row.met, row.applicable) if row else Total(0, 0)
