"""What is written on a case: letters to and from the applicant, internal notes, and who has read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import StaffEndpoint, made_once
from services_api.api.documented import operation
from services_api.api.paging import PageSerializer, page_of_list, page_shape
from services_api.api.reading import given
from services_api.api.serializers.work import (
    MessageSerializer,
    NoteSerializer,
    ReadSerializer,
    WriteMessageSerializer,
    WriteNoteSerializer,
)
from services_api.api.staff.parts import case_of, log_reading, uploaded
from services_api.cases import public as cases
from services_api.parties.public import reads_of

TAG = "letters"
MOST_READS = 1_000


class Messages(StaffEndpoint):
    """The correspondence."""

    is_personal = True

    @operation("messages", TAG, {200: page_shape(MessageSerializer)}, parameters=[PageSerializer])
    def get(self, request: Request, uuid: UUID) -> Response:
        """Letters, questions and answers of a case in their order. The reading is logged."""
        case = case_of(request, uuid)
        log_reading(request, case)
        page = page_of_list(request, cases.story_of(case).messages, lambda each: each.uuid)
        return Response(page.body(MessageSerializer(page.rows, many=True).data))

    @operation("writeMessage", TAG, {201: MessageSerializer}, request=WriteMessageSerializer, creates=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Write to the applicant, with files uploaded before if wanted. A question is asked by a transition."""
        case = case_of(request, uuid)
        data = given(WriteMessageSerializer, request.data)

        def write() -> list[str]:
            actor, files = cases.staff(request.user).on(case), uploaded(data["attachments"])
            return [str(cases.write_to_applicant(case.uuid, data["text"], actor=actor, files=files).uuid)]

        def answer(made: list[str]) -> Any:
            return MessageSerializer(case.messages.prefetch_related("attachments").get(uuid=made[0])).data

        return made_once(request, f"message {case.uuid}", data, write, answer)


class Notes(StaffEndpoint):
    """Internal notes."""

    is_personal = True

    @operation("notes", TAG, {200: page_shape(NoteSerializer)}, parameters=[PageSerializer])
    def get(self, request: Request, uuid: UUID) -> Response:
        """Internal notes of a case in their order; the applicant never sees them."""
        case = case_of(request, uuid)
        log_reading(request, case)
        notes = [each for each in case.events.all() if each.code == "note"]
        page = page_of_list(request, notes, lambda each: each.sequence)
        return Response(page.body(NoteSerializer(page.rows, many=True).data))

    @operation("addNote", TAG, {201: NoteSerializer}, request=WriteNoteSerializer, creates=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Add an internal note."""
        case = case_of(request, uuid)
        data = given(WriteNoteSerializer, request.data)

        def write() -> list[str]:
            note = cases.add_note(case.uuid, data["text"], actor=cases.staff(request.user).on(case))
            return [str(note.sequence)]

        def answer(made: list[str]) -> Any:
            return NoteSerializer(cases.CaseEvent.objects.get(case=case, sequence=int(made[0]))).data

        return made_once(request, f"note {case.uuid}", data, write, answer)


class Reads(StaffEndpoint):
    """Who has read the case."""

    is_personal = True

    @operation("reads", TAG, {200: page_shape(ReadSerializer)}, parameters=[PageSerializer])
    def get(self, request: Request, uuid: UUID) -> Response:
        """Who of the staff has read the applicant's data, newest first; the applicant sees the same."""
        case = case_of(request, uuid)
        page = page_of_list(request, list(reads_of(case.reference)[:MOST_READS]), lambda each: each.pk)
        return Response(page.body(ReadSerializer(page.rows, many=True).data))
