"""Who read the data of a record."""

from __future__ import annotations

from django.db.models import QuerySet

from services_api.parties.models import AccessLog


def reads_of(object_ref: str) -> QuerySet[AccessLog]:
    """Reads of one record ("case:<id>"), newest first."""
    return AccessLog.objects.filter(object_ref=object_ref)
