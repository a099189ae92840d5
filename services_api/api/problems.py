"""Errors of the API as RFC 9457 problems, in the reader's language, naming the fields that are wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from services_api.cases.public import AnswersInvalid, Conflict, KeyReused, TransitionRefused, UploadRefused

MEDIA_TYPE = "application/problem+json"
TYPES = "https://hamaynk.example/problems/"
ROW = re.compile(r"\.([0-9]+)(?=\.|$)")


class ProblemException(exceptions.APIException):
    """A problem with a type of its own, extra members and errors that name fields."""

    def __init__(
        self, *, status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None, **extra: Any
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.problem_code = code
        self.errors = errors or []
        self.extra = extra


def titles() -> dict[str, str]:
    """What each kind of problem is called; the part of its type after the slash is the key."""
    return {
        "invalid": _("Some values must be corrected"),
        "parse_error": _("The request cannot be read"),
        "not_authenticated": _("Sign in first"),
        "authentication_failed": _("Signing in failed"),
        "permission_denied": _("You are not allowed to do this"),
        "not_found": _("There is nothing at this address"),
        "method_not_allowed": _("This method is not possible here"),
        "not_acceptable": _("This format is not available"),
        "unsupported_media_type": _("This type of content cannot be read"),
        "throttled": _("Too many requests"),
        "conflict": _("The case has changed in the meantime"),
        "transition_refused": _("This step is not possible now"),
        "idempotency_key_reused": _("The Idempotency-Key was used for other content"),
        "idempotency_key_missing": _("The header Idempotency-Key is missing"),
        "upload_refused": _("The file cannot be accepted"),
        "unknown_fields": _("There are no such fields"),
        "scope_missing": _("The token lacks a scope"),
        "precondition_failed": _("The case has changed in the meantime"),
        "revision_missing": _("The revision is missing"),
        "too_large": _("The request is too large"),
    }


def problem(
    *, status: int, code: str, detail: str, instance: str, errors: list[dict[str, str]] | None = None, **extra: Any
) -> dict[str, Any]:
    """The members of a problem document (RFC 9457, section 3.1)."""
    body: dict[str, Any] = {
        "type": f"{TYPES}{code}",
        "title": titles().get(code, detail),
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    if errors:
        body["errors"] = errors
    return {**body, **extra}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: every error that the API answers is a problem; anything unforeseen goes on to Django (500)."""
    error = _as_api_exception(error)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    request = context["request"]
    status, extra, errors = error.status_code, {}, []
    if isinstance(error, ProblemException):
        code, detail, errors, extra = error.problem_code, str(error.detail), error.errors, error.extra
    elif isinstance(error, exceptions.ValidationError):
        code, errors = "invalid", list(_field_errors(error.detail))
        detail = errors[0]["detail"] if len(errors) == 1 else titles()["invalid"]
    else:
        code, detail = error.default_code, str(error.detail)
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(challenge)
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(max(1, math.ceil(wait)))
    body = problem(status=status, code=code, detail=detail, instance=request.path, errors=errors, **extra)
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)


def _as_api_exception(error: Exception) -> Exception:
    """Errors of Django and of the cases' services, as those the API knows."""
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, AnswersInvalid):
        return ProblemException(
            status=422,
            code="invalid",
            detail=titles()["invalid"],
            errors=[{"field": path_of(each.field), "detail": each.message} for each in error.errors],
        )
    if isinstance(error, KeyReused):
        return ProblemException(status=422, code="idempotency_key_reused", detail=str(error))
    if isinstance(error, Conflict):
        return ProblemException(
            status=409, code="conflict", detail=str(error), lock_version=error.current_version, changes=error.changes
        )
    if isinstance(error, TransitionRefused):
        return ProblemException(
            status=422,
            code="transition_refused",
            detail=str(error),
            errors=[{"field": each.field, "detail": each.message} for each in error.errors],
        )
    if isinstance(error, UploadRefused):
        return ProblemException(
            status=422, code="upload_refused", detail=str(error), errors=[{"field": "file", "detail": str(error)}]
        )
    if isinstance(error, DjangoValidationError):
        return exceptions.ValidationError(error.message_dict if hasattr(error, "error_dict") else error.messages)
    return error


def path_of(question: str) -> str:
    """A place in the answers as programs write it: the form says others.0.author.name, JSON others[0].author.name."""
    return ROW.sub(r"[\1]", question)


def _field_errors(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for name, each in detail.items():
            yield from _field_errors(each, name if not path else f"{path}.{name}")
    elif isinstance(detail, list):
        for index, each in enumerate(detail):
            nested = isinstance(each, (dict, list))
            yield from _field_errors(each, f"{path}[{index}]" if nested else path)
    else:
        yield {"field": path or "non_field_errors", "detail": str(detail)}


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """A problem instead of a page for an unknown address below /api/."""
    with translation.override(translation.get_language_from_request(request)):
        detail = _("There is nothing at this address.")
        body = problem(status=404, code="not_found", detail=detail, instance=request.path)
    return JsonResponse(body, status=404, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})
