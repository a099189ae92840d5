"""Applications that are not sent yet: begun, gone on with by a code, checked, sent once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import PublicEndpoint, made_once
from services_api.api.documented import operation
from services_api.api.reading import given
from services_api.api.serializers.applications import (
    CHANNEL,
    ConsentSerializer,
    DraftAnswersSerializer,
    DraftFileSerializer,
    DraftSerializer,
    KeptSerializer,
    NewDraftSerializer,
    ResumeSerializer,
    SubmittedSerializer,
    UploadedSerializer,
)
from services_api.api.submissions import MOST_UPLOAD, version_to_apply_for
from services_api.cases import public as cases
from services_api.procedures.public import build, version_by_id

TAG = "drafts"


def shown(draft: cases.DraftSubmission, errors: list[cases.FieldError] | None = None) -> Any:
    """A draft as it is answered, with what is still to be corrected; `errors` when that is known already."""
    errors = cases.draft_errors(draft) if errors is None else errors
    return DraftSerializer(draft, context={"errors": errors}).data


class DraftEndpoint(PublicEndpoint):
    """Whoever knows the token holds the draft."""

    throttle_scope = "draft"

    def draft(self, token: str) -> cases.DraftSubmission:
        """The unfinished application of a token. Raises NotFound, also for one that is sent."""
        found = cases.draft_by_token(token)
        if found is None:
            raise NotFound(_("There is no unfinished application here; perhaps it was sent or forgotten."))
        return found


class Drafts(DraftEndpoint):
    @operation("beginDraft", TAG, {201: DraftSerializer}, request=NewDraftSerializer, creates=True)
    def post(self, request: Request) -> Response:
        """Begin an application; it is kept for a day, and for a month when you ask for a code."""
        data = given(NewDraftSerializer, request.data)
        version = version_to_apply_for(data["procedure"])

        errors: list[cases.FieldError] | None = None

        def begin() -> list[str]:
            nonlocal errors
            draft = cases.begin_draft(version, data["language"])
            # Questions that there are not are told of now: they are not kept.
            errors = cases.fill_draft(draft, data["answers"], language=data["language"])
            return [draft.token]

        return made_once(request, "draft", data, begin, lambda made: shown(self.draft(made[0]), errors))


class Draft(DraftEndpoint):
    @operation("draft", TAG, {200: DraftSerializer})
    def get(self, request: Request, token: str) -> Response:
        """What was kept, and what must be corrected before it can be sent."""
        return Response(shown(self.draft(token)))

    @operation("fillDraft", TAG, {200: DraftSerializer}, request=DraftAnswersSerializer)
    def put(self, request: Request, token: str) -> Response:
        """Keep these answers in place of all earlier ones, right or not; `errors` says what must be corrected."""
        draft = self.draft(token)
        data = given(DraftAnswersSerializer, request.data)
        language = data.get("language", draft.language)
        errors = cases.fill_draft(draft, data["answers"], language=language)
        return Response(shown(draft, errors))

    @operation("forgetDraft", TAG, {204: None})
    def delete(self, request: Request, token: str) -> Response:
        """Forget it with its files."""
        cases.forget_draft(self.draft(token))
        return Response(status=204)


class DraftKeep(DraftEndpoint):
    @operation("keepDraft", TAG, {200: KeptSerializer})
    def post(self, request: Request, token: str) -> Response:
        """Keep it for a month and get the code that opens it again; a new code replaces the old one."""
        draft = self.draft(token)
        code = cases.keep_for_later(draft)
        return Response(KeptSerializer({"code": cases.grouped(code), "expires_at": draft.expires_at}).data)


class DraftResume(DraftEndpoint):
    throttle_scope = "status"

    @operation("resumeDraft", TAG, {200: DraftSerializer}, request=ResumeSerializer)
    def post(self, request: Request) -> Response:
        """Go on with the unfinished application that a code opens; any wrong code gets the same answer."""
        found = cases.draft_by_code(given(ResumeSerializer, request.data)["code"])
        if found is None:
            raise NotFound(_("No unfinished application opens with this code. Check it."))
        return Response(shown(found))


class DraftFiles(DraftEndpoint):
    parser_classes = [MultiPartParser]
    throttle_scope = "upload"
    most_bytes = MOST_UPLOAD

    @operation("addDraftFile", TAG, {201: UploadedSerializer}, request={"multipart/form-data": DraftFileSerializer})
    def post(self, request: Request, token: str) -> Response:
        """Add a file to a question; the same file of the same question is kept once."""
        draft = self.draft(token)
        data = given(DraftFileSerializer, request.data)
        version = version_by_id(draft.version_id or 0)
        asked = build(version).field(data["field"]) if version is not None else None
        if asked is None or not asked.is_file:
            raise cases.AnswersInvalid([cases.FieldError("field", _("The form has no such question for files."))])
        clean = cases.clean(data["file"], max_bytes=asked.max_bytes, allowed=asked.accepts)
        kept = cases.keep_file(draft, data["field"], clean)
        return Response(UploadedSerializer(kept).data, status=201)


class DraftFile(DraftEndpoint):
    @operation("dropDraftFile", TAG, {204: None})
    def delete(self, request: Request, token: str, attachment: UUID) -> Response:
        """Take a file out; one that is not there is no error."""
        cases.drop_file(self.draft(token), str(attachment))
        return Response(status=204)


class DraftSubmit(DraftEndpoint):
    throttle_scope = "submit"

    @operation("submitDraft", TAG, {201: SubmittedSerializer, 200: SubmittedSerializer}, request=ConsentSerializer)
    def post(self, request: Request, token: str) -> Response:
        """Send it, with the answers of the last page (consent). However often it is sent, there is one case: 200."""
        data = given(ConsentSerializer, request.data)
        found = cases.draft_by_token(token, also_sent=True)
        if found is None:
            raise NotFound(_("There is no unfinished application here; perhaps it was sent or forgotten."))
        try:
            sent = cases.submit_draft(
                found, data["answers"], channel=CHANNEL, tell_by_sms=data["tell_by_sms"]
            )  # fmt: skip
        except cases.NotOpen as error:
            raise NotFound from error
        return Response(SubmittedSerializer(sent).data, status=201 if sent.created else 200)
