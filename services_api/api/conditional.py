"""Conditional requests: ETag and If-None-Match for reading, If-Match for writing on the revision that was read.

The tag of a case begins with its revision ("7-4c0f…"): what follows changes with everything shown, the revision is what
writes are held against.
"""

from __future__ import annotations

import hashlib
import re

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from services_api.api.problems import ProblemException
from services_api.cases.public import Case, Conflict

TAG = re.compile(r'^(?:W/)?"(\d{1,9})-[0-9a-f]+"$')


def tagged(request: Request, response: Response) -> HttpResponse:
    """The answer with its ETag, or 304 without a body when the caller has it already. The response gets rendered."""
    response.render()
    revision = response.data.get("lock_version") if isinstance(response.data, dict) else None
    digest = hashlib.sha256(response.content).hexdigest()[:24]
    tag = f'"{revision}-{digest}"' if revision else f'"{digest}"'
    response["ETag"] = tag
    given = request.headers.get("If-None-Match", "")
    wanted = {each.strip().removeprefix("W/") for each in given.split(",")}
    if given.strip() != "*" and tag not in wanted:
        return response
    unchanged = HttpResponse(status=304)
    for name in ("ETag", "Vary", "Cache-Control", "Content-Language"):
        if response.has_header(name):
            unchanged[name] = response[name]
    return unchanged


def revision_of(request: Request, case: Case, given: int | None) -> int:
    """The revision that a write is meant for: of the body, or of If-Match. Raises ProblemException.

    412 when If-Match names another revision than the case has; 428 when neither is given.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        if given is None:
            raise ProblemException(
                status=428,
                code="revision_missing",
                detail=_("Say which revision you read: by the header If-Match or as lock_version."),
                errors=[{"field": "lock_version", "detail": _("Say which revision you read.")}],
            )
        return given
    if header == "*":
        return given if given is not None else case.lock_version
    named = {int(found[1]) for each in header.split(",") if (found := TAG.match(each.strip()))}
    if case.lock_version not in named:
        conflict = Conflict(case.lock_version, [])
        raise ProblemException(
            status=412, code="precondition_failed", detail=str(conflict), lock_version=case.lock_version
        )
    return given if given is not None else case.lock_version
