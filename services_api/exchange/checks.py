"""`manage.py check`: is what leaves the house set up to leave it?"""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from services_api.exchange.sms.gateways import gateway


@register()
def sms_gateway(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """The gateway of short messages exists and is content with its settings."""
    try:
        used = gateway()
    except ImportError as error:
        return [Error(f"HAMAYNK_SMS_GATEWAY: {error}", id="exchange.E001")]
    return [Error(f"HAMAYNK_SMS_GATEWAY: {each}", id="exchange.E002") for each in (used.check_config() if used else [])]
