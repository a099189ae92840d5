"""The applicant's own application by a program: following, answering, writing, withdrawing, rating, papers.

Number and tracking code give a pass for two hours; with it nothing secret stands in an address or a log.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import OwnEndpoint, PublicEndpoint, made_once
from services_api.api.documented import BINARY, FILE, operation
from services_api.api.reading import given
from services_api.api.serializers.applications import (
    OwnCaseSerializer,
    PassSerializer,
    RatingSerializer,
    ReplySerializer,
    StatusQuestionSerializer,
    WithdrawSerializer,
)
from services_api.api.serializers.work import MessageSerializer, WriteMessageSerializer
from services_api.api.staff.parts import seen, uploaded
from services_api.api.submissions import proved_case
from services_api.cases import public as cases
from services_api.procedures.public import Phase

TAG = "applications"


class Pass(PublicEndpoint):
    """From number and code to a pass."""

    throttle_scope = "status"

    @operation("applicationPass", TAG, {200: PassSerializer}, request=StatusQuestionSerializer)
    def post(self, request: Request) -> Response:
        """A pass for one application, good for two hours: `Authorization: Bearer hmc_...`."""
        found = proved_case(request)
        told = {"id": found, "pass": cases.pass_for(found), "seconds": cases.PASS_SECONDS}
        return Response(PassSerializer(told).data)


class Own(OwnEndpoint):
    """What all of them share."""

    @property
    def throttle_scope(self) -> str:
        """Writing is counted as on the pages."""
        return "own" if self.request.method in ("GET", "HEAD", "OPTIONS") else "letter"

    def case(self, request: Request, uuid: UUID) -> cases.Case:
        """The case of the pass. Raises NotFound for any other."""
        if request.auth != uuid:
            raise NotFound
        with seen():
            return cases.case_for_resident(uuid)

    def answer(self, case: cases.Case) -> Response:
        """The case as its applicant sees it now."""
        fresh = cases.case_for_resident(case.uuid)
        return Response(OwnCaseSerializer(cases.case_context(fresh), context={"case": fresh}).data)


class OwnCase(Own):
    has_tag = True

    @operation("ownApplication", TAG, {200: OwnCaseSerializer}, has_tag=True)
    def get(self, request: Request, uuid: UUID) -> Response:
        """Where your application stands, letters, files, the answer, who has read your data, what you can do now."""
        return self.answer(self.case(request, uuid))


class OwnMessages(Own):
    @operation("writeToOfficer", TAG, {201: MessageSerializer}, request=WriteMessageSerializer, creates=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Write to the officer, with files uploaded before if wanted."""
        case = self.case(request, uuid)
        data = given(WriteMessageSerializer, request.data)

        def write() -> list[str]:
            files = uploaded(data["attachments"])
            return [str(cases.write_from_applicant(case.uuid, data["text"], files=files).uuid)]

        return made_once(request, "message", data, write, lambda made: _message(case, made[0]))


class OwnAnswer(Own):
    @operation("answerQuestion", TAG, {201: MessageSerializer}, request=ReplySerializer, creates=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Answer the officer's question, with text, files, or both; the term runs on."""
        case = self.case(request, uuid)
        data = given(ReplySerializer, request.data)

        def write() -> list[str]:
            step = cases.applicants_step(case, effect="take_reply")
            if step is None or cases.waiting_question(case) is None:
                raise cases.TransitionRefused(_("No question of the officer waits for an answer."))
            cases.transition(
                case.uuid, step.code, actor=cases.APPLICANT, expected_version=case.lock_version,
                data={"reply": data["text"]}, files=uploaded(data["attachments"]),
            )  # fmt: skip
            reply = case.messages.filter(kind=cases.MessageKind.REPLY).latest("id")
            return [str(reply.uuid)]

        return made_once(request, "answer", data, write, lambda made: _message(case, made[0]))


def _message(case: cases.Case, uuid: str) -> Any:
    found = cases.Message.objects.prefetch_related("attachments").get(uuid=uuid, case=case)
    return MessageSerializer(found).data


class OwnWithdraw(Own):
    @operation("withdraw", TAG, {200: OwnCaseSerializer}, request=WithdrawSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Take the application back: the proceedings end and no answer is given."""
        case = self.case(request, uuid)
        data = given(WithdrawSerializer, request.data)
        step = cases.applicants_step(case, phase=Phase.WITHDRAWN)
        if step is None:
            raise cases.TransitionRefused(_("The application can no longer be withdrawn."))
        cases.transition(
            case.uuid, step.code, actor=cases.APPLICANT, expected_version=case.lock_version,
            data={"comment": data["comment"]},
        )  # fmt: skip
        return self.answer(case)


class OwnRating(Own):
    @operation("rate", TAG, {200: OwnCaseSerializer}, request=RatingSerializer)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Rate the service after the answer, once: 1 very bad to 5 very good."""
        case = self.case(request, uuid)
        data = given(RatingSerializer, request.data)
        cases.rate(case.uuid, data["rating"], data["text"])
        return self.answer(case)


class OwnReceipt(Own):
    @operation("receipt", TAG, {(200, "application/pdf"): BINARY})
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """The receipt as tagged PDF with its QR code; for a day with the tracking code."""
        return cases.receipt_of(self.case(request, uuid))


class OwnDecision(Own):
    @operation("decision", TAG, {(200, "application/pdf"): BINARY})
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """The latest decision as tagged PDF; 404 before there is one."""
        answer = cases.decision_of(self.case(request, uuid))
        if answer is None:
            raise NotFound
        return answer


class OwnFile(Own):
    @operation("ownFile", TAG, FILE)
    def get(self, request: Request, uuid: UUID, attachment: UUID) -> FileResponse:
        """A file of your application, of a letter or of the answer."""
        case = self.case(request, uuid)
        return cases.download(get_object_or_404(cases.Attachment, uuid=attachment, case=case))
