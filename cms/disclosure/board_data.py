"""The country at a glance, from results alone. Everything here runs in the register and asks a fixed number of queries.

Nothing of a community's content is read: only what it has written down about itself (models.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from cms.disclosure.models import PublicationDuty, Score, Standing, Waiver
from cms.disclosure.standings import Total, total
from tenants import hosts
from tenants.context import register
from tenants.models import Community, Marz

TREND_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """What the board is narrowed to; empty strings: everything."""

    marz: str = ""
    verdict: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A community with its standings in the order of the duties; None where nothing was checked yet."""

    community: Community
    cells: Sequence[Standing | None]
    total: Total
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Week:
    """Percent of duties kept in a week, by the communities that were checked."""

    starts_on: date
    share: float


@dataclass(frozen=True, slots=True)
class Board:
    """The heat map with what stands around it."""

    choice: Choice
    duties: Sequence[PublicationDuty]
    rows: Sequence[Row]
    marzes: Sequence[Marz]
    all_duties: Sequence[PublicationDuty]
    weeks: Sequence[Week] = field(default=())

    @property
    def unchecked(self) -> int:
        """Communities without any check."""
        return sum(row.checked_on is None for row in self.rows)

    @property
    def complete(self) -> int:
        """Communities that keep everything."""
        return sum(row.checked_on is not None and not row.total.failing for row in self.rows)


def board(choice: Choice | None = None, today: date | None = None) -> Board:
    """Communities x duties, the weakest first. Five queries."""
    picked = choice or Choice()
    with register():
        all_duties = list(PublicationDuty.objects.in_force(today))
        duties = [duty for duty in all_duties if not picked.duty or duty.code == picked.duty]
        communities = Community.objects.live().municipalities().select_related("marz")
        if picked.marz:
            communities = communities.filter(marz__code=picked.marz)
        by_community: dict[int, dict[int, Standing]] = {}
        standings = Standing.objects.filter(duty__in=[duty.pk for duty in all_duties]).order_by()
        for standing in standings.defer("evidence_url"):
            by_community.setdefault(standing.community_id, {})[standing.duty_id] = standing
        rows = [_row(community, duties, by_community.get(community.pk, {})) for community in communities]
        if picked.verdict:
            rows = [row for row in rows if any(cell and cell.verdict == picked.verdict for cell in row.cells)]
        return Board(
            choice=picked,
            duties=duties,
            rows=sorted(rows, key=lambda row: (row.total.share, row.community.name_hy)),
            marzes=list(Marz.objects.all()),
            all_duties=all_duties,
            weeks=trend(marz=picked.marz, today=today),
        )


def _row(community: Community, duties: Sequence[PublicationDuty], known: dict[int, Standing]) -> Row:
    cells = [known.get(duty.pk) for duty in duties]
    checked = max((standing.checked_at for standing in known.values()), default=None)
    return Row(community, cells, total(list(known.values())), timezone.localtime(checked).date() if checked else None)


def trend(*, marz: str = "", community: Community | None = None, today: date | None = None) -> list[Week]:
    """The last twelve weeks, of all communities, of a province or of one. One query, in the register."""
    day = today or timezone.localdate()
    with register():
        scores = Score.objects.filter(day__gt=day - timedelta(weeks=TREND_WEEKS), day__lte=day)
        if marz:
            scores = scores.filter(community__marz__code=marz)
        if community:
            scores = scores.filter(community=community)
        weeks = (
            scores.order_by()
            .annotate(week=TruncWeek("day"))
            .values("week")
            .annotate(kept=Sum("met"), wanted=Sum("applicable"))
            .order_by("week")
        )
        return [Week(row["week"], 100 * row["kept"] / row["wanted"]) for row in weeks if row["wanted"]]


def of_community(slug: str, today: date | None = None) -> tuple[Community, list[Standing]]:
    """An active community and its standings, worst first. Raises Community.DoesNotExist."""
    from cms.disclosure import standings

    with register():
        found = Community.objects.live().municipalities().select_related("marz").prefetch_related("domains")
        community = found.get(slug=slug)
        return community, standings.of(community, today)


def waivers(community: Community) -> list[Waiver]:
    """All waivers of a community, those that hold longest first."""
    with register():
        return list(Waiver.objects.filter(community=community).select_related("duty").order_by("-ends_on", "-pk"))


def place(community: Community, standing: Standing) -> str:
    """Full address of the public place of a duty on the community's own site; empty where there is none."""
    host = community.primary_host()
    return hosts.address(host) + standing.evidence_url if host and standing.evidence_url else ""
