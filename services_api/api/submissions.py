"""Applying and following by a program: files first, then the application, then its status."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import PublicEndpoint
from services_api.api.documented import IDEMPOTENCY_KEY, errors
from services_api.api.parsers import BoundedJSONParser
from services_api.api.problems import ProblemException
from services_api.api.serializers import (
    CHANNEL,
    ApplicationSerializer,
    StatusRequestSerializer,
    StatusSerializer,
    SubmittedSerializer,
    UploadedSerializer,
    UploadSerializer,
)
from services_api.cases import public as cases
from services_api.procedures.public import published_version

KEY = re.compile(r"^[\x21-\x7e]{8,128}$")


class Attachments(PublicEndpoint):
    """Files before the application that they belong to."""

    parser_classes = [MultiPartParser]
    throttle_scope = "upload"

    @extend_schema(
        operation_id="uploadAttachment",
        request={"multipart/form-data": UploadSerializer},
        responses={201: UploadedSerializer, **errors(400, 422, 429)},
        tags=["applications"],
    )
    def post(self, request: Request) -> Response:
        """Keep one file for a day; POST /applications/ takes it by its id."""
        given = UploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        attachment = cases.store_upload(cases.clean(given.validated_data["file"]))
        return Response(UploadedSerializer(attachment).data, status=201)


class Applications(PublicEndpoint):
    """Applying."""

    parser_classes = [BoundedJSONParser]
    throttle_scope = "submit"

    @extend_schema(
        operation_id="submitApplication",
        parameters=[IDEMPOTENCY_KEY],
        request=ApplicationSerializer,
        responses={201: SubmittedSerializer, 200: SubmittedSerializer, **errors(400, 404, 422, 429)},
        tags=["applications"],
    )
    def post(self, request: Request) -> Response:
        """Submit an application. 201 for a new case, 200 with the same body for a repeated key."""
        key = request.headers.get("Idempotency-Key", "")
        if not KEY.match(key):
            raise ProblemException(
                status=400, code="idempotency_key_missing",
                detail=_("Send the header Idempotency-Key with 8 to 128 visible ASCII signs, new for each case."),
            )  # fmt: skip
        given = ApplicationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        version = published_version(data["procedure"])
        if version is None:
            raise NotFound(_("There is no procedure “%(code)s” to apply for.") % {"code": data["procedure"]})
        submitted = cases.submit(
            version,
            data["answers"],
            key=f"api:{key}",
            attachments=_attachments(data["attachments"]),
            language=data["language"],
            channel=CHANNEL,
        )
        response = Response(SubmittedSerializer(submitted).data, status=201 if submitted.created else 200)
        if not submitted.created:
            response["Idempotency-Replayed"] = "true"
        return response


def _attachments(given: list[dict[str, Any]]) -> list[cases.Attachment]:
    found = cases.uploads_by_id(each["id"] for each in given)
    attachments = []
    for number, each in enumerate(given):
        attachment = found.get(each["id"])
        if attachment is None:
            raise ValidationError({f"attachments[{number}].id": _("There is no such file; it is kept for a day only.")})
        attachment.field = each["field"]
        attachments.append(attachment)
    return attachments


class Status(PublicEndpoint):
    """Following."""

    throttle_scope = "status"

    @extend_schema(
        operation_id="applicationStatus",
        request=StatusRequestSerializer,
        responses={200: StatusSerializer, **errors(400, 404, 422, 429)},
        tags=["applications"],
    )
    def post(self, request: Request) -> Response:
        """Where an application stands. By POST, so that the code stands in no log; one answer for any wrong pair."""
        given = StatusRequestSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        found = cases.by_number_and_code(given.validated_data["number"], given.validated_data["tracking_code"])
        if found is None:
            raise NotFound(_("There is no application with this number and code. Check both."))
        return Response(StatusSerializer(cases.case_context(cases.case_for_resident(found))).data)
