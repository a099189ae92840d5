"""What must be so for cases; `manage.py check` refuses otherwise."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from services_api.cases import effects
from services_api.procedures.public import EFFECTS


@register(Tags.models)
def every_effect_is_known(**options: Any) -> list[CheckMessage]:
    """A workflow may name only effects that the engine has."""
    return [
        Error(f"Workflows may use the effect {code!r}, but cases do not have it.", id="cases.E001")
        for code in sorted(set(EFFECTS) - effects.known())
    ]


@register(Tags.security, deploy=True)
def files_are_scanned(**options: Any) -> list[CheckMessage]:
    """Without a scanner files are «not scanned»; the operator knows it and has decided so."""
    if settings.CLAMD_URL:
        return []
    return [
        Warning("Uploaded files are not scanned for viruses.", hint="Set HAMAYNK_CLAMD_URL.", id="cases.W001"),
    ]
