"""The country at a glance, from pushed numbers alone: in the register, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from services_api.cases.public import share_in_time
from services_api.oversight.models import Counting, MonthFigure
from services_api.workdays.public import local
from tenants.context import register
from tenants.models import Community, Marz

MONTHS_SHOWN = 12
MEASURES = ("share", "received", "median", "late")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the board is narrowed to; "" everything. `last` is the first day of the last month shown."""

    marz: str = ""
    procedure: str = ""
    measure: str = "share"
    last: date | None = None


@dataclass(slots=True)
class Sum:
    """Numbers that can be added up, of a community, a province, a month or the country."""

    received: int = 0
    in_time: int = 0
    late: int = 0
    ended: int = 0
    days: int = 0
    ratings: int = 0
    rating_sum: int = 0
    overdue: int = 0

    def add(self, other: Any) -> Sum:
        """Add the same numbers of a row or of another sum."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name, 0))
        return self

    @property
    def answered(self) -> int:
        return self.in_time + self.late

    @property
    def share(self) -> int | None:
        return share_in_time(self.in_time, self.late)

    @property
    def mean_days(self) -> float | None:
        return round(self.days / self.answered, 1) if self.answered else None

    @property
    def mean_rating(self) -> float | None:
        return round(self.rating_sum / self.ratings, 1) if self.ratings else None


@dataclass(frozen=True, slots=True)
class Line:
    """A community with its months in their order; None where nothing was counted."""

    community: Community
    months: Sequence[MonthFigure | None]
    total: Sum
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Province:
    """A province with the sum of its communities."""

    marz: Marz
    total: Sum
    communities: int


@dataclass(frozen=True, slots=True)
class Board:
    """Communities x months, provinces, the country by month."""

    choice: Choice
    months: Sequence[date]
    lines: Sequence[Line]
    provinces: Sequence[Province]
    trend: Sequence[tuple[date, Sum]]
    total: Sum
    marzes: Sequence[Marz]
    procedures: Sequence[str] = field(default=())

    @property
    def uncounted(self) -> int:
        """Communities that have not been counted yet."""
        return sum(each.counted_at is None for each in self.lines)


def months_until(last: date) -> list[date]:
    """Twelve months, the last one included; each by its first day."""
    count = last.year * 12 + last.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(count - MONTHS_SHOWN + 1, count + 1)]


def board(choice: Choice, today: date | None = None) -> Board:
    """Communities x months by the measure chosen, the weakest first. Five queries."""
    months = months_until(choice.last or (today or local(timezone.now()).date()).replace(day=1))
    with register():
        communities = Community.objects.live().municipalities().select_related("marz")
        if choice.marz:
            communities = communities.filter(marz__code=choice.marz)
        chosen = list(communities.order_by("name_hy"))
        rows: dict[int, dict[date, MonthFigure]] = {}
        found = MonthFigure.objects.filter(procedure=choice.procedure, month__gte=months[0], month__lte=months[-1])
        for row in found.order_by():
            rows.setdefault(row.community_id, {})[row.month] = row
        counted = {each.community_id: each for each in Counting.objects.order_by()}
        procedures = sorted(
            MonthFigure.objects.exclude(procedure="").order_by().values_list("procedure", flat=True)
            .annotate(newest=Max("month")).values_list("procedure", flat=True)
        )  # fmt: skip
        marzes = list(Marz.objects.all())
    lines = [_line(each, months, rows.get(each.pk, {}), counted.get(each.pk), choice) for each in chosen]
    trend = [(month, _sum(line.months[place] for line in lines)) for place, month in enumerate(months)]
    lines.sort(key=lambda line: (101 if line.total.share is None else line.total.share, line.community.name_hy))
    return Board(
        choice, months, lines, _provinces(lines, marzes), trend, _sum(each.total for each in lines), marzes, procedures
    )


def flat_rows(choice: Choice, today: date | None = None) -> list[tuple[Community, MonthFigure]]:
    """Every number of the months shown, by community, month and procedure: what the file gives out. Two queries."""
    months = months_until(choice.last or (today or local(timezone.now()).date()).replace(day=1))
    with register():
        communities = Community.objects.live().municipalities().select_related("marz")
        if choice.marz:
            communities = communities.filter(marz__code=choice.marz)
        by_key = {each.pk: each for each in communities}
        rows = MonthFigure.objects.filter(month__gte=months[0], month__lte=months[-1])
        if choice.procedure:
            rows = rows.filter(procedure=choice.procedure)
        found = [(by_key[each.community_id], each) for each in rows.order_by("month", "procedure")
                 if each.community_id in by_key]  # fmt: skip
    return sorted(found, key=lambda pair: pair[0].name_hy)


def _line(
    community: Community,
    months: Sequence[date],
    known: dict[date, MonthFigure],
    counted: Counting | None,
    choice: Choice,
) -> Line:
    cells = [known.get(each) for each in months]
    total = _sum(cells)
    # What is overdue is counted of all procedures together.
    total.overdue = counted.overdue if counted and not choice.procedure else 0
    return Line(community, cells, total, counted.counted_at if counted else None)


def _sum(rows: Iterable[Any]) -> Sum:
    total = Sum()
    for each in rows:
        if each is not None:
            total.add(each)
    return total


def _provinces(lines: Sequence[Line], marzes: Sequence[Marz]) -> list[Province]:
    found = []
    for marz in marzes:
        own = [each for each in lines if each.community.marz_id == marz.pk]
        if own:
            found.append(Province(marz, _sum(each.total for each in own), len(own)))
    return found
