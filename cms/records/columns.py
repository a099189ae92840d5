"""Columns of a register: one declaration for the list, the detail page, the feed and the open data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from cms.languages import armenian_share
from cms.phones import phone_href
from cms.records.money import drams

Value = Callable[[Any, str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the documented field name of the open data; `value(record, language)` gives plain data.

    `kind`: text, words (paragraphs), money (whole AMD), number, area (m²), date, moment (local time), link, email,
    phone, file, flag. `places`: where the column is shown, of list, detail, data.
    """

    name: str
    label: Any
    value: Value
    kind: str = "text"
    places: tuple[str, ...] = ("list", "detail", "data")

    def only(self, *places: str) -> Column:
        """The same column in these places only."""
        return replace(self, places=places)

    def cell(self, record: Any, language: str) -> dict[str, Any] | None:
        """What a template draws: `{name, label, kind, text, url, iso, lang}`; None where there is nothing to say."""
        value = self.value(record, language)
        if value in (None, "", False):
            return None
        text, url = shown(self.kind, value)
        # Codes and names of suppliers are written in Armenian letters everywhere; readers aloud are told.
        lang = "hy" if language != "hy" and armenian_share(text) else ""
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "text": text,
            "url": url,
            "iso": iso(value),
            "lang": lang,
        }

    def plain(self, record: Any, language: str) -> Any:
        """The value for the open data: str, int, float, bool or None; dates in ISO 8601."""
        value = self.value(record, language)
        if self.kind == "file":
            return value.url if value else None
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, (date, datetime)):
            return iso(value)
        return None if value == "" else value


def iso(value: Any) -> str:
    """ISO 8601; moments with the offset of Yerevan."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else ""


def shown(kind: str, value: Any) -> tuple[str, str]:
    """(text, address) of a value as people read it, in the active language."""
    if kind == "money":
        return drams(value), ""
    if kind == "area":
        number = number_format(value, decimal_pos=0 if value == int(value) else 1, force_grouping=True)
        return _("%(area)s m²") % {"area": number}, ""
    if kind == "number":
        return number_format(value, force_grouping=True), ""
    if kind == "date":
        return date_format(value, "DATE_FORMAT"), ""
    if kind == "moment":
        return date_format(timezone.localtime(value), "DATETIME_FORMAT"), ""
    if kind == "link":
        return value.split("://", 1)[-1].split("/", 1)[0].removeprefix("www."), value
    if kind == "email":
        return value, f"mailto:{value}"
    if kind == "phone":
        return value, phone_href(value)
    if kind == "file":
        return value.title, value.url
    return str(value), ""


# --- the usual columns ---------------------------------------------------------------------------------------------


def title(label: Any) -> Column:
    """The title; the list makes it the link to the detail."""
    return Column("title", label, lambda record, language: record.title(language), places=("data",))


def words(name: str, label: Any, *places: str, kind: str = "text") -> Column:
    """A trilingual field."""
    column = Column(name, label, lambda record, language: record.text(name, language), kind)
    return column.only(*places) if places else column


def field(name: str, label: Any, *places: str, kind: str = "text") -> Column:
    """A field that is the same in all languages."""
    column = Column(name, label, lambda record, language: getattr(record, name), kind)
    return column.only(*places) if places else column


def choice(name: str, label: Any, *places: str) -> Column:
    """A field with choices, in words."""
    column = Column(name, label, lambda record, language: str(getattr(record, f"get_{name}_display")()))
    return column.only(*places) if places else column


def related(name: str, label: Any, *places: str) -> Column:
    """The title of another record; fetch it with `Register.related`."""

    def value(record: Any, language: str) -> str:
        other = getattr(record, name)
        return other.title(language) if other is not None else ""

    column = Column(name, label, value)
    return column.only(*places) if places else column
