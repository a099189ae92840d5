"""How often one visitor may try: for pages and for the API alike, counted per tenant and address.

The cache's keys carry the tenant (KEY_FUNCTION), so two communities never share a count.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from rest_framework.settings import api_settings
from rest_framework.throttling import ScopedRateThrottle


def client_address(request: HttpRequest) -> str:
    """The visitor's address. X-Forwarded-For counts only behind our own proxy, and then only its last entry: what
    stands before it was written by the visitor."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


class AddressThrottle(ScopedRateThrottle):
    """DRF's throttle by the view's `throttle_scope`, in the cache that all processes share."""

    def __init__(self) -> None:
        self.cache = caches["shared"]
        # Read at the moment of use: DRF keeps what it read when the class was made.
        self.THROTTLE_RATES = api_settings.DEFAULT_THROTTLE_RATES  # type: ignore[assignment]
        super().__init__()

    def get_ident(self, request: Any) -> str:
        return client_address(request)

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class _Scope:
    def __init__(self, scope: str) -> None:
        self.throttle_scope = scope


def seconds_to_wait(request: HttpRequest, scope: str) -> int:
    """Count one try of a page; 0 when it may go on, otherwise how long to wait."""
    throttle = AddressThrottle()
    if throttle.allow_request(request, _Scope(scope)):  # type: ignore[arg-type]
        return 0
    return int(throttle.wait() or 60) + 1
