"""What other rooms may use of the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services_api.org import selectors
from services_api.org.models import Absence, Appointment, Confidentiality, OrgUnit, Position, Queue, Substitution
from services_api.org.scopes import offer_scopes
from services_api.org.seats import Reach, Seat, UnitTree, reach_of_position, reach_of_queue, seats_of, unit_tree
from services_api.org.selectors import (
    absences_between,
    absent_on,
    appointments_on,
    chief_position_is_filled,
    leaders_above,
    substitutions_on,
)
from services_api.org.services import appoint, end_appointment
from services_api.org.workspace.screens import offer_screen

__all__ = [
    "Absence",
    "Appointment",
    "Confidentiality",
    "Officer",
    "OrgUnit",
    "Position",
    "Queue",
    "Reach",
    "Seat",
    "Substitution",
    "UnitTree",
    "absences_between",
    "absent_on",
    "appoint",
    "appointments_on",
    "chief_position_is_filled",
    "end_appointment",
    "leaders_above",
    "offer_scopes",
    "offer_screen",
    "officer",
    "officers",
    "reach_of_position",
    "reach_of_queue",
    "seats_of",
    "substitutions_on",
    "unit_tree",
]


@dataclass(frozen=True)
class Officer:
    """A person in a position, in the language asked for."""

    user_id: int
    name: str
    title: str
    unit: str
    unit_id: int
    position_id: int
    can_sign: bool


def officers(day: date, language: str | None = None) -> list[Officer]:
    """Everybody appointed on a day (a date of Asia/Yerevan), unit by unit; one entry per position held."""
    return [_officer(each, language) for each in selectors.appointments_on(day)]


def officer(user_id: int, day: date, language: str | None = None) -> Officer | None:
    """The first position a person holds on a day, None without one."""
    found = selectors.appointments_on(day).filter(user_id=user_id).first()
    return _officer(found, language) if found else None


def _officer(appointment: Appointment, language: str | None) -> Officer:
    position = appointment.position
    return Officer(
        user_id=appointment.user_id,
        name=appointment.user.get_full_name() or str(appointment.user),
        title=position.title(language),
        unit=position.unit.name(language),
        unit_id=position.unit_id,
        position_id=position.pk,
        can_sign=position.can_sign,
    )
