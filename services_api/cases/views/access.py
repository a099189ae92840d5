"""Who has proved number and code: a signed cookie of two hours that names the case.

The case's address then carries no secret, so it may stand in a history, and a second case in another tab does not
close the first.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tenants import signing

COOKIE = "cases"
SALT = "services_api.cases.access"
LIFETIME_SECONDS = 2 * 3600
MOST = 5
PASS_PREFIX = "hmc_"  # noqa: S105


def opened(request: HttpRequest) -> list[str]:
    """Cases that this browser has opened, the latest last. A cookie of another tenant does not verify."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LIFETIME_SECONDS)
    return [each for each in (value or "").split(".") if each]


def may_see(request: HttpRequest, case: UUID) -> bool:
    """Whether number and code of this case were given in this browser within two hours."""
    return case.hex in opened(request)


def grant(request: HttpRequest, response: HttpResponse, case: UUID) -> None:
    """From now on this browser may see the case."""
    cases = [each for each in opened(request) if each != case.hex][-(MOST - 1) :]
    response.set_signed_cookie(
        COOKIE,
        ".".join([*cases, case.hex]),
        salt=SALT,
        max_age=LIFETIME_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def pass_for(case: UUID) -> str:
    """The same proof for a program that keeps no cookies: it opens this case for two hours, in this tenant only."""
    return PASS_PREFIX + signing.dumps(case.hex, salt=SALT)


def case_of_pass(given: str) -> UUID | None:
    """The case that a pass opens; None for any other text, and after its time."""
    try:
        return UUID(signing.loads(given.removeprefix(PASS_PREFIX), salt=SALT, max_age=LIFETIME_SECONDS))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
