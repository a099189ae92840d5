"""How often one address may do something, counted without remembering whose it is.

The count stands in the cache under a keyed digest of the address; it is gone when the window ends, and the digest
of the next day is another one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from services_api.cases.public import AddressThrottle
from tenants.signing import tenant_salt


def digest(*parts: str) -> str:
    """A name for a visitor's traits that nobody can read back, another one every day and in every community."""
    return salted_hmac(
        tenant_salt(f"outreach.{timezone.localdate()}"), "\n".join(parts), algorithm="sha256"
    ).hexdigest()


def address_of(request: HttpRequest) -> str:
    """The visitor's address by the rules of the proxy."""
    return AddressThrottle().get_ident(request)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many times in so many seconds."""

    name: str
    times: int
    seconds: int

    def allows(self, *who: str) -> bool:
        """Count one try; False when there were too many."""
        cache = caches["shared"]
        key = f"outreach:{self.name}:{digest(*who)}"
        if cache.add(key, 1, self.seconds):
            return True
        try:
            return cache.incr(key) <= self.times
        except ValueError:  # it ended between the two lines
            return cache.add(key, 1, self.seconds)


def once(name: str, token: str, seconds: int) -> bool:
    """True the first time a token is used within so many seconds."""
    return caches["shared"].add(f"outreach:{name}:{digest(token)}", 1, seconds)
