"""How operations are written down: their parameters, bodies and answers. Problems are added by `document`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", {"type": "string", "minLength": 8, "maxLength": 128, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER, required=True,
    description="A value of your own, new for each thing. Repeating it makes nothing twice: the answer is 200.",
)  # fmt: skip
IF_MATCH = OpenApiParameter(
    "If-Match", {"type": "string", "maxLength": 300}, OpenApiParameter.HEADER,
    description="The ETag of the case that you read, instead of lock_version. 412 when somebody was quicker.",
)  # fmt: skip
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", {"type": "string", "maxLength": 300}, OpenApiParameter.HEADER,
    description="The ETag that you have; 304 while nothing has changed.",
)  # fmt: skip
BINARY = OpenApiTypes.BINARY
# A file as it was kept: of the types that are accepted.
FILE: dict[Any, Any] = {(200, kind): BINARY for kind in ("application/pdf", "image/jpeg", "image/png")}


def operation(
    name: str,
    tag: str,
    answers: Mapping[Any, Any],
    *,
    request: Any = None,
    parameters: Sequence[Any] = (),
    creates: bool = False,
    on_revision: bool = False,
    has_tag: bool = False,
) -> Any:
    """The decorator of a view's method. `creates`: takes Idempotency-Key, repeated 200; `on_revision`: If-Match."""
    given, told = list(parameters), dict(answers)
    if creates:
        given.append(IDEMPOTENCY_KEY)
        told.setdefault(200, told[201])
    if on_revision:
        given.append(IF_MATCH)
    if has_tag:
        given.append(IF_NONE_MATCH)
    return extend_schema(operation_id=name, tags=[tag], request=request, responses=told, parameters=given)
