"""Who holds which position on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from services_api.org.models import Appointment


def appointments_on(day: date) -> QuerySet[Appointment]:
    """Appointments in force on a day (a date of Asia/Yerevan), with their people, positions and units."""
    return (
        Appointment.objects.filter(valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .select_related("user", "position__unit")
        .order_by("position__unit__position", "-position__can_sign", "position__title_hy", "pk")
    )
