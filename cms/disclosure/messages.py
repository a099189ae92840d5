"""The sentences of results, by code, so that a stored result can be read in Armenian, English and Russian."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENTENCES: dict[str, Promise] = {
    "there": _("Published."),
    "fresh": _("Published; the newest is of %(date)s."),
    "ageing": _("The newest is of %(date)s. It should have been renewed by %(due)s."),
    "stale": _("Out of date: the newest is of %(date)s, it had to be renewed by %(due)s."),
    "no_page": _("The page of the site's tree does not exist or is not published."),
    "starter": _("Only the starter text stands here: nobody has published anything of the community yet."),
    "empty": _("Nothing has been published here yet."),
    "off_topic": _("The page has a text, but nothing in it says what this duty asks for."),
    "no_records": _("No published record yet."),
    "too_few": _("Published: %(count)s, needed: %(needed)s."),
    "lacks": _("Missing: %(parts)s."),
    "no_services": _("No service can be applied for yet."),
    "no_budget": _("The budget of %(year)s is not published."),
    "no_execution": _("No report on the execution of a budget is published."),
    "small": _("The law asks this of communities of %(number)s residents and more."),
    "single": _("The law asks this of communities of several settlements."),
    "waived": _("The ministry has relieved the community until %(date)s, order %(order)s."),
    "unchecked": _("This duty has no check yet; ask the ministry."),
    "reached": _("A visitor finds it; clicks from the home page: %(clicks)s."),
    "silent": _("The site did not answer a visitor."),
    "unreachable": _("A visitor does not find it within three clicks from the home page."),
    "answers": _("The page answers a visitor with the error %(status)s."),
    "unmarked": _("The page is there, but the place of this duty is not marked on it."),
    "other_language": _("The page is not in Armenian."),
    "headers": _("The page is sent without these security headers: %(names)s."),
}
PARTS: dict[str, Promise] = {
    "head": pgettext_lazy("what is missing", "the head of the community"),
    "council": pgettext_lazy("what is missing", "members of the council"),
    "unit": pgettext_lazy("what is missing", "officials of the staff"),
    "address": pgettext_lazy("what is missing", "address"),
    "phone": pgettext_lazy("what is missing", "phone"),
    "email": pgettext_lazy("what is missing", "e-mail"),
    "hours": pgettext_lazy("what is missing", "reception hours"),
    "people": pgettext_lazy("what is missing", "who receives citizens"),
}
_DATES = {"date", "due"}


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence in the active language. An unknown code (of a later release) is shown as it is."""
    words = SENTENCES.get(code)
    return str(words) % {name: _shown(name, value) for name, value in params.items()} if words else code


def _shown(name: str, value: Any) -> str:
    if name in _DATES:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if name == "parts":
        return ", ".join(str(PARTS.get(part, part)) for part in value)
    if name == "number":
        return f"{value:,}".replace(",", "\u00a0")
    return str(value)
