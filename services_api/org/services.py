"""Appointing people to positions and ending it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from services_api.org.models import Appointment, Position


@transaction.atomic
def appoint(user: Any, position: Position, valid_from: date, valid_to: date | None = None) -> Appointment:
    """Appoint a person; idempotent for the same first day. Raises ValidationError (dates, held already)."""
    appointment = Appointment.objects.filter(user=user, position=position, valid_from=valid_from).first()
    if appointment is None:
        appointment = Appointment(user=user, position=position, valid_from=valid_from)
    appointment.valid_to = valid_to
    appointment.full_clean()
    appointment.save()
    return appointment


def end_appointment(appointment: Appointment, last_day: date) -> Appointment:
    """End an appointment; `last_day` still belongs to it. Raises ValidationError."""
    appointment.valid_to = last_day
    appointment.full_clean()
    appointment.save(update_fields=["valid_to"])
    return appointment
