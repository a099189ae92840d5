"""Who calls the API: a member of staff by session (with CSRF) or a program by a token of this tenant."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

KEYWORD = "Bearer"


class StaffSessionAuthentication(SessionAuthentication):
    """The session of the staff's workplace. Anonymous callers pass as such, so that public endpoints stay public."""

    def authenticate_header(self, request: Request) -> str:
        """Without a challenge DRF would answer 403 where 401 is meant."""
        return KEYWORD


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer hmk_...`. The token is looked up by its digest in the tenant's own schema.

    So a token of one community is unknown in every other. Sets `request.auth` to the token.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        if len(words) != 2:
            raise AuthenticationFailed(_("The Authorization header must read: Bearer <token>."))
        from services_api.cases.public import find_token

        token = find_token(words[1].decode("ascii", "replace"))
        if token is None:
            raise AuthenticationFailed(_("The token is unknown, withdrawn or expired."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


class CaseAuthentication(BaseAuthentication):
    """`Authorization: Bearer hmc_...`: the pass of one application, got for its number and tracking code.

    Sets `request.auth` to the identifier of the case; there is no user.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        from services_api.cases.public import case_of_pass

        found = case_of_pass(words[1].decode("ascii", "replace")) if len(words) == 2 else None
        if found is None:
            raise AuthenticationFailed(_("The pass is unknown or over. Ask for a new one with number and code."))
        return AnonymousUser(), found

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


class CaseScheme(OpenApiAuthenticationExtension):
    target_class = "services_api.api.authentication.CaseAuthentication"
    name = "pass"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "The pass of one application: POST /applications/pass/ with number and tracking code.",
        }


class StaffSessionScheme(OpenApiAuthenticationExtension):
    target_class = "services_api.api.authentication.StaffSessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "With the header X-CSRFToken."}


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "services_api.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "A token of this community with its scopes."}
