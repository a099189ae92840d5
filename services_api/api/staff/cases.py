"""The officers' work by a program: list, count, read, take a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import StaffEndpoint, may_read_personal
from services_api.api.conditional import revision_of
from services_api.api.documented import BINARY, FILE, operation
from services_api.api.paging import Order, PageSerializer, page_of, page_shape
from services_api.api.reading import given
from services_api.api.selection import FIELDS, wanted
from services_api.api.serializers.cases import CaseDetailSerializer, CaseLineSerializer
from services_api.api.serializers.work import (
    CaseFiltersSerializer,
    CountsSerializer,
    OrderingSerializer,
    TransitionSerializer,
)
from services_api.api.staff.parts import case_of, detail, detail_now, log_reading, uploaded
from services_api.cases import public as cases
from services_api.workdays.public import local
from tenants.context import current_community, tenant

TAG = "cases"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "phase", "settlement", "channel", "outcome", "assignee", "overdue", "submitted_from", "submitted_until",
    "due_from", "due_until",
)  # fmt: skip
# Rows of a file that are read and sent at a time.
PIECE = 500


def found_by(request: Request) -> QuerySet[cases.Case]:
    """Cases that the caller sees, narrowed by what the address says."""
    data = given(CaseFiltersSerializer, request.query_params)
    text = data["q"]
    found = cases.inbox(request.user, cases.Filters(data["which"], data["state"], data["procedure"], ""))
    if text and may_read_personal(request):
        found = cases.inbox(request.user, cases.Filters(data["which"], data["state"], data["procedure"], text))
    elif text:
        # Whoever may not read names must not find out by asking for them.
        found = found.filter(number__iexact=text.strip())
    narrowing = cases.Narrowing(**{name: data[name] for name in COLUMNS if name in data})
    return cases.narrowed(found, narrowing, request.user)


class Cases(StaffEndpoint):
    """Lists of cases."""

    @operation(
        "cases", TAG, {200: page_shape(CaseLineSerializer)},
        parameters=[CaseFiltersSerializer, OrderingSerializer, PageSerializer, FIELDS],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Cases that you may see, newest first unless another order is asked for."""
        only = wanted(request, CaseLineSerializer)
        order = Order.of(given(OrderingSerializer, request.query_params)["order"], nullable=("due_at",))
        page = page_of(request, found_by(request), order)
        context = {
            "labels": cases.addressee_labels(page.rows), "only": only, "personal": may_read_personal(request),
        }  # fmt: skip
        return Response(page.body(CaseLineSerializer(page.rows, many=True, context=context).data))


class Counts(StaffEndpoint):
    """The figures of the inbox."""

    @operation("caseCounts", TAG, {200: CountsSerializer})
    def get(self, request: Request) -> Response:
        """How many cases stand behind each tab of the inbox, and how many tasks wait for you."""
        seen = cases.visible_cases(request.user)
        tasks = cases.my_tasks(request.user, seen).order_by()[: cases.MOST_COUNTED + 1].count()
        figures = {**cases.counts(request.user, seen=seen), "tasks": tasks, "counted_to": cases.MOST_COUNTED}
        return Response(CountsSerializer(figures).data)


class Export(StaffEndpoint):
    """The list as a file; names leave the house with it, so each case in it counts as read."""

    is_personal = True
    kind = "csv"

    def answer(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        found = found_by(request).order_by("-submitted_at", "-id")
        pieces = _pieces(request.user, found)
        if self.kind == "csv":
            answer: Any = StreamingHttpResponse(
                _as_csv(pieces, cases.columns()), content_type="text/csv; charset=utf-8"
            )
        else:
            rows = [row for piece in pieces for row in piece]
            answer = HttpResponse(cases.as_xlsx(_("Work"), cases.columns(), rows), content_type=XLSX)
        name = f"cases-{local(timezone.now()).date()}.{self.kind}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


class ExportCsv(Export):
    @operation("exportCases", TAG, {(200, "text/csv"): BINARY}, parameters=[CaseFiltersSerializer])
    def get(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        """The list as CSV, sent while it is read, newest first, at most 5,000 rows; logged as a reading of each."""
        return self.answer(request)


class ExportXlsx(Export):
    kind = "xlsx"

    @operation("exportCasesAsWorkbook", TAG, {(200, XLSX): BINARY}, parameters=[CaseFiltersSerializer])
    def get(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        """The list as a workbook (XLSX), newest first, at most 5,000 rows; logged as a reading of each."""
        return self.answer(request)


def _pieces(user: Any, found: QuerySet[cases.Case]) -> Iterator[list[Any]]:
    """Rows of the file, a few hundred at a time. The answer is sent when the request is over, so each piece enters the
    community and the language again."""
    community, language = current_community(), translation.get_language()
    assert community is not None
    return _read_pieces(user, found, community, language)


def _read_pieces(user: Any, found: QuerySet[cases.Case], community: Any, language: str) -> Iterator[list[Any]]:
    last: cases.Case | None = None
    for _number in range(0, cases.MOST_ROWS, PIECE):
        with tenant(community), translation.override(language):
            rows = found
            if last is not None:
                rows = found.filter(Order.of("-submitted_at").beyond(last.submitted_at, last.pk, backwards=False))
            piece = list(rows[:PIECE])
            if not piece:
                return
            officers = cases.addressee_labels(piece)
            cases.log_export(user, piece)
            lines = [cases.row_of(case, officers[case.pk]) for case in piece]
        yield lines
        last = piece[-1]
        if len(piece) < PIECE:
            return


def _as_csv(pieces: Iterator[list[Any]], names: list[str]) -> Iterator[bytes]:
    yield cases.csv_lines([], names)
    for piece in pieces:
        yield cases.csv_lines(piece)


class CaseDetail(StaffEndpoint):
    """One case."""

    has_tag = True

    @operation("case", TAG, {200: CaseDetailSerializer}, parameters=[FIELDS], has_tag=True)
    def get(self, request: Request, uuid: UUID) -> Response:
        """One case. The reading is logged and shown to the applicant."""
        case = case_of(request, uuid)
        only = wanted(request, CaseDetailSerializer)
        log_reading(request, case)
        return Response(detail(request, case, only))


class CaseTransitions(StaffEndpoint):
    """Steps of the workflow."""

    @operation("transition", TAG, {200: CaseDetailSerializer}, request=TransitionSerializer, on_revision=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Take a step on the revision that you read: also forward_case, merge_case and reopen_case, where possible."""
        case = case_of(request, uuid)
        data = given(TransitionSerializer, request.data)
        cases.transition(
            case.uuid,
            data["transition"],
            actor=cases.staff(request.user),
            expected_version=revision_of(request, case, data.get("lock_version")),
            data=data["data"],
            files=uploaded(data["attachments"]),
        )
        return Response(detail_now(request, uuid))


class CaseFile(StaffEndpoint):
    """A file of a case."""

    is_personal = True

    @operation("caseFile", TAG, FILE)
    def get(self, request: Request, uuid: UUID, attachment: UUID) -> FileResponse:
        """A file of a case, as its own media type. The reading is logged."""
        case = case_of(request, uuid)
        log_reading(request, case)
        return cases.download(get_object_or_404(case.attachments.all(), uuid=attachment))
