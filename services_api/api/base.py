"""What all endpoints share: the reader's language, tokens and scopes, limits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from services_api.api.authentication import StaffSessionAuthentication, TokenAuthentication
from services_api.cases.public import PERMISSION, AddressThrottle, ApiToken


class Endpoint(APIView):
    """Answers in the language of `Accept-Language`; nothing is kept by caches."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        translation.activate(translation.get_language_from_request(request))
        response = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Language"])
        patch_cache_control(response, private=True, no_store=True)
        return response


class PublicEndpoint(Endpoint):
    """For everybody; a cookie of staff neither helps nor harms."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [AddressThrottle]


class WorksOnCases(BasePermission):
    """The right of case officers, and with a token also its scope."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        if not (user.is_authenticated and user.is_active and user.has_perm(PERMISSION)):
            return False
        if isinstance(request.auth, ApiToken):
            wanted = ApiToken.Scope.READ if request.method in ("GET", "HEAD", "OPTIONS") else ApiToken.Scope.WRITE
            return wanted in request.auth.scopes
        return True


class StaffEndpoint(Endpoint):
    """For case officers, by session with CSRF or by token."""

    authentication_classes = [TokenAuthentication, StaffSessionAuthentication]
    permission_classes = [WorksOnCases]
