"""What must be so for cases; `manage.py check` refuses otherwise."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from services_api.cases import effects
from services_api.procedures.public import EFFECTS


@register(Tags.models)
def every_effect_is_known(**options: Any) -> list[CheckMessage]:
    """A workflow may name only effects that the engine has."""
    return [
        Error(f"Workflows may use the effect {code!r}, but cases do not have it.", id="cases.E001")
        for code in sorted(set(EFFECTS) - effects.known())
    ]
