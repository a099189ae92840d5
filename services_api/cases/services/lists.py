"""Keeping views of the inbox and the columns chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote_plus

from django.utils.translation import gettext as _

from services_api.cases import selectors
from services_api.cases.errors import FieldError, TransitionRefused
from services_api.cases.models import SavedList
from services_api.parties.public import Party

MOST_LISTS = 30
NAME_LENGTH, QUERY_LENGTH = 80, 300


def keep_list(user: Any, name: str, query: str, unit: str = "") -> SavedList:
    """Keep what the inbox shows by a name; the same name again replaces it. `unit`: key of an own unit to share with.

    Raises TransitionRefused.
    """
    said = " ".join(name.split())
    if not said or len(said) > NAME_LENGTH or len(query) > QUERY_LENGTH:
        raise TransitionRefused(
            _("Give the list a short name."), [FieldError("name", _("Give the list a short name."))]
        )
    others = SavedList.objects.filter(user_id=user.pk).exclude(name__in=["", said])
    if others.count() >= MOST_LISTS:
        raise TransitionRefused(_("You keep %(most)s lists already. Remove one first.") % {"most": MOST_LISTS})
    shared = next((each for each in selectors.units_of(user) if str(each.pk) == unit), None)
    kept, _created = SavedList.objects.update_or_create(
        user_id=user.pk, name=said, defaults={"query": query, "unit": shared}
    )
    return kept


def drop_list(user: Any, key: str) -> None:
    """Remove a list of one's own; of any other nothing happens."""
    if key.isdecimal():
        SavedList.objects.filter(user_id=user.pk, pk=int(key[:18])).exclude(name="").delete()


def keep_columns(user: Any, columns: Sequence[str]) -> None:
    """Keep the columns of one's inbox; none: the usual ones."""
    SavedList.objects.update_or_create(user_id=user.pk, name="", defaults={"columns": list(columns)})


def drop_lists_about(party: Party) -> int:
    """Remove kept lists that look for one person by e-mail, telephone or name; how many. For anonymising: call it
    before the party is.

    A surname alone counts only while nobody else has it: otherwise the list may be about somebody else.
    """
    phone = re.sub(r"\D", "", str(party.phone or ""))[-8:]
    surname, name = party.surname.casefold(), party.name.casefold()
    names = [each.casefold() for each in (party.email, party.organisation_name) if each]
    others = Party.objects.filter(surname__iexact=party.surname).exclude(pk=party.pk)
    is_only = bool(surname) and not others.exists()
    found = []
    for each in SavedList.objects.exclude(name=""):
        asked = f"{each.name} {unquote_plus(each.query)}".casefold()
        if (
            any(word in asked for word in names)
            or (phone and phone in re.sub(r"\D", "", asked))
            or (surname and surname in asked and (is_only or (name and name in asked)))
        ):
            found.append(each.pk)
    return SavedList.objects.filter(pk__in=found).delete()[0] if found else 0
