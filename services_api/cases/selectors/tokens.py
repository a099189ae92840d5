"""Tokens of programs, as far as somebody may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from services_api.cases.models import ApiToken
from services_api.cases.rights import ALL_TOKENS


def tokens_for(user: Any) -> QuerySet[ApiToken]:
    """One's own; with the right to see all tokens, everybody's. Those that are good come first, the latest first."""
    found = ApiToken.objects.select_related("user").order_by("revoked_at", "-created_at")
    return found if user.has_perm(ALL_TOKENS) else found.filter(user_id=user.pk)
