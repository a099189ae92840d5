"""Who holds which position on a day, who is away and who stands in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from services_api.org.models import Absence, Appointment, OrgUnit, Position, Substitution


def appointments_on(day: date) -> QuerySet[Appointment]:
    """Appointments in force on a day (a date of Asia/Yerevan), with their people, positions and units."""
    return (
        Appointment.objects.filter(valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .select_related("user", "position__unit")
        .order_by("position__unit__position", "-position__can_sign", "position__title_hy", "pk")
    )


def chief_position_is_filled(day: date) -> bool:
    """Whether somebody leads the unit of the head on a day, or stands in there."""
    chief = Position.objects.filter(leads=True, unit__kind=OrgUnit.Kind.HEAD)
    return (
        appointments_on(day).filter(position__in=chief).exists()
        or Substitution.objects.on(day).filter(position__in=chief).exists()
    )


def absences_between(first: date, last: date, users: Iterable[int]) -> QuerySet[Absence]:
    """Absences of these people that touch the days from first to last, both included."""
    return Absence.objects.filter(user_id__in=list(users), valid_from__lte=last, valid_to__gte=first)


def substitutions_on(day: date) -> QuerySet[Substitution]:
    """Substitutions in force on a day, with their people."""
    return Substitution.objects.on(day).select_related("user", "absent").order_by("id")


def absent_on(day: date) -> set[int]:
    """Ids of the people who are away on a day."""
    return set(Absence.objects.on(day).values_list("user_id", flat=True))
