"""The ministry's screen: how communities answer, by province and community, month by month; and the same as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format, number_format
from django.utils.translation import pgettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases.public import as_csv, charts
from services_api.oversight import selectors
from services_api.oversight.models import OWN, MonthFigure
from services_api.oversight.selectors import MEASURES, Choice, Sum
from services_api.procedures.public import release_names
from tenants.context import current_community

# The right that the console's screens ask for.
MANAGE = "console.manage_communities"
COMMUNITIES_A_PAGE = 100
# Shares from here on are well, and from there on passable; below it is a matter for a call.
WELL, PASSABLE = 95, 80
MEASURE_NAMES = {
    "share": pgettext_lazy("figures", "Answers in time, percent"),
    "received": pgettext_lazy("figures", "Received"),
    "median": pgettext_lazy("figures", "Median days to an answer"),
    "late": pgettext_lazy("figures", "Answered late"),
}


def may_see(request: HttpRequest) -> bool:
    """The board shows the whole country; it is for the ministry's staff who manage communities."""
    community = current_community()
    return community is not None and community.is_ministry and bool(request.user.has_perm(MANAGE))


def choice_of(request: HttpRequest) -> Choice:
    """What the address narrows the board to; nonsense is left out."""
    given = request.GET
    measure = given.get("measure", "share")
    try:
        last = date.fromisoformat(f"{given.get('last', '')[:7]}-01")
    except ValueError:
        last = None
    return Choice(
        marz=given.get("marz", "")[:2],
        procedure=given.get("procedure", "")[:60].replace("\0", ""),
        measure=measure if measure in MEASURES else "share",
        # A year before the first one cannot be counted back from.
        last=last if last and last.year > 1 else None,
    )


def procedure_names(codes: Any) -> list[tuple[str, str]]:
    """(code, name) of procedures of the release, by name; those that communities made themselves are one."""
    known = release_names()
    own = pgettext("figures", "Procedures of their own")
    return sorted(((code, own if code == OWN else known.get(code, code)) for code in codes), key=lambda each: each[1])


def _cell(row: MonthFigure | None, measure: str, most: float) -> dict[str, Any]:
    """What a cell says, in words, and how it is tinted; colour never stands alone."""
    if row is None:
        return {"text": "", "level": "none"}
    if measure == "share":
        share = Sum().add(row).share
        if share is None:
            return {"text": "–", "level": "none"}
        level = "well" if share >= WELL else "passable" if share >= PASSABLE else "badly"
        mark = {"well": "", "passable": "◐ ", "badly": "▼ "}[level]
        return {"text": f"{mark}{share}", "level": level}
    value = getattr(row, measure)
    if value is None:
        return {"text": "–", "level": "none"}
    tint = 0 if not most or not value else min(4, 1 + int(3 * float(value) / most))
    return {"text": number_format(value, 1 if measure == "median" else 0), "level": f"tint-{tint}"}


class MinistryOnly:
    """For the ministry's staff with the right; for everybody else there is nothing at these addresses."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see(request):
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store, private"
        return response


class NationalView(MinistryOnly, WagtailAdminTemplateMixin, TemplateView):
    """Provinces, communities x months, the country by month."""

    template_name = "oversight/board.html"
    page_title = pgettext_lazy("figures", "How communities answer")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = choice_of(self.request)
        board = selectors.board(choice)
        shown = board.lines[:COMMUNITIES_A_PAGE]
        values = (getattr(row, choice.measure, None) for line in shown for row in line.months if row is not None)
        most = max((float(each) for each in values if each is not None), default=0.0)
        names = [pgettext("figures", "Received"), pgettext("figures", "Answered")]
        return super().get_context_data(
            **kwargs,
            board=board,
            choice=choice,
            last=board.months[-1].strftime("%Y-%m"),
            months=[{"short": f"{each:%m.%y}", "whole": date_format(each, "F Y")} for each in board.months],
            lines=[
                {"line": line, "cells": [_cell(row, choice.measure, most) for row in line.months]} for line in shown
            ],
            left_out=len(board.lines) - len(shown),
            measures=MEASURE_NAMES.items(),
            measure_name=MEASURE_NAMES[choice.measure],
            procedures=procedure_names(board.procedures),
            trend=[{"name": date_format(month, "F Y"), "sum": found} for month, found in board.trend],
            work=charts.columns(
                [(f"{month:%m.%Y}", (found.received, found.answered)) for month, found in board.trend], names
            ),
            keep=self.request.GET.urlencode(),
            is_narrowed=bool(choice.marz or choice.procedure),
        )


def national_csv(request: HttpRequest) -> HttpResponse:
    """Every pushed number as open data: a row a community, month and procedure; names of columns are for programs."""
    if not may_see(request):
        raise Http404
    numbers = ("received", "in_time", "late", "ended", "days", "median", "ratings", "rating_sum")
    columns = ["community", "code", "marz", "month", "procedure", *numbers]
    rows = [
        [
            community.slug, community.code, community.marz.iso if community.marz else "", f"{row.month:%Y-%m}",
            row.procedure or "all",
            *(float(value) if name == "median" and value is not None else value
              for name, value in ((name, getattr(row, name)) for name in numbers)),
        ]
        for community, row in selectors.flat_rows(choice_of(request))
    ]  # fmt: skip
    answer = HttpResponse(as_csv(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="national-figures.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer
