"""What all endpoints share: the reader's language, tokens and scopes, limits, tags, keys against doubles."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from services_api.api import conditional, limits
from services_api.api.authentication import CaseAuthentication, StaffSessionAuthentication, TokenAuthentication
from services_api.api.parsers import BoundedJSONParser
from services_api.api.problems import ProblemException
from services_api.cases.public import PERMISSION, ApiToken, once

KEY = re.compile(r"^[\x21-\x7e]{8,128}$")
READING = ("GET", "HEAD", "OPTIONS")
# A form of 95 questions has a twentieth of it.
MOST_BYTES = 1024 * 1024


class Endpoint(APIView):
    """Answers in the language of `Accept-Language`; nothing is kept by caches."""

    parser_classes: Any = [BoundedJSONParser]
    # Answers of reading that carry a tag and may be answered by 304.
    has_tag: ClassVar[bool] = False
    most_bytes: ClassVar[int] = MOST_BYTES

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        translation.activate(translation.get_language_from_request(request))
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > self.most_bytes:
            raise ProblemException(
                status=413, code="too_large",
                detail=_("The request is too large. At most %(count)s bytes are read here.")
                % {"count": self.most_bytes},
            )  # fmt: skip

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in limits.headers_of(request).items():
            response[name] = value
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        patch_cache_control(response, private=True, no_store=True)
        if self.has_tag and request.method in ("GET", "HEAD") and response.status_code == 200:
            return conditional.tagged(request, response)
        return response


class PublicEndpoint(Endpoint):
    """For everybody; a cookie of staff neither helps nor harms."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = [AllowAny]
    throttle_classes: list[Any] = [limits.ByAddress]


class CatalogueEndpoint(PublicEndpoint):
    """Public and the same for everybody."""

    has_tag = True
    throttle_classes = [limits.ByWindow]


class HoldsPass(BasePermission):
    """Whoever has proved number and code; what for, the view asks."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.auth is not None


class OwnEndpoint(Endpoint):
    """For the applicant of a case, by the pass that number and code give."""

    authentication_classes = [CaseAuthentication]
    permission_classes = [HoldsPass]
    throttle_classes: list[Any] = [limits.ByAddress]


class WorksOnCases(BasePermission):
    """The right of case officers, and with a token also its scopes."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        if not (user.is_authenticated and user.is_active and user.has_perm(PERMISSION)):
            return False
        scope = ApiToken.Scope.READ if request.method in READING else ApiToken.Scope.WRITE
        need(request, scope)
        if getattr(view, "is_personal", False):
            need(request, ApiToken.Scope.PERSONAL)
        return True


def need(request: Request, scope: str) -> None:
    """Raise a problem that names the scope which a token lacks. A session has all that its person may do."""
    if isinstance(request.auth, ApiToken) and scope not in request.auth.scopes:
        raise ProblemException(
            status=403, code="scope_missing", scope=str(scope),
            detail=_("The token lacks the scope %(scope)s.") % {"scope": scope},
        )  # fmt: skip


def may_read_personal(request: Request) -> bool:
    """Whether what is personal may be told to this caller."""
    return not isinstance(request.auth, ApiToken) or ApiToken.Scope.PERSONAL in request.auth.scopes


class StaffEndpoint(Endpoint):
    """For case officers, by session with CSRF or by token."""

    authentication_classes = [TokenAuthentication, StaffSessionAuthentication]
    permission_classes = [WorksOnCases]
    throttle_classes: list[Any] = [limits.ByCaller]
    # What the endpoint tells or takes is personal through and through, so a token needs the scope for it.
    is_personal: ClassVar[bool] = False


def key_of(request: Request) -> str:
    """The header Idempotency-Key. Raises ProblemException without a usable one."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.match(key):
        raise ProblemException(
            status=400, code="idempotency_key_missing",
            detail=_("Send the header Idempotency-Key with 8 to 128 visible ASCII signs, new for each case."),
        )  # fmt: skip
    return key


def caller_of(request: Request) -> str:
    """Whose keys are kept together."""
    if isinstance(request.auth, ApiToken):
        return f"token:{request.auth.pk}"
    if request.auth is not None:
        return f"case:{request.auth}"
    return f"user:{request.user.pk}" if request.user and request.user.is_authenticated else "anybody"


def made_once(
    request: Request, operation: str, content: Any, make: Callable[[], list[str]], answer: Callable[[list[str]], Any]
) -> Response:
    """201 for what is made now, 200 with the same thing for a repeated key. `answer` writes the body from its ids."""
    made, is_new = once(caller_of(request), operation, key_of(request), content, make)
    response = Response(answer(made), status=201 if is_new else 200)
    if not is_new:
        response["Idempotency-Replayed"] = "true"
    return response
