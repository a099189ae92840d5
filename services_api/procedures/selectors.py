"""Which versions are in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from services_api.procedures.models import Procedure, ProcedureVersion
from services_api.workdays.public import YEREVAN


def today() -> date:
    """The date in Asia/Yerevan."""
    return timezone.now().astimezone(YEREVAN).date()


def versions_in_force(on: date | None = None) -> QuerySet[ProcedureVersion]:
    """The version of each procedure that new cases follow on a day: the latest published one that has begun."""
    latest = (
        ProcedureVersion.objects.published()
        .filter(valid_from__lte=on or today())
        .order_by("procedure_id", "-valid_from")
        .distinct("procedure_id")
    )
    return (
        ProcedureVersion.objects.filter(pk__in=latest.values("pk"))
        .select_related("procedure")
        .order_by("procedure__position", "procedure__code")
    )


def version_in_force(code: str, on: date | None = None) -> ProcedureVersion | None:
    """The version that a new case of this procedure follows, None when it cannot be applied for."""
    return versions_in_force(on).filter(procedure__code=code).first()


def scopes() -> list[tuple[str, str]]:
    """What a substitution may be limited to: families first, then procedures, by their names."""
    families = [(f"family:{code}", str(label)) for code, label in Procedure.Family.choices]
    return families + [(f"procedure:{each.code}", each.name()) for each in Procedure.objects.all()]


def version_ids(tokens: Iterable[str]) -> QuerySet[ProcedureVersion, Any]:
    """Ids of all versions of what `procedure:<code>` and `family:<code>` name, as a subquery."""
    named = [each.partition(":") for each in sorted(tokens)]
    codes = [code for kind, _colon, code in named if kind == "procedure"]
    families = [code for kind, _colon, code in named if kind == "family"]
    chosen = Q(procedure__code__in=codes) | Q(procedure__family__in=families)
    return ProcedureVersion.objects.order_by().filter(chosen).values("pk")


def procedures_with_words(channel: str, message: str) -> list[str]:
    """Names of the procedures whose version in force has own words for a letter, in the order of the catalogue."""
    having = versions_in_force().filter(**{f"texts__messages__{channel}__has_key": message})
    return [each.procedure.name() for each in having.defer("form", "workflow", "texts", "examples", "clock")]
