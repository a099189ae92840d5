"""A request that makes something makes it once, however often it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from services_api.cases.errors import KeyReused
from services_api.cases.models import CreationKey
from tenants import sealing

KEY_LIFE = timedelta(hours=24)


@transaction.atomic
def once(caller: str, operation: str, key: str, content: Any, make: Callable[[], list[str]]) -> tuple[list[str], bool]:
    """Make it, unless this key has made it: (identifiers of what was made, whether it was made now).

    The key's row is written first and in the same transaction: a second request with the same key waits for the first
    and finds what it made; when making fails, the key is free again. Raises KeyReused for other content, and whatever
    `make` raises.
    """
    fingerprint = hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    ).hexdigest()
    row, is_new = CreationKey.objects.get_or_create(
        caller=caller, operation=operation, key=key, defaults={"fingerprint": sealing.digest(fingerprint)}
    )
    if not is_new:
        # Keyed: what somebody said must not be guessed from a bare digest of it.
        if row.fingerprint not in sealing.digests(fingerprint):
            raise KeyReused
        return list(row.made), False
    row.made = make()
    row.save(update_fields=["made"])
    return row.made, True


def forget_keys(at: datetime | None = None) -> int:
    """Forget keys after their day; returns how many."""
    gone, _by_model = CreationKey.objects.filter(created_at__lt=(at or timezone.now()) - KEY_LIFE).delete()
    return gone
