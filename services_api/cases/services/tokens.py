"""Tokens of programs: shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from services_api.cases.models import ApiToken

PREFIX = "hmk_"
# Whether a token was used today is of interest, not the second; a write at each call would cost more than it tells.
USE_NOTED_EVERY = timedelta(minutes=10)


def issue_token(user: Any, name: str, scopes: Iterable[str], expires_at: datetime) -> tuple[ApiToken, str]:
    """A new token for a member of staff; the second value is shown once and kept nowhere. Raises ValidationError."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(user=user, name=name, scopes=sorted(set(scopes)), expires_at=expires_at, digest=_digest(secret))
    token.full_clean()
    token.save()
    return token, secret


def revoke_token(token: ApiToken) -> None:
    """From now on the token opens nothing."""
    token.revoked_at = token.revoked_at or timezone.now()
    token.save(update_fields=["revoked_at"])


def find_token(secret: str) -> ApiToken | None:
    """The token of the current tenant that may be used now, None for any other."""
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(secret), revoked_at__isnull=True, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is not None:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
