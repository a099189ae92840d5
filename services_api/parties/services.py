"""Recording parties and reads of their data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from services_api.parties.models import AccessLog, IdentityMethod, IdentitySession, Party

# Reloading a page or opening its second tab is one reading, not ten.
SAME_READING = timedelta(minutes=10)
# What stands for a name that is not kept any more.
NOBODY = "—"


@transaction.atomic
def record_person(
    *,
    surname: str,
    name: str,
    patronymic: str = "",
    email: str = "",
    phone: str = "",
    address: str = "",
    method: str = IdentityMethod.NONE,
) -> Party:
    """Record a person as they named themselves, with how they were identified. Raises ValidationError."""
    party = Party(
        kind=Party.Kind.PERSON,
        surname=surname,
        name=name,
        patronymic=patronymic,
        email=email,
        phone=phone,
        address=address,
    )
    return _record(party, method)


@transaction.atomic
def record_organisation(
    *, name: str, email: str = "", phone: str = "", address: str = "", method: str = IdentityMethod.NONE
) -> Party:
    """Record an organisation, with how it was identified. Raises ValidationError."""
    party = Party(kind=Party.Kind.ORGANISATION, organisation_name=name, email=email, phone=phone, address=address)
    return _record(party, method)


def _record(party: Party, method: str) -> Party:
    party.full_clean()
    party.save()
    IdentitySession.objects.create(party=party, method=method)
    return party


def log_read(
    *, actor_id: int | None, actor_label: str, purpose: str, object_ref: str, party: Party | None = None
) -> AccessLog:
    """Write down that somebody read personal data; a repeated reading within ten minutes is the same one.

    `actor_label` is name and position as of now, `object_ref` names the record ("case:<id>").
    """
    recent = AccessLog.objects.filter(
        actor_id=actor_id, object_ref=object_ref, purpose=purpose, at__gt=timezone.now() - SAME_READING
    ).first()
    if recent is not None:
        return recent
    return AccessLog.objects.create(
        actor_id=actor_id, actor_label=actor_label[:300], purpose=purpose[:200], object_ref=object_ref, party=party
    )


def log_reads(*, actor_id: int | None, actor_label: str, purpose: str, objects: Iterable[tuple[str, Party]]) -> None:
    """Write down that somebody read many records at once, as (object_ref, party); one line for each, one statement."""
    AccessLog.objects.bulk_create(
        [
            AccessLog(
                actor_id=actor_id, actor_label=actor_label[:300], purpose=purpose[:200], object_ref=ref, party=party
            )
            for ref, party in objects
        ],
        batch_size=1_000,
    )


def anonymise(party: Party) -> None:
    """Take everything out of a party that says who it is; that it was a person or an organisation stays."""
    party.surname = party.name = party.patronymic = party.organisation_name = ""
    if party.kind == Party.Kind.PERSON:
        party.surname = party.name = NOBODY
    else:
        party.organisation_name = NOBODY
    party.email = party.phone = party.address = ""
    party.save()
    party.identifiers.all().delete()
