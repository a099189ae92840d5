"""Results as open data: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, JsonResponse

from cms.disclosure import board_data
from cms.disclosure.models import Standing
from tenants.models import Community

COLUMNS = (
    "community", "code", "marz", "duty", "title", "legal_basis", "verdict", "message", "since", "newest", "place",
    "checked",
)  # fmt: skip


def records(community: Community, rows: Iterable[Standing]) -> list[dict[str, Any]]:
    """One flat record a duty, dates in ISO 8601, texts in the active language."""
    return [
        {
            "community": community.slug,
            "code": community.code,
            "marz": community.marz.iso if community.marz else "",
            "duty": row.duty.code,
            "title": row.duty.title(),
            "legal_basis": row.duty.legal_basis(),
            "verdict": row.verdict,
            "message": row.said,
            "since": row.since.isoformat(),
            "newest": row.newest_on.isoformat() if row.newest_on else None,
            "place": board_data.place(community, row),
            "checked": row.checked_at.isoformat(),
        }
        for row in rows
    ]


def as_json(rows: list[dict[str, Any]]) -> HttpResponse:
    """A JSON list."""
    return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1})


def as_csv(rows: Iterable[dict[str, Any]], columns: Iterable[str], name: str) -> HttpResponse:
    """A CSV with a byte order mark, so that spreadsheets read Armenian; cells never begin a formula."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.DictWriter(response, list(columns))
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _harmless(value) for key, value in row.items()})
    return response


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"} else value
