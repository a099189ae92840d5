"""What everybody may read on the ministry's host: how each community keeps the law. Results only, read only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.addresses import prefix
from cms.disclosure import board_data, chart, exports, standings
from cms.disclosure.board_data import Choice
from cms.disclosure.models import Verdict
from cms.languages import current_language
from cms.naming import name_in
from tenants import hosts
from tenants.context import current_community, register
from tenants.models import Community

OVERVIEW_COLUMNS = ("community", "name", "marz", "kept", "wanted", "checked")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`/duties/`: all communities, the weakest last; a community's own host leads to its page."""
    community = current_community()
    if community is None:
        raise Http404
    if not community.is_ministry:
        return HttpResponseRedirect(address_of(community))
    board = board_data.board(Choice(marz=request.GET.get("marz", "")[:2]))
    rows = sorted(board.rows, key=lambda row: (-row.total.share, name_in(row.community, current_language())))
    return render(
        request,
        "disclosure/public/overview.html",
        {
            "board": board,
            "rows": [
                {
                    "name": name_in(row.community, current_language()),
                    "marz": name_in(row.community.marz, current_language()) if row.community.marz else "",
                    "url": page_path(row.community),
                    "total": row.total,
                    "checked_on": row.checked_on,
                }
                for row in rows
            ],
            "marzes": [{"code": marz.code, "name": name_in(marz, current_language())} for marz in board.marzes],
            "chart": chart.trend(board.weeks),
        },
    )


@require_safe
def overview_data(request: HttpRequest, form: str) -> HttpResponse:
    """`/duties/data.csv` and `/duties/data.json`: the score of every community."""
    _ministry_only()
    rows = [
        {
            "community": row.community.slug,
            "name": name_in(row.community, current_language()),
            "marz": row.community.marz.iso if row.community.marz else "",
            "kept": row.total.met,
            "wanted": row.total.applicable,
            "checked": row.checked_on.isoformat() if row.checked_on else None,
        }
        for row in board_data.board().rows
    ]
    return exports.as_json(rows) if form == "json" else exports.as_csv(rows, OVERVIEW_COLUMNS, "duties")


@require_safe
def of_community(request: HttpRequest, slug: str) -> HttpResponse:
    """`/duties/<slug>/`: every duty of a community with its verdict, its law and its public place."""
    community, rows = _find(slug)
    language = current_language()
    return render(
        request,
        "disclosure/public/community.html",
        {
            "name": name_in(community, language),
            "marz": name_in(community.marz, language) if community.marz else "",
            "site_address": hosts.address(community.primary_host()),
            "total": standings.total(rows),
            "groups": [
                {
                    "verdict": verdict,
                    "rows": [
                        {"row": row, "duty": row.duty, "place": board_data.place(community, row)}
                        for row in rows
                        if row.verdict == verdict
                    ],
                }
                for verdict in (Verdict.FAIL, Verdict.TOLERATED, Verdict.PASS, Verdict.NOT_APPLICABLE)
            ],
            "checked_at": max((row.checked_at for row in rows), default=None),
            "chart": chart.trend(board_data.trend(community=community)),
            "overview_url": f"{prefix(language)}duties/",
            "data_url": page_path(community),
        },
    )


@require_safe
def community_data(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """`/duties/<slug>/data.csv` and `.json`."""
    community, rows = _find(slug)
    flat = exports.records(community, rows)
    return exports.as_json(flat) if form == "json" else exports.as_csv(flat, exports.COLUMNS, f"duties-{slug}")


def page_path(community: Community) -> str:
    """Path of a community's page on the ministry's host, in the active language."""
    return f"{prefix(current_language())}duties/{community.slug}/"


def address_of(community: Community) -> str:
    """Full address of a community's page on the ministry's host. Raises Http404 while there is no ministry."""
    with register():
        ministry = Community.objects.filter(kind=Community.Kind.MINISTRY).prefetch_related("domains").first()
    if ministry is None or not ministry.primary_host():
        raise Http404
    return hosts.address(ministry.primary_host()) + page_path(community)


def _find(slug: str) -> Any:
    _ministry_only()
    try:
        return board_data.of_community(slug)
    except Community.DoesNotExist as error:
        raise Http404 from error


def _ministry_only() -> None:
    community = current_community()
    if community is None or not community.is_ministry:
        raise Http404
