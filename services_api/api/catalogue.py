"""Procedures, their forms and their terms."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import CatalogueEndpoint
from services_api.api.documented import operation
from services_api.api.paging import PageSerializer, page_of_list, page_shape
from services_api.api.reading import given
from services_api.api.selection import FIELDS, wanted
from services_api.api.serializers.catalogue import (
    ForecastQuestionSerializer,
    ForecastSerializer,
    ProcedureDetailSerializer,
    ProcedureSerializer,
)
from services_api.cases.public import forecast, short_messages_go_to
from services_api.procedures.public import build, published_procedure, published_procedures, published_version

TAG = "procedures"
FARTHEST = timedelta(days=366)


class ProcedureList(CatalogueEndpoint):
    """What can be applied for."""

    @operation(
        "procedures", TAG, {200: page_shape(ProcedureSerializer)}, parameters=[PageSerializer, FIELDS], has_tag=True
    )
    def get(self, request: Request) -> Response:
        """Procedures in force today, in the order of the catalogue."""
        context = {"only": wanted(request, ProcedureSerializer)}
        page = page_of_list(request, published_procedures(), lambda each: each.code)
        return Response(page.body(ProcedureSerializer(page.rows, many=True, context=context).data))


class ProcedureDetail(CatalogueEndpoint):
    """One procedure."""

    @operation("procedure", TAG, {200: ProcedureDetailSerializer}, parameters=[FIELDS], has_tag=True)
    def get(self, request: Request, code: str) -> Response:
        """One procedure with its service card."""
        card = published_procedure(code)
        if card is None:
            raise Http404
        context = {"only": wanted(request, ProcedureDetailSerializer)}
        return Response(ProcedureDetailSerializer(card, context=context).data)


class ProcedureForm(CatalogueEndpoint):
    """The questions of a procedure."""

    @operation("procedureForm", TAG, {200: OpenApiTypes.OBJECT}, has_tag=True)
    def get(self, request: Request, code: str) -> Response:
        """JSON Schema 2020-12 of the answers; `x-files` lists the questions that take files.

        `x-representation` names the questions that say for whom somebody applies, `x-co-applicants` those that say with
        whom, `x-short-messages` the one whose mobile number `tell_by_sms` sends to.
        """
        version = published_version(code)
        if version is None:
            raise Http404
        definition = build(version)
        phone = short_messages_go_to(definition)
        return Response({**definition.api_schema(), "x-version": version.number, "x-short-messages": phone})


class ProcedureForecast(CatalogueEndpoint):
    """The term before submitting."""

    has_tag = False

    @operation("forecast", TAG, {200: ForecastSerializer}, parameters=[ForecastQuestionSerializer])
    def get(self, request: Request, code: str) -> Response:
        """When an application that comes now, or at a moment you name, is registered and until when it is answered."""
        version = published_version(code)
        if version is None:
            raise Http404
        now = timezone.now()
        at = given(ForecastQuestionSerializer, request.query_params).get("at", now)
        if not now - FARTHEST <= at <= now + FARTHEST:
            raise ValidationError({"at": _("Name a moment of the coming or the last year.")})
        registered_at, due_at = forecast(version, at)
        told = {"submitted_at": at, "registered_at": registered_at, "due_at": due_at}
        return Response(ForecastSerializer(told).data)
