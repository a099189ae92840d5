"""What the OpenAPI document says about problems."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from services_api.api.problems import MEDIA_TYPE
from services_api.api.serializers import ConflictSerializer, ProblemSerializer

WORDS = {
    400: "The request cannot be read.",
    401: "No valid session or token.",
    403: "Not allowed.",
    404: "There is nothing at this address.",
    409: "The case has changed in the meantime.",
    422: "Something must be corrected; `errors` names the fields.",
    429: "Too many requests; see Retry-After.",
}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True,
    description="A value of your own, unique to this application. Repeating it leads to the same case.",
)  # fmt: skip


def errors(*statuses: int) -> dict[Any, OpenApiResponse]:
    """Responses of an operation for these statuses, as RFC 9457 problems."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            ConflictSerializer if status == 409 else ProblemSerializer, description=WORDS[status]
        )
        for status in statuses
    }
