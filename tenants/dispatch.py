"""The dispatcher: one process that asks which tenants have work due, and hands it to the workers.

Celery's beat runs its tasks in `public` only, and asking each of 500 tenants every few seconds would be 500 queries.
Instead a source answers with one query in the register; tasks then run in the tenants that it names.
"""

from __future__ import annotations

import logging
import random
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event

from django.db import Error, connection
from django_tenants.utils import quote_schema_name as quote
from kombu.exceptions import OperationalError

from tenants.context import register, tenant
from tenants.models import Community

logger = logging.getLogger(__name__)
CHUNK = 100
# Schemas with due work, from one query in the register.
Source = Callable[[], Iterable[str]]
# Hands the work of the current tenant to the workers.
Start = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: who has some due, how it is started, and how often one asks (seconds)."""

    name: str
    due: Source
    start: Start
    every: float


_kinds: dict[str, Work] = {}


def register_work(name: str, *, due: Source, start: Start, every: float) -> None:
    """Add a kind of work. `due` runs in the register, `start` in each tenant it names."""
    _kinds[name] = Work(name, due, start, every)


def all_active() -> list[str]:
    """A source for work that every active tenant has once in a while."""
    return list(Community.objects.live().values_list("schema_name", flat=True))


def each_active(do: Callable[[], object]) -> None:
    """Do something small in every active tenant, at once: for what a change of the register means to all of them."""
    with register():
        communities = list(Community.objects.live())
    for community in communities:
        with tenant(community):
            do()


@dataclass(frozen=True, slots=True)
class Moment:
    """A column whose past values mean due work; `flag` is a boolean column that must be true as well."""

    table: str
    column: str
    flag: str = ""


def schemas_with_past(*moments: Moment) -> list[str]:
    """Active tenants in which one of the moments has come: one query for every hundred of them."""
    schemas = all_active()
    due: list[str] = []
    with connection.cursor() as cursor:
        for start in range(0, len(schemas), CHUNK):
            cursor.execute(" UNION ALL ".join(_question(schema, moments) for schema in schemas[start : start + CHUNK]))
            due += [row[0] for row in cursor.fetchall()]
    return due


def _question(schema: str, moments: Iterable[Moment]) -> str:
    conditions = " OR ".join(
        f"EXISTS (SELECT 1 FROM {quote(schema)}.{quote(each.table)} "
        f"WHERE {quote(each.column)} <= now(){f' AND {quote(each.flag)}' if each.flag else ''})"
        for each in moments
    )
    return f"SELECT '{schema}' WHERE {conditions}"


class Dispatcher:
    """Asks each kind of work when its time has come, with jitter so that kinds do not fall together."""

    def __init__(self) -> None:
        self.stopping = Event()
        self.next_at = {name: time.monotonic() for name in _kinds}

    def run(self) -> None:
        """Until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set():
            self.once()
            self.stopping.wait(max(0.05, min(self.next_at.values(), default=1.0) - time.monotonic()))

    def once(self) -> int:
        """Start what is due now; returns the number of started tasks. A dead database or broker is waited out."""
        started = 0
        for work in list(_kinds.values()):
            now = time.monotonic()
            if now < self.next_at.get(work.name, now):
                continue
            self.next_at[work.name] = now + work.every * random.uniform(0.9, 1.1)  # noqa: S311 - jitter, no secret
            try:
                started += self.start(work)
            except Error:
                logger.warning("dispatcher: the database does not answer; %s is asked again later", work.name)
                connection.close()
            except (OSError, OperationalError) as error:
                logger.warning("dispatcher: the broker does not answer (%s); %s is asked again later", error, work.name)
        return started

    @staticmethod
    def start(work: Work) -> int:
        with register():
            schemas = list(work.due())
            communities = list(Community.objects.filter(schema_name__in=schemas)) if schemas else []
        for community in communities:
            with tenant(community):
                work.start()
        return len(communities)
