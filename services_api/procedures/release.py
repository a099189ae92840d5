"""The procedures that come with this release, by their codes: the same in every community, so figures compare them."""

from __future__ import annotations

from functools import cache

from services_api.procedures import seeds
from services_api.procedures.texts import language_code


def release_codes() -> frozenset[str]:
    """Codes of the procedures of this release."""
    return frozenset(_names("hy"))


def release_names(language: str | None = None) -> dict[str, str]:
    """Their names in a language (default: the active one), by code; Armenian where one is missing."""
    return dict(_names(language or language_code()))


@cache
def _names(language: str) -> dict[str, str]:
    described = (each["procedure"] for each in seeds.packages())
    return {each["code"]: each.get(f"name_{language}") or each["name_hy"] for each in described}
