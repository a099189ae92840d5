"""Procedures and their forms."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.base import PublicEndpoint
from services_api.api.documented import errors
from services_api.api.serializers import ProcedureDetailSerializer, ProcedureSerializer
from services_api.procedures.public import build, published_procedure, published_procedures, published_version


class ProcedureList(PublicEndpoint):
    """What can be applied for."""

    @extend_schema(operation_id="procedures", responses={200: ProcedureSerializer(many=True)}, tags=["procedures"])
    def get(self, request: Request) -> Response:
        """Procedures in force today, in the order of the catalogue."""
        return Response(ProcedureSerializer(published_procedures(), many=True).data)


class ProcedureDetail(PublicEndpoint):
    @extend_schema(
        operation_id="procedure", responses={200: ProcedureDetailSerializer, **errors(404)}, tags=["procedures"]
    )
    def get(self, request: Request, code: str) -> Response:
        """One procedure with its service card."""
        card = published_procedure(code)
        if card is None:
            raise Http404
        return Response(ProcedureDetailSerializer(card).data)


class ProcedureForm(PublicEndpoint):
    @extend_schema(
        operation_id="procedureForm", responses={200: OpenApiTypes.OBJECT, **errors(404)}, tags=["procedures"]
    )
    def get(self, request: Request, code: str) -> Response:
        """JSON Schema 2020-12 of the answers; `x-files` lists the questions that take files."""
        version = published_version(code)
        if version is None:
            raise Http404
        schema: dict[str, Any] = build(version).api_schema()
        return Response({**schema, "x-version": version.number})
