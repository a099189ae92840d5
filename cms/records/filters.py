"""Filters of a register. Their values are few and short, so that filtered pages can be kept in the page cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Up to so many options are links; more of them become a list to choose from in the form.
MAX_LINKS = 7


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: what stands in the address, what people read, how many rows it has."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """`options(rows, language)` are those that occur; `apply(rows, value)` narrows. `name` stands in the address."""

    name: str
    label: Any
    options: Callable[[QuerySet[Any], str], list[Option]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


def by_choice(name: str, label: Any, choices: Iterable[tuple[str, Any]], field: str = "") -> Filter:
    """A field with choices."""
    column, known = field or name, list(choices)

    def options(rows: QuerySet[Any], language: str) -> list[Option]:
        counts = dict(rows.order_by().values_list(column).annotate(n=Count("pk", distinct=True)))
        return [Option(str(value), str(text), counts[value]) for value, text in known if value in counts]

    return Filter(name, label, options, lambda rows, value: rows.filter(**{column: value}))


def by_year(field: str = "date", name: str = "year") -> Filter:
    """The year of a date or moment (local time)."""

    def options(rows: QuerySet[Any], language: str) -> list[Option]:
        counts = rows.order_by().annotate(y=ExtractYear(field)).values_list("y").annotate(n=Count("pk", distinct=True))
        return [Option(str(year), str(year), n) for year, n in sorted(counts, reverse=True) if year]

    return Filter(name, _("year"), options, lambda rows, value: rows.filter(**{f"{field}__year": int(value)}))


def by_year_number(field: str, name: str = "year") -> Filter:
    """A field that holds a year."""

    def options(rows: QuerySet[Any], language: str) -> list[Option]:
        counts = rows.order_by().values_list(field).annotate(n=Count("pk", distinct=True))
        return [Option(str(year), str(year), n) for year, n in sorted(counts, reverse=True)]

    return Filter(name, _("year"), options, lambda rows, value: rows.filter(**{field: int(value)}))


def by_place(field: str = "settlement", name: str = "place") -> Filter:
    """A settlement, by the last part of its address."""

    def options(rows: QuerySet[Any], language: str) -> list[Option]:
        counts = (
            rows.exclude(**{f"{field}__isnull": True})
            .order_by(f"{field}__title_{language}")
            .values_list(f"{field}__pk", f"{field}__title_{language}")
            .annotate(n=Count("pk", distinct=True))
        )
        return [Option(str(pk), title, n) for pk, title, n in counts if title]

    return Filter(name, _("settlement"), options, lambda rows, value: rows.filter(**{f"{field}__pk": int(value)}))


def by_openness(label: Any, is_open: Callable[[], Q]) -> Filter:
    """Open and closed ones. `is_open()` is asked at the moment of the request."""

    def options(rows: QuerySet[Any], language: str) -> list[Option]:
        total, still_open = rows.order_by().aggregate(a=Count("pk"), b=Count("pk", filter=is_open())).values()
        found = [Option("open", str(_("open now")), still_open), Option("closed", str(_("ended")), total - still_open)]
        return [option for option in found if option.count]

    def apply(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows.filter(is_open()) if value == "open" else rows.exclude(is_open())

    return Filter("state", label, options, apply)


def still_taken() -> Q:
    """Applications are still taken: before the deadline, without a result."""
    return Q(deadline__gt=timezone.now(), result_hy="")


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as chosen by a reader: what the templates draw."""

    name: str
    label: Any
    value: str
    options: list[dict[str, Any]]

    @property
    def as_list(self) -> bool:
        """True when the options are too many for links."""
        return len(self.options) > MAX_LINKS + 1


def read(
    filters: Iterable[Filter], rows: QuerySet[Any], asked: dict[str, str], language: str
) -> tuple[QuerySet[Any], list[Choice], dict[str, str]]:
    """Apply what is asked for: (rows, filters to draw, the values that were understood).

    Values that no row has are not understood and change nothing; whoever sees such an address is told nothing false.
    """
    narrowed, drawn, known = rows, [], {}
    offered = []
    for each in filters:
        options = each.options(rows, language)
        value = asked.get(each.name, "")
        if value and value in {option.value for option in options}:
            known[each.name] = value
            narrowed = each.apply(narrowed, value)
        offered.append((each, options))
    for each, options in offered:
        if len(options) < 2 and each.name not in known:
            continue
        others = {name: value for name, value in asked.items() if name != each.name and name in {*known, "q", "sort"}}
        rest = [
            {
                "value": option.value,
                "label": option.label,
                "count": option.count,
                "url": "?" + urlencode({**others, each.name: option.value}),
                "is_current": known.get(each.name) == option.value,
            }
            for option in options
        ]
        everything = {
            "value": "",
            "label": _("all"),
            "count": None,
            "url": "?" + urlencode(others) if others else "?",
            "is_current": each.name not in known,
        }
        drawn.append(Choice(each.name, each.label, known.get(each.name, ""), [everything, *rest]))
    return narrowed, drawn, known
