"""Applying and following by a program: files first, then the application, then its status."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import PublicEndpoint, key_of
from services_api.api.documented import operation
from services_api.api.reading import given
from services_api.api.serializers.applications import (
    CHANNEL,
    ApplicationSerializer,
    StatusQuestionSerializer,
    StatusSerializer,
    SubmittedSerializer,
    UploadedSerializer,
    UploadSerializer,
)
from services_api.cases import public as cases
from services_api.procedures.public import PublishedVersion, published_version

TAG = "applications"
# A file of ten megabytes and what stands around it.
MOST_UPLOAD = 11 * 1024 * 1024


class Attachments(PublicEndpoint):
    """Files before the application that they belong to."""

    parser_classes = [MultiPartParser]
    throttle_scope = "upload"
    most_bytes = MOST_UPLOAD

    @operation("uploadAttachment", TAG, {201: UploadedSerializer}, request={"multipart/form-data": UploadSerializer})
    def post(self, request: Request) -> Response:
        """Keep one file for a day; POST /applications/ takes it by its id."""
        attachment = cases.store_upload(cases.clean(given(UploadSerializer, request.data)["file"]))
        return Response(UploadedSerializer(attachment).data, status=201)


class UploadedAttachment(PublicEndpoint):
    """A file that waits for what it belongs to."""

    throttle_scope = "draft"

    @operation("uploadedAttachment", TAG, {200: UploadedSerializer})
    def get(self, request: Request, attachment: UUID) -> Response:
        """Whether an uploaded file has been checked. Whoever knows its id may ask, until something takes it."""
        found = cases.uploads_by_id([attachment]).get(attachment)
        if found is None or found.case_id:
            raise NotFound
        return Response(UploadedSerializer(found).data)


class Applications(PublicEndpoint):
    """Applying."""

    throttle_scope = "submit"

    @operation("submitApplication", TAG, {201: SubmittedSerializer}, request=ApplicationSerializer, creates=True)
    def post(self, request: Request) -> Response:
        """Submit an application. 201 for a new case, 200 with the same body for a repeated key."""
        key = key_of(request)
        data = given(ApplicationSerializer, request.data)
        version = version_to_apply_for(data["procedure"])
        submitted = cases.submit(
            version,
            data["answers"],
            key=f"api:{key}",
            attachments=_attachments(data["attachments"]),
            language=data["language"],
            channel=CHANNEL,
            tell_by_sms=data["tell_by_sms"],
        )
        response = Response(SubmittedSerializer(submitted).data, status=201 if submitted.created else 200)
        if not submitted.created:
            response["Idempotency-Replayed"] = "true"
        return response


def version_to_apply_for(code: str) -> PublishedVersion:
    """The version of a procedure in force. Raises NotFound, which names the procedure."""
    version = published_version(code)
    if version is None:
        raise NotFound(_("There is no procedure “%(code)s” to apply for.") % {"code": code})
    return version


def proved_case(request: Request) -> UUID:
    """The case of the number and the tracking code in the body. Raises NotFound, the same for any wrong pair."""
    data = given(StatusQuestionSerializer, request.data)
    found = cases.by_number_and_code(data["number"], data["tracking_code"])
    if found is None:
        raise NotFound(_("There is no application with this number and code. Check both."))
    return found


def _attachments(named: list[dict[str, Any]]) -> list[cases.Attachment]:
    found = cases.uploads_by_id(each["id"] for each in named)
    attachments = []
    for number, each in enumerate(named):
        attachment = found.get(each["id"])
        if attachment is None:
            raise ValidationError({f"attachments[{number}].id": _("There is no such file; it is kept for a day only.")})
        attachment.field = each["field"]
        attachments.append(attachment)
    return attachments


class Status(PublicEndpoint):
    """Following."""

    throttle_scope = "status"

    @operation("applicationStatus", TAG, {200: StatusSerializer}, request=StatusQuestionSerializer)
    def post(self, request: Request) -> Response:
        """Where an application stands. By POST, so that the code stands in no log; one answer for any wrong pair."""
        return Response(StatusSerializer(cases.case_context(cases.case_for_resident(proved_case(request)))).data)
