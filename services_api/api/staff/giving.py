"""Who has a case and how far it is known; cases that belong together; its term; who fills which function."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import StaffEndpoint, made_once
from services_api.api.conditional import revision_of
from services_api.api.documented import operation
from services_api.api.paging import PageSerializer, page_of_list, page_shape
from services_api.api.reading import given
from services_api.api.serializers.cases import CaseDetailSerializer
from services_api.api.serializers.work import (
    AddresseesSerializer,
    BindingSerializer,
    ConfidentialitySerializer,
    HandOverSerializer,
    RelateSerializer,
    RelationSerializer,
    SelfSerializer,
    TermSerializer,
)
from services_api.api.staff.parts import case_of, detail_now
from services_api.cases import public as cases

TAG = "cases"


class Addressees(StaffEndpoint):
    """To whom a case may be given."""

    @operation("addressees", TAG, {200: AddresseesSerializer})
    def get(self, request: Request, uuid: UUID) -> Response:
        """People with their positions and queues that this case, or a task on it, may be given to."""
        return Response(AddresseesSerializer(cases.addressee_choices(case_of(request, uuid))).data)


class HandOver(StaffEndpoint):
    """Giving a case to somebody else."""

    @operation("handOver", TAG, {200: CaseDetailSerializer}, request=HandOverSerializer, on_revision=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Give a case to a position, a queue or a person, in whatever state it is.

        When you see it no longer afterwards, the answer holds its id only.
        """
        case = case_of(request, uuid)
        data = given(HandOverSerializer, request.data)
        cases.hand_over(
            case.uuid, data["to"], actor=cases.staff(request.user), comment=data["comment"],
            expected_version=revision_of(request, case, data.get("lock_version")),
        )  # fmt: skip
        return Response(detail_now(request, uuid))


class SetConfidentiality(StaffEndpoint):
    """How far a case may be known."""

    @operation(
        "setConfidentiality", TAG, {200: CaseDetailSerializer}, request=ConfidentialitySerializer, on_revision=True
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Set how far a case may be known; nobody sets a level that they, or whoever has the case, may not read."""
        case = case_of(request, uuid)
        data = given(ConfidentialitySerializer, request.data)
        cases.set_confidentiality(
            case.uuid, int(data["level"]), user=request.user, actor=cases.staff(request.user), comment=data["comment"],
            expected_version=revision_of(request, case, data.get("lock_version")),
        )  # fmt: skip
        return Response(detail_now(request, uuid))


class Relations(StaffEndpoint):
    """Cases that belong together."""

    is_personal = True

    @operation("relations", TAG, {200: page_shape(RelationSerializer)}, parameters=[PageSerializer])
    def get(self, request: Request, uuid: UUID) -> Response:
        """Cases that belong to this one, duplicates among them, as far as you may see them."""
        page = page_of_list(request, self._all(request, case_of(request, uuid)), lambda each: each["uuid"])
        return Response(page.body(RelationSerializer(page.rows, many=True).data))

    @operation("relate", TAG, {201: RelationSerializer(many=True)}, request=RelateSerializer, creates=True)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Mark another case as belonging to this one. A duplicate is joined by the transition merge_case."""
        case = case_of(request, uuid)
        data = given(RelateSerializer, request.data)

        def write() -> list[str]:
            actor = cases.staff(request.user).on(case)
            return [str(cases.relate(case.uuid, data["number"], actor=actor, kind=data["kind"]).pk)]

        return made_once(
            request, f"relation {case.uuid}", data, write,
            lambda _made: RelationSerializer(self._all(request, case), many=True).data,
        )  # fmt: skip

    def _all(self, request: Request, case: cases.Case) -> list[dict[str, Any]]:
        return cases.relations_of(request.user, case)


class Term(StaffEndpoint):
    """The term of a case."""

    @operation("term", TAG, {200: TermSerializer})
    def get(self, request: Request, uuid: UUID) -> Response:
        """Until when a case must be answered, what has moved that day, and what happens by itself."""
        case = case_of(request, uuid)
        story = cases.story_of(case)
        told = {
            "registered_at": case.registered_at, "due_at": case.due_at, "days_left": cases.days_left(case),
            "is_overdue": case.is_overdue(), "pauses": story.pauses, "extensions": story.extensions,
            **cases.term_of_case(case, story),
        }  # fmt: skip
        return Response(TermSerializer(told).data)


class Bindings(StaffEndpoint):
    """Who fills the functions of workflows."""

    @operation("bindings", "organisation", {200: page_shape(BindingSerializer)}, parameters=[PageSerializer])
    def get(self, request: Request) -> Response:
        """Which position or queue fills which function, by procedure and settlement. They are changed on the screen."""
        found = cases.FunctionBinding.objects.select_related("procedure", "position__unit", "queue")
        page = page_of_list(request, list(found), lambda each: each.pk)
        return Response(page.body(BindingSerializer(page.rows, many=True).data))


class Self(StaffEndpoint):
    """The caller."""

    @operation("me", "organisation", {200: SelfSerializer})
    def get(self, request: Request) -> Response:
        """For whom the token works, what it may do and until when."""
        user: Any = request.user
        token = request.auth if isinstance(request.auth, cases.ApiToken) else None
        told = {
            "name": user.get_full_name() or user.get_username(),
            "email": user.email,
            "scopes": token.scopes if token else cases.ApiToken.Scope.values,
            "token": token.name if token else None,
            "expires_at": token.expires_at if token else None,
        }
        return Response(SelfSerializer(told).data)
