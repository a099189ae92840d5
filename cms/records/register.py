"""What a register is: one declaration that the public list, detail, feed, open data, admin, search and duties use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.records.columns import Column
from cms.records.filters import Filter
from cms.records.models import RegisterRecord

if TYPE_CHECKING:
    from cms.models import RegisterPage

# What every register says of a row in the open data, before its own columns.
IDENTITY = (
    Column("id", _("identifier"), lambda record, language: str(record.uuid), places=("data",)),
    Column("title", _("title"), lambda record, language: record.title(language), places=("data",)),
    Column("date", _("date"), lambda record, language: record.date, "date", ("data",)),
)
Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]
Screen = Callable[["Asked"], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a register that has a page of its own: «the council» of the people."""

    label: Any
    narrow: Narrow
    template: str = ""
    screen: Screen | None = None


@dataclass(slots=True)
class Asked:
    """A question to a register's page: whose, in which language, with which parameters."""

    page: RegisterPage
    register: Register
    part: str
    language: str
    request: Any
    record: Any = None
    # Whether every parameter was understood; other answers are not kept in the page cache.
    is_known: bool = True
    # The moment (seconds since the epoch) until which the answer is true.
    until: float | None = None


@dataclass(frozen=True)
class Register:
    """A register of public records.

    `columns`: see `cms.records.columns`. `orders`: name in the address -> (label, ordering, or what gives it when
    asked); the first is the usual one. `related`: select_related of lists and details; `prefetch()`: what else lists
    draw. `parts`: see `Part`. `template`, `screen`: the list's own look in place of the table, `card`: of each row;
    `detail_template`, `detail`: the same of one record.
    """

    code: str
    model: type[RegisterRecord]
    label: Any
    columns: tuple[Column, ...] = ()
    filters: tuple[Filter, ...] = ()
    orders: dict[str, tuple[Any, tuple[Any, ...] | Callable[[], tuple[Any, ...]]]] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    prefetch: Callable[[], tuple[Any, ...]] = tuple
    parts: dict[str, Part] = field(default_factory=dict)
    template: str = "records/list.html"
    screen: Screen | None = None
    card: Callable[[Any, Asked], dict[str, Any]] | None = None
    detail_template: str = "records/detail.html"
    detail: Screen | None = None
    empty_text: Any = ""
    search_kind: str = "record"
    has_deadline: bool = False

    def rows(self, part: str = "") -> QuerySet[Any]:
        """Published rows, in whatever language they are."""
        rows: QuerySet[Any] = self.model._default_manager.filter(is_published=True)
        return self.parts[part].narrow(rows) if part else rows

    def published(self, language: str, part: str = "") -> QuerySet[Any]:
        """Published rows that exist in a language, with what lists draw."""
        rows = self.rows(part).exclude(**{f"title_{language}": ""})
        return rows.select_related(*self.related).prefetch_related(*self.prefetch())

    def ordered(self, rows: QuerySet[Any], order: str = "") -> QuerySet[Any]:
        """Rows in an order of the register; the usual one when the name says nothing."""
        _label, keys = self.orders.get(order) or next(iter(self.orders.values()))
        return rows.order_by(*(keys() if callable(keys) else keys))

    def count(self, part: str = "") -> int:
        """How many rows are published."""
        return self.rows(part).count()

    def newest_date(self, part: str = "") -> date | None:
        """The newest date of a published row; None for an empty register. For the publication duties."""
        newest: date | None = self.rows(part).aggregate(newest=Max("date"))["newest"]
        return newest

    def in_place(self, place: str) -> tuple[Column, ...]:
        """Columns of list, detail or data."""
        own = tuple(column for column in self.columns if place in column.places)
        return (*IDENTITY, *own) if place == "data" else own

    def page(self, language: str, part: str = "") -> RegisterPage | None:
        """The live page that shows the register (or a part of it) in a language."""
        from cms.models import RegisterPage

        pages = RegisterPage.objects.live().filter(register=self.code, locale__language_code=language)
        return pages.filter(part=part).first() if part else pages.order_by("part", "pk").first()

    def page_url(self, language: str, part: str = "") -> str:
        """Address of that page; "" where there is none."""
        page = self.page(language, part)
        return (page.url or "") if page is not None else ""

    def record_url(self, record: RegisterRecord, language: str) -> str:
        """Public address of a record in a language; "" where it has none."""
        if not record.is_published or not getattr(record, f"title_{language}"):
            return ""
        base = self.page_url(language, self.part_of(record))
        return f"{base}{record.address}/" if base else ""

    def part_of(self, record: RegisterRecord) -> str:
        """The part whose page shows a record; "" when any does."""
        for code, part in self.parts.items():
            if part.narrow(self.model._default_manager.filter(pk=record.pk)).exists():
                return code
        return ""

    def add_url(self) -> str:
        """The admin's form for a new record."""
        return reverse(f"records_{self.code}:add")

    def edit_url(self, record: RegisterRecord) -> str:
        """The admin's form of a record."""
        return reverse(f"records_{self.code}:edit", args=[record.pk])

    def index_url(self) -> str:
        """The admin's list."""
        return reverse(f"records_{self.code}:index")


def cells(columns: Iterable[Column], record: Any, language: str) -> list[dict[str, Any]]:
    """The filled columns of a record, as templates draw them."""
    return [cell for column in columns if (cell := column.cell(record, language)) is not None]


def slots(columns: Sequence[Column], record: Any, language: str) -> list[dict[str, Any] | None]:
    """All columns of a record; None where a cell of the table stays empty."""
    return [column.cell(record, language) for column in columns]
