"""Liveness, readiness, and the question of the proxy whether a host deserves a certificate."""

from __future__ import annotations

from django.db import Error
from django.http import HttpRequest, HttpResponse

from tenants import hosts, template
from tenants.names import TEMPLATE_SCHEMA


def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and a template is there, else 503.

    Any template: during an upgrade the processes of the old release go on serving while the new one is prepared.
    """
    try:
        is_ready = template.schema_exists(TEMPLATE_SCHEMA)
    except Error:
        is_ready = False
    return HttpResponse(
        "ok\n" if is_ready else "not ready\n", status=200 if is_ready else 503, content_type="text/plain"
    )


def domain(request: HttpRequest) -> HttpResponse:
    """200 when `?domain=` is a host that we serve: only for those the proxy asks for a certificate."""
    known = hosts.find(request.GET.get("domain", "")) is not None
    return HttpResponse(status=200 if known else 404)
