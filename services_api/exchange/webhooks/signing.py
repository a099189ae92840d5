"""Signatures by the specification Standard Webhooks: HMAC-SHA256 over identifier, moment and body.

A secret is made of the installation's own key, the tenant, the subscription and some chance; the database keeps the
chance only. Whoever copies the database, or a community's backup, cannot sign.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from services_api.exchange.webhooks.models import Subscription, valid_old_nonce
from tenants.context import current_schema

PREFIX = "whsec_"


def secret_of(subscription: Subscription, nonce: str = "") -> str:
    """The secret in the form of the specification: `whsec_` and 32 bytes in base64."""
    content = f"webhook:{current_schema()}:{subscription.uuid}:{nonce or subscription.nonce}"
    key = hmac.new(settings.SECRET_KEY.encode(), content.encode(), sha256).digest()
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,<base64>`: what one secret says of one sending."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def headers(subscription: Subscription, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers. While a secret is being exchanged both sign, the new one first."""
    timestamp = int(at.timestamp())
    old = valid_old_nonce(subscription, at)
    secrets = [secret_of(subscription), *([secret_of(subscription, old)] if old else [])]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(each, message_id, timestamp, body) for each in secrets),
    }
