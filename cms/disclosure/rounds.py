"""Which communities are to be checked now: each once a night from inside, once a week as a visitor.

A round names those that have not been checked yet, so an interrupted night goes on where it stopped. Communities do
not all come at once: each has a minute of its own within the first two hours of the night.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zlib import crc32

from django.utils import timezone

from cms.disclosure.models import CheckResult, Score, Source
from tenants.models import Community

NIGHT_BEGINS = time(1, 30)
SPREAD_MINUTES = 120
OUTER_EVERY_DAYS = 7
# A visitor's round takes seconds for a community; this many a night serve 500 communities in a week.
OUTER_A_NIGHT = 80


def due_inside(now: datetime | None = None) -> list[str]:
    """Schemas of active communities without a score of today whose minute has come. Two queries, in the register."""
    moment = timezone.localtime(now)
    scored = Score.objects.filter(day=moment.date()).values("community")
    waiting = Community.objects.live().municipalities().exclude(pk__in=scored).order_by("code")
    return [schema for schema in waiting.values_list("schema_name", flat=True) if moment >= _start(schema, moment)]


def due_outside(now: datetime | None = None) -> list[str]:
    """Schemas that no visitor has looked at for a week, those that waited longest first; at night only."""
    moment = timezone.localtime(now)
    if not NIGHT_BEGINS <= moment.time() < time(7):
        return []
    looked = CheckResult.objects.filter(source=Source.OUTER, day__gt=moment.date() - timedelta(days=OUTER_EVERY_DAYS))
    today = looked.filter(day=moment.date()).values("community").distinct().count()
    waiting = Community.objects.live().municipalities().exclude(pk__in=looked.values("community"))
    return list(waiting.order_by("activated_at", "pk").values_list("schema_name", flat=True)[: OUTER_A_NIGHT - today])


def _start(schema: str, moment: datetime) -> datetime:
    begins = timezone.make_aware(datetime.combine(moment.date(), NIGHT_BEGINS))
    return begins + timedelta(minutes=crc32(schema.encode()) % SPREAD_MINUTES)


def checked_on(community: Community, day: date) -> bool:
    """Whether the current tenant has been checked on a day."""
    return Score.objects.filter(community=community, day=day).exists()
