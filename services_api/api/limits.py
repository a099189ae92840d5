"""How often callers may ask: per address for everybody, per token or account for staff; told in every answer.

The headers are those of the IETF draft "RateLimit header fields for HTTP": `RateLimit-Policy: "submit";q=30;w=3600` and
`RateLimit: "submit";r=29;t=3540` (requests that remain, seconds until there are more).
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from rest_framework.settings import api_settings
from rest_framework.throttling import SimpleRateThrottle

from services_api.cases.public import AddressThrottle, ApiToken, client_address

# Of the limits that count by time windows; the others are named by `throttle_scope`.
CATALOGUE, STAFF = "catalogue", "staff"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands with one limit."""

    name: str
    quota: int
    window: int
    remaining: int
    reset: int


def note(request: Any, standing: Standing) -> None:
    """Keep the tightest limit of a request for its answer."""
    known: Standing | None = getattr(request, "rate", None)
    if known is None or standing.remaining < known.remaining:
        request.rate = standing


def headers_of(request: Any) -> dict[str, str]:
    """The headers of an answer; none where nothing is counted."""
    found: Standing | None = getattr(request, "rate", None)
    if found is None:
        return {}
    return {
        "RateLimit-Policy": f'"{found.name}";q={found.quota};w={found.window}',
        "RateLimit": f'"{found.name}";r={found.remaining};t={found.reset}',
    }


class ByAddress(AddressThrottle):
    """The limit that pages and API share, by the view's `throttle_scope`."""

    num_requests: int
    duration: int

    def allow_request(self, request: Any, view: Any) -> bool:
        allowed = super().allow_request(request, view)
        if getattr(self, "rate", None) and getattr(self, "history", None) is not None:
            left = max(0, self.num_requests - len(self.history))
            oldest = self.history[-1] if self.history else self.now
            reset = max(0, math.ceil(self.duration - (self.now - oldest)))
            note(request, Standing(str(self.scope), self.num_requests, self.duration, left, reset))
        return allowed


class ByWindow(SimpleRateThrottle):
    """So many requests in each window: one counter, however large the quota is."""

    name = CATALOGUE

    def __init__(self) -> None:
        # Read at the moment of use, as `AddressThrottle` does.
        rate: Any = api_settings.DEFAULT_THROTTLE_RATES.get(self.name)
        self.num_requests, self.duration = self.parse_rate(rate)

    def caller(self, request: Any) -> str:
        """Whose requests are counted together."""
        return client_address(request)

    def allow_request(self, request: Any, view: Any) -> bool:
        if self.num_requests is None or self.duration is None:
            return True
        cache, now = caches["shared"], time.time()
        window = int(now // self.duration)
        self._wait = (window + 1) * self.duration - now
        key = f"rate:{self.name}:{self.caller(request)}:{window}"
        cache.add(key, 0, timeout=int(self.duration) + 1)
        try:
            count = cache.incr(key)
        except ValueError:
            # The window ended between the two lines.
            count = 1
        left = self.num_requests - count
        note(
            request,
            Standing(self.name, self.num_requests, self.duration, max(0, left), max(1, math.ceil(self._wait))),
        )
        return left >= 0

    def wait(self) -> float:
        """Seconds until the next window."""
        return self._wait


class ByCaller(ByWindow):
    """For staff: each token has its own count, so that one program does not use up what another needs."""

    name = STAFF

    def caller(self, request: Any) -> str:
        if isinstance(request.auth, ApiToken):
            return f"token:{request.auth.pk}"
        return f"user:{request.user.pk}" if request.user.is_authenticated else client_address(request)
