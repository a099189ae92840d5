"""The figures of those who lead: a screen with charts, and the same as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from services_api.cases import figures
from services_api.cases.figures import Figures, Report, charts
from services_api.cases.spreadsheets import Value, as_csv, as_xlsx
from services_api.cases.workspace.inbox import OfficersOnly
from services_api.workdays.public import local


class LeadersOnly(OfficersOnly):
    """For whoever leads a unit or sees all cases; for everybody else there is nothing at these addresses."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not figures.may_see(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


def asked(request: HttpRequest) -> tuple[figures.Period, str]:
    """The period that the address names, and what was wrong with it; then the month that runs is shown."""
    given, today = request.GET, local(timezone.now()).date()
    if given.get("period") != "own":
        return figures.period_of(given.get("period", ""), today), ""
    found = figures.own(given.get("from", ""), given.get("to", ""))
    if found is not None:
        return found, ""
    return figures.period_of("month", today), _(
        "Write a first and a last day, at most ten years apart. Until then this month is shown."
    )


def _tiles(report: Report) -> list[dict[str, Any]]:
    """The main figures with what they were in the period before. `digits` are those after the comma."""
    now, before = report.total, report.before

    def tile(label: str, name: str, unit: str = "", digits: int = 0, is_bad: bool = False) -> dict[str, Any]:
        value, then = getattr(now, name), getattr(before, name)
        return {"label": label, "value": value, "before": then, "unit": unit, "digits": digits, "is_bad": is_bad}

    return [
        tile(pgettext("figures", "Received"), "received"),
        tile(pgettext("figures", "Answered in time"), "in_time"),
        tile(pgettext("figures", "Answered late"), "late", is_bad=now.late > 0),
        tile(pgettext("figures", "In time, of all answers"), "share", "%"),
        tile(pgettext("figures", "Median days to an answer"), "median", digits=1),
        tile(pgettext("figures", "Ended without an answer"), "ended"),
        tile(pgettext("figures", "Mean rating"), "mean_rating", digits=1),
        tile(pgettext("figures", "Ratings"), "ratings"),
    ]


def _label(day: date, step: str) -> str:
    return f"{day:%m.%Y}" if step == "month" else f"{day:%d.%m}"


def _whole(day: date, step: str) -> str:
    """The part of the period in full, for the table."""
    if step == "month":
        return date_format(day, "F Y")
    words = date_format(day, "DATE_FORMAT")
    return pgettext("figures", "from %(day)s") % {"day": words} if step == "week" else words


class FiguresView(LeadersOnly, WagtailAdminTemplateMixin, TemplateView):
    """Received, answered in time and late, overdue, how long it took, what applicants say; by what they are divided."""

    template_name = "cases/workspace/figures.html"
    page_title = pgettext_lazy("figures", "Figures")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period, problem = asked(self.request)
        report = figures.report(self.request.user, period)
        given, step = self.request.GET, period.step
        names = [pgettext("figures", "Received"), pgettext("figures", "Answered")]
        return super().get_context_data(
            **kwargs,
            period=period,
            before=period.before(),
            problem=problem,
            kind="own" if problem else period.kind,
            kinds=figures.KINDS.items(),
            first=given.get("from", "")[:10] or period.first.isoformat(),
            last=given.get("to", "")[:10] or period.last.isoformat(),
            keep=given.urlencode(),
            report=report,
            tiles=_tiles(report),
            moments=[{"name": _whole(each.first, step), "moment": each} for each in report.moments],
            work=charts.columns(
                [(_label(each.first, step), (each.received, each.answered)) for each in report.moments], names
            ),
            timely=charts.line([(_label(each.first, step), each.share) for each in report.moments]),
            groups=[self._group(each) for each in report.groups],
        )

    @staticmethod
    def _group(group: figures.Group) -> dict[str, Any]:
        most = max((each.figures.received for each in group.rows), default=0)
        rows = [{"row": each, "bar": charts.share_of(each.figures.received, most)} for each in group.rows]
        return {"code": group.code, "title": group.title, "rows": rows}


def columns() -> list[str]:
    """Heads of the columns of a file, in the reader's language."""
    return [
        pgettext("figures", "Divided"), pgettext("figures", "Name"), pgettext("figures", "Received"),
        pgettext("figures", "Answered in time"), pgettext("figures", "Answered late"),
        pgettext("figures", "In time, percent"), pgettext("figures", "Ended without an answer"),
        pgettext("figures", "Overdue now"), pgettext("figures", "Median days to an answer"),
        pgettext("figures", "Ratings"), pgettext("figures", "Mean rating"),
    ]  # fmt: skip


def rows_of(report: Report) -> list[list[Value]]:
    """The total of the period, that of the period before, then every row of every division."""

    def values(divided: str, name: str, found: Figures) -> list[Value]:
        return [
            divided, name, found.received, found.in_time, found.late, found.share, found.ended, found.overdue,
            found.median, found.ratings, found.mean_rating,
        ]  # fmt: skip

    def days(period: figures.Period) -> str:
        return f"{period.first:%d.%m.%Y} – {period.last:%d.%m.%Y}"

    total = pgettext("figures", "In all")
    rows = [values(total, days(report.period), report.total)]
    before = values(total, days(report.period.before()), report.before)
    # What is overdue now says nothing about the days before.
    before[7] = None
    rows.append(before)
    return rows + [values(group.title, row.name, row.figures) for group in report.groups for row in group.rows]


class FiguresFileView(LeadersOnly, View):
    """Numbers only; nothing in the file concerns one case."""

    kind = "csv"

    def get(self, request: HttpRequest) -> HttpResponse:
        period, _problem = asked(request)
        rows = rows_of(figures.report(request.user, period))
        if self.kind == "csv":
            answer = HttpResponse(as_csv(columns(), rows), content_type="text/csv; charset=utf-8")
        else:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            answer = HttpResponse(as_xlsx(pgettext("figures", "Figures"), columns(), rows), content_type=kind)
        name = f"figures-{period.first}-{period.last}.{self.kind}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer
