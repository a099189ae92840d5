"""A community counts its own cases and writes the numbers into the register, with its own role.

The ministry asks for nothing inside a community. Counting is idempotent: it may be interrupted and begun anew.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zlib import crc32

from django.db import transaction
from django.utils import timezone

from services_api.cases.public import MonthlyFigures, monthly_figures, overdue_count
from services_api.oversight.models import OWN, Counting, MonthFigure
from services_api.procedures.public import release_codes
from services_api.workdays.public import YEREVAN, local
from tenants.models import Community

NIGHT_BEGINS = time(2)
SPREAD_MINUTES = 120
# Answers of earlier months change when a case is opened again; a night looks so far back, the first one at everything.
MONTHS_BACK = 13
NUMBERS = ("received", "in_time", "late", "ended", "days", "median", "ratings", "rating_sum")


@transaction.atomic
def push(community: Community, since: date | None = None, at: datetime | None = None) -> int:
    """Count the current tenant, which is this community, and write its numbers; returns how many rows they are.

    `since` is the first day of a month; None: the last thirteen months, or all of them when nothing was counted yet.
    """
    now = at or timezone.now()
    if since is None and Counting.objects.filter(community=community).exists():
        since = _months_before(local(now).date(), MONTHS_BACK - 1)
    rows = _rows(community, since)
    known = MonthFigure.objects.filter(community=community)
    if since is not None:
        known = known.filter(month__gte=since)
    # What was counted before and is not found any more becomes zero: rows are never taken away.
    for month, procedure in known.values_list("month", "procedure"):
        rows.setdefault((month, procedure), MonthFigure(community=community, month=month, procedure=procedure))
    MonthFigure.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["community", "month", "procedure"],
        update_fields=NUMBERS, batch_size=1_000,
    )  # fmt: skip
    Counting.objects.update_or_create(community=community, defaults={"overdue": overdue_count(now), "counted_at": now})
    return len(rows)


def _rows(community: Community, since: date | None) -> dict[tuple[date, str], MonthFigure]:
    rows: dict[tuple[date, str], MonthFigure] = {}
    for each in monthly_figures(_code, since):
        rows[each.month, each.procedure] = MonthFigure(
            community=community, month=each.month, procedure=each.procedure, **_numbers(each)
        )
    return rows


def _numbers(found: MonthlyFigures) -> dict[str, object]:
    return {name: getattr(found, name) for name in NUMBERS}


@cache
def _known() -> frozenset[str]:
    return release_codes()


def _code(procedure: str) -> str:
    """The code as it may cross: one of the release, otherwise only that it is the community's own."""
    return procedure if procedure in _known() else OWN


def due(now: datetime | None = None) -> list[str]:
    """Schemas of active communities that were not counted today and whose minute has come. Two queries."""
    moment = local(now or timezone.now())
    begins = datetime.combine(moment.date(), time.min, tzinfo=YEREVAN)
    counted = Counting.objects.filter(counted_at__gte=begins).values("community")
    waiting = Community.objects.live().municipalities().exclude(pk__in=counted).order_by("code")
    return [each for each in waiting.values_list("schema_name", flat=True) if moment >= _start(each, moment)]


def counted_since(moment: datetime) -> set[int]:
    """Keys of the communities that were counted after a moment; to go on where a run was interrupted."""
    return set(Counting.objects.filter(counted_at__gte=moment).values_list("community_id", flat=True))


def _start(schema: str, moment: datetime) -> datetime:
    """Each community has a minute of its own within the first two hours of the night."""
    night = datetime.combine(moment.date(), NIGHT_BEGINS, tzinfo=YEREVAN)
    return night + timedelta(minutes=crc32(schema.encode()) % SPREAD_MINUTES)


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
