"""Questions that are answered in parts: a person, an organisation, an address, an identifier, a point on the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

TIN = r"^[0-9]{8}$"
PSN = r"^[0-9]{10}$"
# What a certificate of not receiving a PSN may be numbered like: its form is not settled by the texts at hand.
CERTIFICATE = r"^[0-9A-Za-zԱ-Ֆա-ֆ/\-]{3,30}$"
# Armenia with a margin; a point elsewhere is a slip of the finger.
LATITUDES = (38.8, 41.4)
LONGITUDES = (43.4, 46.7)


@dataclass(frozen=True)
class Part:
    """One control of such a question. `rules` is JSON Schema beyond type and length."""

    name: str
    required: bool = True
    max_length: int = 100
    type: str = "string"
    rules: Mapping[str, Any] = field(default_factory=dict)
    autocomplete: str = ""
    inputmode: str = ""
    size: str = ""

    def schema(self) -> dict[str, Any]:
        """JSON Schema of this part."""
        if self.type == "number":
            return {"type": "number", **self.rules}
        return {"type": "string", "minLength": 1, "maxLength": self.max_length, **self.rules}


PARTS: dict[str, tuple[Part, ...]] = {
    "person": (
        Part("surname", autocomplete="family-name"),
        Part("name", autocomplete="given-name"),
        Part("patronymic", required=False, autocomplete="off"),
    ),
    "organisation": (
        Part("name", max_length=300, autocomplete="organization"),
        Part("tin", max_length=8, rules={"pattern": TIN}, inputmode="numeric", size="short", autocomplete="off"),
    ),
    "address": (
        Part("settlement"),
        Part("street", max_length=150, autocomplete="address-line1"),
        Part("house", max_length=30, size="short", autocomplete="off"),
        Part("flat", required=False, max_length=30, size="short", autocomplete="off"),
    ),
    # One of the two: the number, or the certificate of somebody who has refused to have one.
    "psn": (
        Part("number", required=False, max_length=10, rules={"pattern": PSN}, inputmode="numeric", size="short",
             autocomplete="off"),
        Part("certificate", required=False, max_length=30, rules={"pattern": CERTIFICATE}, size="short",
             autocomplete="off"),
    ),
    "point": (
        Part("lat", type="number", rules={"minimum": LATITUDES[0], "maximum": LATITUDES[1]}, inputmode="decimal",
             size="short", autocomplete="off"),
        Part("lon", type="number", rules={"minimum": LONGITUDES[0], "maximum": LONGITUDES[1]}, inputmode="decimal",
             size="short", autocomplete="off"),
    ),
}  # fmt: skip
COMPOUND_KINDS = frozenset(PARTS)
PERSON_PARTS = tuple(each.name for each in PARTS["person"])


def answer_schema(kind: str, settlements: tuple[str, ...] = ()) -> dict[str, Any]:
    """The JSON Schema of an answer of this kind; `settlements` are those of the community, if it has any."""
    parts = PARTS[kind]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {each.name: each.schema() for each in parts},
        "required": [each.name for each in parts if each.required],
        "additionalProperties": False,
    }
    if kind == "address" and settlements:
        schema["properties"]["settlement"] = {"type": "string", "enum": list(settlements)}
    if kind == "psn":
        schema |= {"minProperties": 1, "maxProperties": 1}
    return schema


def part_label(kind: str, part: str) -> str:
    """The label of one control."""
    return {
        ("person", "surname"): _("Surname"),
        ("person", "name"): _("Name"),
        ("person", "patronymic"): _("Patronymic"),
        ("organisation", "name"): _("Name of the organisation"),
        ("organisation", "tin"): _("Taxpayer number (TIN)"),
        ("address", "settlement"): _("Settlement"),
        ("address", "street"): _("Street"),
        ("address", "house"): pgettext("address", "House"),
        ("address", "flat"): pgettext("address", "Flat"),
        ("psn", "number"): _("Public services number (PSN)"),
        ("psn", "certificate"): _("or the number of the certificate that you have no PSN"),
        ("point", "lat"): _("Latitude"),
        ("point", "lon"): _("Longitude"),
    }[kind, part]


def part_hint(kind: str, part: str) -> str:
    """Help under one control, "" for none."""
    return {
        ("person", "patronymic"): _("The father's name"),
        ("organisation", "tin"): _("8 digits"),
        ("psn", "number"): _("10 digits; it stands on the identity card"),
        ("point", "lat"): _(
            "For example 39.2032. A map of your phone shows both numbers; you may paste them here together."
        ),
        ("point", "lon"): _("For example 46.2456"),
    }.get((kind, part), "")


def part_invalid(kind: str, part: str) -> str:
    """What is wrong with an answer in one control that cannot be taken."""
    told = {"label": part_label(kind, part)}
    if part == "tin":
        return _("Check “%(label)s”: it has 8 digits.") % told
    if (kind, part) == ("psn", "number"):
        return _("Check “%(label)s”: it has 10 digits.") % told
    if kind == "point":
        return _("Check “%(label)s”: the point must lie in Armenia, for example 39.2032 and 46.2456.") % told
    if part == "settlement":
        return _("Choose an answer to “%(label)s”.") % told
    return _("Check “%(label)s”: this answer cannot be read.") % told


def as_text(kind: str, value: Mapping[str, Any], settlement_label: str = "", *, reveal: bool = True) -> str:
    """The answer in one line. An identifier is shown whole only where `reveal` says so."""
    if kind == "person":
        return " ".join(str(value[part]) for part in PERSON_PARTS if value.get(part))
    if kind == "organisation":
        return _("%(name)s, TIN %(tin)s") % {"name": value.get("name", ""), "tin": value.get("tin", "")}
    if kind == "address":
        flat = _("flat %(number)s") % {"number": value["flat"]} if value.get("flat") else ""
        street = " ".join(filter(None, (value.get("street", ""), value.get("house", ""))))
        return ", ".join(filter(None, (settlement_label or value.get("settlement", ""), street, flat)))
    if kind == "point":
        return f"{value.get('lat')}, {value.get('lon')}"
    number = str(value.get("number") or value.get("certificate") or "")
    return number if reveal else "•" * max(len(number) - 3, 3) + number[-3:]
