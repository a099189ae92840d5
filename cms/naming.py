"""The community's name as sentences need it, in three languages."""

from __future__ import annotations

from typing import Any

from tenants.models import Community


def name_in(named: Any, language: str) -> str:
    """Name of a community, a province or a settlement; Russian falls back to Latin letters, never to Armenian ones."""
    if language == "ru":
        return named.name_ru or named.name_en or named.name_hy
    if language == "en":
        return named.name_en or named.name_hy
    return named.name_hy


def site_name(community: Community, language: str) -> str:
    """What stands in the header: «Մեղրի համայնք», "Meghri community", «Община Мегри»; a ministry's name as it is."""
    name = name_in(community, language)
    if community.is_ministry:
        return name
    return {"hy": f"{name} համայնք", "en": f"{name} community", "ru": f"Община {name}"}[language]


def region(community: Community, language: str) -> str:
    """The province as the header shows it: «Սյունիքի մարզ»."""
    if community.marz is None:
        return ""
    name = name_in(community.marz, language)
    if community.marz.code == "01":
        return ""
    if language == "hy":
        return f"{_GENITIVES.get(name, name + 'ի')} մարզ"
    return f"{name} province" if language == "en" else f"{_RUSSIAN.get(name, name)} область"


# The genitive of a province is not regular for those that end in a vowel or lose one.
_GENITIVES = {"Լոռի": "Լոռու", "Վայոց ձոր": "Վայոց ձորի"}
_RUSSIAN = {
    "Арагацотн": "Арагацотнская",
    "Арарат": "Араратская",
    "Армавир": "Армавирская",
    "Гегаркуник": "Гегаркуникская",
    "Лори": "Лорийская",
    "Котайк": "Котайкская",
    "Ширак": "Ширакская",
    "Сюник": "Сюникская",
    "Вайоц Дзор": "Вайоцдзорская",
    "Тавуш": "Тавушская",
}
