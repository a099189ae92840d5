"""Who holds which position on a day, who is away and who stands in."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

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
    held, filled = (
        Exists(each.order_by().filter(position=OuterRef("pk")))
        for each in (appointments_on(day), Substitution.objects.on(day))
    )
    return Position.objects.filter(held | filled, leads=True, unit__kind=OrgUnit.Kind.HEAD).exists()


def absences_between(first: date, last: date) -> QuerySet[Absence]:
    """Absences that touch the days from first to last, both included."""
    return Absence.objects.filter(valid_from__lte=last, valid_to__gte=first)


def substitutions_on(day: date) -> QuerySet[Substitution]:
    """Substitutions in force on a day, with their people."""
    return Substitution.objects.on(day).select_related("user", "absent").order_by("id")


def leaders_above(unit: int | None, day: date) -> list[set[int]]:
    """Accounts of those who lead a unit, then of those above it, from below: one set for each unit that somebody leads
    on a day. Whoever stands in for a leader is told with them. Three queries; none without a unit."""
    if unit is None:
        return []
    from services_api.org.seats import unit_tree

    way = unit_tree().above(unit)
    leading: dict[int, set[int]] = {}
    chosen = {"position__leads": True, "position__unit_id__in": way}
    rows: list[Appointment | Substitution] = list(appointments_on(day).filter(**chosen))
    rows += substitutions_on(day).filter(**chosen).select_related("position")
    for each in rows:
        leading.setdefault(each.position.unit_id, set()).add(each.user_id)
    return [leading[each] for each in way if each in leading]


def absent_on(day: date) -> set[int]:
    """Ids of the people who are away on a day."""
    return set(Absence.objects.on(day).values_list("user_id", flat=True))
