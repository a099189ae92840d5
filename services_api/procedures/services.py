"""Publishing and withdrawing versions."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from services_api.procedures.models import Procedure, ProcedureVersion, VersionIsImmutable


@transaction.atomic
def draft_version(procedure: Procedure, **content: object) -> ProcedureVersion:
    """A new draft with the next number. `content`: valid_from, form, workflow, clock, texts. Raises ValidationError."""
    Procedure.objects.select_for_update().get(pk=procedure.pk)  # two drafts at once must not get one number
    last = ProcedureVersion.objects.filter(procedure=procedure).order_by("-number").first()
    version = ProcedureVersion(procedure=procedure, number=last.number + 1 if last else 1, **content)
    version.save()
    return version


@transaction.atomic
def publish(version: ProcedureVersion) -> ProcedureVersion:
    """Publish a draft: from now on it cannot change. Raises ValidationError, VersionIsImmutable unless a draft."""
    version = ProcedureVersion.objects.select_for_update().select_related("procedure").get(pk=version.pk)
    if version.state != ProcedureVersion.State.DRAFT:
        raise VersionIsImmutable(f"{version.procedure.code}, version {version.number}")
    version.state = ProcedureVersion.State.PUBLISHED
    version.published_at = timezone.now()
    version.validate_constraints()
    version.save()
    return version


@transaction.atomic
def withdraw(version: ProcedureVersion) -> ProcedureVersion:
    """Take a published version out of use; cases that began with it go on. VersionIsImmutable unless published."""
    version = ProcedureVersion.objects.select_for_update().select_related("procedure").get(pk=version.pk)
    if version.state != ProcedureVersion.State.PUBLISHED:
        raise VersionIsImmutable(f"{version.procedure.code}, version {version.number}")
    version.state = ProcedureVersion.State.WITHDRAWN
    version.withdrawn_at = timezone.now()
    version.save()
    return version
