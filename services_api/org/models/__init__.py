"""The data of the organisation: who there is, who works on what, who stands in for whom."""

from services_api.org.models.absences import Absence, Substitution
from services_api.org.models.queues import Queue
from services_api.org.models.units import Appointment, Confidentiality, OrgUnit, Position, in_language

__all__ = [
    "Absence",
    "Appointment",
    "Confidentiality",
    "OrgUnit",
    "Position",
    "Queue",
    "Substitution",
    "in_language",
]
