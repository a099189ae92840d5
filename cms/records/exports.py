"""Open data of a register: CSV, JSON and RSS from the same columns. Field names stay as they are, untranslated."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from cms.records.columns import Column

BOM = "\ufeff"
# A cell that begins with one of these is a formula for a spreadsheet (CWE-1236).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
FEED_ITEMS = 30
LICENCE = "CC BY 4.0"
_TYPES = {
    "money": ("integer", "AMD"),
    "number": ("number", None),
    "area": ("number", "m2"),
    "date": ("date", None),
    "moment": ("datetime", None),
    "flag": ("boolean", None),
    "link": ("uri", None),
    "file": ("uri", None),
}


class Rss(Rss201rev2Feed):
    """RSS that browsers and readers understand as XML."""

    content_type = "application/rss+xml; charset=utf-8"


def harmless(value: Any) -> Any:
    """A value of a CSV cell that no spreadsheet takes for a formula: text gets an apostrophe, numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value


def as_csv(columns: Sequence[Column], rows: Iterable[Any], language: str, name: str, *, bom: bool) -> HttpResponse:
    """RFC 4180, UTF-8; with a byte order mark when asked, for spreadsheets that guess the letters otherwise."""
    return csv_of(
        [column.name for column in columns],
        ([column.plain(row, language) for column in columns] for row in rows),
        name,
        bom=bom,
    )


def csv_of(names: Sequence[str], rows: Iterable[Sequence[Any]], name: str, *, bom: bool) -> HttpResponse:
    """A CSV answer of plain values."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([harmless(value) for value in row])
    response = HttpResponse((BOM if bom else "") + out.getvalue(), content_type="text/csv; charset=utf-8")
    return _as_open_data(response, f"{name}.csv")


def fields_of(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The description of the fields that stands in each JSON answer."""
    found = []
    for column in columns:
        kind, unit = _TYPES.get(column.kind, ("string", None))
        field = {"name": column.name, "label": str(column.label), "type": kind}
        found.append({**field, "unit": unit} if unit else field)
    return found


def as_json(columns: Sequence[Column], rows: Iterable[Any], language: str, name: str) -> HttpResponse:
    """`{register, language, licence, fields, rows}`; rows are objects by field name."""
    values = [{column.name: column.plain(row, language) for column in columns} for row in rows]
    return json_of(name, language, fields_of(columns), values)


def json_of(name: str, language: str, fields: list[dict[str, Any]], rows: list[dict[str, Any]]) -> HttpResponse:
    """A JSON answer of plain values."""
    body = {"register": name, "language": language, "licence": LICENCE, "fields": fields, "rows": rows}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return _as_open_data(HttpResponse(text, content_type="application/json; charset=utf-8"), "")


def as_feed(rows: Iterable[Any], language: str, *, title: str, link: str, description: str, base: str) -> HttpResponse:
    """The newest rows as RSS 2.0. `base`: full address of the register's page, with a slash at the end."""
    feed = Rss(title=title, link=link, description=description, language=language, feed_url=f"{base}feed.rss")
    for row in rows:
        feed.add_item(
            title=row.title(language),
            link=f"{base}{row.address}/",
            description=row.text("text", language)[:500],
            pubdate=timezone.make_aware(datetime.combine(row.date, time(9))),
            unique_id=f"urn:uuid:{row.uuid}",
            unique_id_is_permalink=False,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Rss.content_type)


def _as_open_data(response: HttpResponse, filename: str) -> HttpResponse:
    """Anybody's program may read it, in a browser too."""
    response["Access-Control-Allow-Origin"] = "*"
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
