"""Publishing and withdrawing versions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from services_api.procedures.models import Procedure, ProcedureVersion, VersionIsImmutable
from services_api.procedures.simulation import check_examples


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
    """Publish a draft: from now on it cannot change. Its examples are run once more.

    Raises ValidationError (also for an example that breaks), VersionIsImmutable unless a draft.
    """
    version = ProcedureVersion.objects.select_for_update().select_related("procedure").get(pk=version.pk)
    if version.state != ProcedureVersion.State.DRAFT:
        raise VersionIsImmutable(f"{version.procedure.code}, version {version.number}")
    broken = check_examples(version.form, version.examples)
    if broken:
        raise ValidationError({"examples": broken})
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
