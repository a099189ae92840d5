"""`manage.py check`: are the connectors that the settings name there, and content?"""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from services_api.exchange.connectors.registry import registers


@register()
def connectors(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Each register's connector is imported and asked for its own settings."""
    told: list[CheckMessage] = []
    for each in registers():
        try:
            used = each.connector()
        except ImportError as error:
            told.append(Error(f"HAMAYNK_CONNECTORS: {each.code}: {error}", id="exchange.E003"))
            continue
        wrong = used.check_config() if used is not None else []
        told += [Error(f"HAMAYNK_CONNECTORS: {each.code}: {words}", id="exchange.E004") for words in wrong]
    return told
