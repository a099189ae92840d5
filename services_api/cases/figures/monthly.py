"""The work of all cases by month and procedure, as numbers only: what a community tells the ministry of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractDay, Greatest, TruncMonth

from services_api.cases.figures.counting import ELSEWHERE, TIMELY
from services_api.cases.models import Case
from services_api.cases.models.case import overdue_at
from services_api.workdays.public import YEREVAN, local

# Whole days of the code of a procedure: its own, or what it is called outside.
Named = Callable[[str], str]
ALL = ""


@dataclass(slots=True)
class MonthlyFigures:
    """What happened in a month, of one procedure or ("") of all. `days` are whole days of all answers, added up."""

    month: date
    procedure: str
    received: int = 0
    in_time: int = 0
    late: int = 0
    ended: int = 0
    ratings: int = 0
    rating_sum: int = 0
    lengths: Counter[int] = field(default_factory=Counter)

    @property
    def days(self) -> int:
        return sum(length * count for length, count in self.lengths.items())

    @property
    def median(self) -> Decimal | None:
        """The middle of the whole days from registration to answer; None without an answer."""
        count = self.lengths.total()
        if not count:
            return None
        ordered = sorted(self.lengths.elements())
        return Decimal(ordered[(count - 1) // 2] + ordered[count // 2]) / 2


def monthly_figures(named: Named, since: date | None = None) -> list[MonthlyFigures]:
    """Months from `since` (the first day of one) to now, of every case of the current tenant: no reader, no rule of
    who sees what, and nothing but numbers. Four queries. `named` says what a procedure's code is called outside."""
    rows: dict[tuple[date, str], MonthlyFigures] = {}

    def of(found: dict[str, Any]) -> list[MonthlyFigures]:
        month = local(found["month"]).date()
        names = (ALL, named(found["code"]))
        return [rows.setdefault((month, name), MonthlyFigures(month, name)) for name in names]

    def by_month(column: str, condition: Q, *more: str, **measures: Any) -> Any:
        begins = Q() if since is None else Q(**{f"{column}__gte": datetime.combine(since, time.min, tzinfo=YEREVAN)})
        cases = Case.objects.filter(condition, begins, number__isnull=False, **{f"{column}__isnull": False})
        month = TruncMonth(column, tzinfo=YEREVAN)
        return (
            cases.annotate(length=ExtractDay(Greatest("decided_at", "registered_at") - F("registered_at")))
            .values(*more, month=month, code=F("version__procedure__code")).annotate(**measures).order_by()
        )  # fmt: skip

    for found in by_month("submitted_at", Q(), number_of=Count("pk")):
        for row in of(found):
            row.received += found["number_of"]
    answered = ~Q(outcome__in=ELSEWHERE)
    timely = {"in_time": Count("pk", filter=TIMELY), "late": Count("pk", filter=~TIMELY)}
    for found in by_month("decided_at", answered, "length", **timely):
        for row in of(found):
            row.in_time += found["in_time"]
            row.late += found["late"]
            row.lengths[int(found["length"])] += found["in_time"] + found["late"]
    ended = Q(outcome__in=ELSEWHERE) | Q(decided_at__isnull=True)
    for found in by_month("closed_at", ended, number_of=Count("pk")):
        for row in of(found):
            row.ended += found["number_of"]
    for found in by_month("rated_at", Q(), number_of=Count("pk"), sum_of=Sum("rating")):
        for row in of(found):
            row.ratings += found["number_of"]
            row.rating_sum += found["sum_of"]
    return list(rows.values())


def overdue_count(at: datetime) -> int:
    """How many cases of the current tenant are overdue at a moment; one query."""
    return Case.objects.filter(overdue_at(at), number__isnull=False).count()
