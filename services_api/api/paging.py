"""Pages by cursor: a list that grows while it is read shows nothing twice and leaves nothing out.

The cursor says after (or before) which row a page begins, by the value it is ordered by and its key; nothing is
counted, and page 1,000 costs as much as the first.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from services_api.api.reading import given

PAGE_SIZE = 50
MOST = 200


class PageSerializer(serializers.Serializer[Any]):
    """What every list takes."""

    cursor = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=500,
        help_text="From `next` or `previous` of another page of the same list.",
    )  # fmt: skip
    page_size = serializers.IntegerField(required=False, default=PAGE_SIZE, min_value=1, max_value=MOST)


@cache
def page_shape(shape: type[serializers.Serializer[Any]]) -> Any:
    """The shape of one page of a list, for the document."""
    name = shape.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"{name}Page",
        {
            "next": serializers.URLField(allow_null=True, help_text="Address of the page after this one."),
            "previous": serializers.URLField(allow_null=True, help_text="Address of the page before this one."),
            "results": shape(many=True),
        },
    )


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rows, and the addresses of its neighbours."""

    rows: list[Any]
    next: str | None
    previous: str | None

    def body(self, results: Any) -> dict[str, Any]:
        """As it is answered."""
        return {"next": self.next, "previous": self.previous, "results": results}


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is ordered; the key decides among equals. Rows without a value come last."""

    column: str
    descending: bool = False
    nullable: bool = False
    key: str = "pk"

    @classmethod
    def of(cls, name: str, nullable: Sequence[str] = (), key: str = "pk") -> Order:
        """From `submitted_at` or `-submitted_at`."""
        column = name.lstrip("-")
        return cls(column, name.startswith("-"), column in nullable, key)

    def by(self, backwards: bool) -> list[Any]:
        """For order_by."""
        descending = self.descending != backwards
        nulls: dict[str, Any] = {}
        if self.nullable:
            nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        column, key = F(self.column), F(self.key)
        if descending:
            return [column.desc(**nulls), key.desc()]
        return [column.asc(**nulls), key.asc()]

    def beyond(self, value: Any, key: Any, backwards: bool) -> Q:
        """Rows that come after (before) a place."""
        sign = "lt" if self.descending != backwards else "gt"
        same_but_later = Q(**{f"{self.key}__{sign}": key})
        nothing = Q(**{f"{self.column}__isnull": True})
        if value is None:
            among_nothing = nothing & same_but_later
            return ~nothing | among_nothing if backwards else among_nothing
        found = Q(**{f"{self.column}__{sign}": value}) | (Q(**{self.column: value}) & same_but_later)
        return found | nothing if self.nullable and not backwards else found


def page_of(request: Request, rows: QuerySet[Any], order: Order) -> Page:
    """One page of a query. Raises ValidationError for what is no cursor of such a list."""
    data = given(PageSerializer, request.query_params)
    size, backwards = data["page_size"], False
    if cursor := data["cursor"]:
        direction, value, key = _read(cursor, order)
        backwards = direction == "p"
        rows = rows.filter(order.beyond(value, key, backwards))
    found = list(rows.order_by(*order.by(backwards))[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, has_more) if backwards else (has_more, bool(cursor))

    def place(row: Any, direction: str) -> str:
        value = getattr(row, order.column)
        return _write([direction, _name(order), value.isoformat() if isinstance(value, datetime) else value, row.pk])

    return Page(
        found,
        _address(request, place(found[-1], "n")) if found and has_next else None,
        _address(request, place(found[0], "p")) if found and has_previous else None,
    )


def page_of_list(request: Request, rows: Sequence[Any], key: Callable[[Any], Any]) -> Page:
    """One page of a short list that is in order already; `key` names each row once."""
    data = given(PageSerializer, request.query_params)
    size, first = data["page_size"], 0
    names = [str(key(each)) for each in rows]
    if cursor := data["cursor"]:
        direction, _order, name, _key = _parts(cursor)
        if name not in names:
            raise _no_cursor()
        place = names.index(str(name))
        first = place + 1 if direction == "n" else max(0, place - size)
        size = size if direction == "n" else place - first
    found, last = list(rows[first : first + size]), first + size
    return Page(
        found,
        _address(request, _write(["n", "list", names[last - 1], 0])) if found and last < len(names) else None,
        _address(request, _write(["p", "list", names[first], 0])) if found and first else None,
    )


def _name(order: Order) -> str:
    return f"{'-' if order.descending else ''}{order.column}"


def _write(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def _parts(cursor: str) -> tuple[str, str, Any, Any]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        parts = json.loads(base64.b64decode(padded, b"-_", validate=True))
        direction, order, value, key = parts
    except (ValueError, TypeError, RecursionError) as error:
        raise _no_cursor() from error
    if direction not in ("n", "p") or not isinstance(order, str):
        raise _no_cursor()
    return direction, order, value, key


def _read(cursor: str, order: Order) -> tuple[str, Any, int]:
    direction, name, value, key = _parts(cursor)
    moment: Any = None
    if isinstance(value, str):
        try:
            moment = parse_datetime(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise _no_cursor()
    elif value is not None or not order.nullable:
        raise _no_cursor()
    if name != _name(order) or type(key) is not int or not 0 < key < 2**63:
        raise _no_cursor()
    return direction, moment, key


def _no_cursor() -> ValidationError:
    return ValidationError({"cursor": _("This is no cursor of this list. Begin with its first page.")})


def _address(request: Request, cursor: str) -> str:
    query = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return request.build_absolute_uri(f"{request.path}?{urlencode({**query, 'cursor': cursor})}")
