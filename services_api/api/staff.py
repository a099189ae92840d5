"""The officers' work by a program: list, read, take a step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import StaffEndpoint
from services_api.api.documented import errors
from services_api.api.serializers import (
    CaseDetailSerializer,
    CaseFiltersSerializer,
    CaseLineSerializer,
    TransitionSerializer,
)
from services_api.cases import public as cases


class NewestFirst(CursorPagination):
    """Pages by cursor: a list that grows while it is read shows nothing twice and leaves nothing out."""

    ordering = ("-submitted_at", "-id")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class Cases(StaffEndpoint):
    @extend_schema(
        operation_id="cases",
        parameters=[
            CaseFiltersSerializer,
            OpenApiParameter("cursor", str, description="From `next` or `previous` of another page."),
            OpenApiParameter("page_size", int, description="At most 200."),
        ],
        responses={200: CaseLineSerializer(many=True), **errors(400, 401, 403)},
        tags=["cases"],
    )
    def get(self, request: Request) -> Response:
        """Cases that you may see, newest first."""
        given = CaseFiltersSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        found = cases.inbox(request.user, cases.Filters(data["which"], data["state"], data["procedure"], data["q"]))
        pages = NewestFirst()
        page = pages.paginate_queryset(found, request, view=self)
        labels = {"labels": cases.addressee_labels(page or [])}
        return pages.get_paginated_response(CaseLineSerializer(page, many=True, context=labels).data)


class CaseDetail(StaffEndpoint):
    @extend_schema(operation_id="case", responses={200: CaseDetailSerializer, **errors(401, 403, 404)}, tags=["cases"])
    def get(self, request: Request, uuid: UUID) -> Response:
        """One case. The reading is logged and shown to the applicant."""
        case = _case(request, uuid)
        cases.log_staff_read(request.user, case)
        return Response(_detail(request, case))


class CaseTransitions(StaffEndpoint):
    @extend_schema(
        operation_id="transition",
        request=TransitionSerializer,
        responses={200: CaseDetailSerializer, **errors(400, 401, 403, 404, 409, 422)},
        tags=["cases"],
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Take a step of the workflow, on the revision that you read."""
        case = _case(request, uuid)
        given = TransitionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        cases.transition(
            case.uuid,
            data["transition"],
            actor=cases.staff(request.user),
            expected_version=data["lock_version"],
            data=data["data"],
            files=_answer_files(data["attachments"]),
        )
        return Response(_detail(request, _case(request, uuid)))


class CaseFile(StaffEndpoint):
    @extend_schema(
        operation_id="caseFile",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **errors(401, 403, 404)},
        tags=["cases"],
    )
    def get(self, request: Request, uuid: UUID, attachment: UUID) -> FileResponse:
        """A file of a case."""
        case = _case(request, uuid)
        cases.log_staff_read(request.user, case)
        return cases.download(get_object_or_404(case.attachments.all(), uuid=attachment))


def _case(request: Request, uuid: UUID) -> cases.Case:
    try:
        return cases.staff_case(request.user, uuid)
    except cases.Case.DoesNotExist as error:
        raise NotFound from error


def _detail(request: Request, case: cases.Case) -> dict[str, Any]:
    steps = cases.available(case, cases.staff(request.user))
    return dict(CaseDetailSerializer(case, context={"case": case, "transitions": steps}).data)


def _answer_files(identifiers: list[UUID]) -> list[cases.CleanFile]:
    found = cases.uploads_by_id(identifiers)
    files = []
    for number, identifier in enumerate(identifiers):
        attachment = found.get(identifier)
        if attachment is None or attachment.case_id:
            raise ValidationError({f"attachments[{number}]": _("There is no such file; it is kept for a day only.")})
        if attachment.is_infected:
            raise ValidationError({f"attachments[{number}]": _("The file held a virus and was removed.")})
        with attachment.file.open("rb") as content:
            files.append(cases.CleanFile(attachment.name, content.read(), attachment.media_type))
    return files
