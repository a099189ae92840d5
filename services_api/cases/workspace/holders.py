"""Tells the editor of workflows who fills its functions in this community."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from services_api.cases.models import FunctionBinding
from services_api.procedures.public import Holding, Holdings, holders_by


@holders_by
def holdings(procedure: str) -> Holdings:
    """The bindings that count for a procedure: its own and the general ones; one query."""
    found = FunctionBinding.objects.filter(Q(procedure__isnull=True) | Q(procedure__code=procedure))
    found = found.select_related("position__unit", "queue__unit").order_by("function", "settlement", "id")
    return Holdings(
        [Holding(each.function, str(each.position or each.queue), each.settlement) for each in found],
        reverse("case_functions:index"),
    )
