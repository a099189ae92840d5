"""How often one visitor may send something to the website, counted per tenant and address.

The keys of the shared cache carry the tenant (KEY_FUNCTION), so two communities never share a count.
"""

from __future__ import annotations

from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

# What is counted, within which seconds, and how much of it is allowed.
HOUR = 3600
LIMITS = {"form": (10, HOUR), "comment": (6, HOUR)}


def client_address(request: HttpRequest) -> str:
    """The visitor's address. X-Forwarded-For counts only behind our own proxy, and then only its last entry."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


def is_too_much(request: HttpRequest, what: str) -> bool:
    """Count one sending; True when the visitor has sent as much as LIMITS allow. No address is kept in the clear."""
    allowed, seconds = LIMITS[what]
    visitor = blake2b(client_address(request).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12)
    key = f"website-limit:{what}:{visitor.hexdigest()}"
    cache = caches["shared"]
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > allowed
    except ValueError:  # it has just run out
        return False
