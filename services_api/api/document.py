"""The OpenAPI document of API v1: what the views say of themselves, completed with what is so everywhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils import translation
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator

from services_api.api.completed import complete

PREFIX = "api/v1/"


@cache
def document() -> dict[str, Any]:
    """The document, computed once a process: it is the same for every tenant."""
    with translation.override("en"):
        generator = SchemaGenerator(patterns=[path(PREFIX, include("services_api.api.urls"))])
        return complete(generator.get_schema(request=None, public=True))


@require_GET
def schema(request: HttpRequest) -> JsonResponse:
    """GET /api/v1/schema."""
    return JsonResponse(document(), content_type="application/vnd.oai.openapi+json")
