"""Further hosts of a community: aliases that lead to the primary one, and own domains proved by a DNS record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from secrets import token_urlsafe

import dns.exception
import dns.resolver
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from console.models import Action
from console.services import record
from tenants import hosts
from tenants.context import register
from tenants.models import Community, Domain
from tenants.validation import clean_host

RECORD_PREFIX = "_hamaynk"
VALUE_PREFIX = "hamaynk="
# Whole time of one check, retries included: a person waits for the page.
LOOKUP_SECONDS = 5.0


class Result(Enum):
    """What the DNS says about a proof."""

    PROVED = "proved"
    NO_RECORD = "no_record"
    OTHER_VALUE = "other_value"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer of a check, and the values found where they differ from the one expected."""

    result: Result
    found: tuple[str, ...] = ()


def record_name(domain: Domain) -> str:
    """Name of the TXT record that proves a domain."""
    return f"{RECORD_PREFIX}.{domain.domain}"


def record_value(domain: Domain) -> str:
    """Value of the TXT record that proves a domain."""
    return VALUE_PREFIX + domain.token


def add_host(community: Community, user: AbstractUser, host: str, kind: str) -> Domain:
    """Add an alias, or an own domain with its proof token. Raises ValidationError for the field `host`."""
    with register():
        host = clean_host(host)
        own = kind == Domain.Kind.OWN
        domain = Domain.objects.create(
            tenant=community, domain=host, is_primary=False, kind=kind, token=token_urlsafe(24) if own else ""
        )
    hosts.forget()
    record(Action.Kind.ADD_HOST, community, user, host)
    return domain


def verify_domain(domain: Domain, user: AbstractUser, resolver: dns.resolver.Resolver | None = None) -> Check:
    """Ask the DNS for the proof of an own domain and open the domain when it is there. Never raises for the DNS."""
    check = look_up(domain, resolver)
    if check.result is Result.PROVED and domain.verified_at is None:
        with register():
            Domain.objects.filter(pk=domain.pk).update(verified_at=timezone.now())
        hosts.forget()
        record(Action.Kind.PROVE_HOST, domain.tenant, user, domain.domain)
    return check


def look_up(domain: Domain, resolver: dns.resolver.Resolver | None = None) -> Check:
    """What the DNS says now, within LOOKUP_SECONDS."""
    try:
        resolver = resolver or dns.resolver.Resolver()
        answer = resolver.resolve(record_name(domain), "TXT", lifetime=LOOKUP_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return Check(Result.NO_RECORD)
    except (dns.exception.DNSException, OSError):
        return Check(Result.NO_ANSWER)
    values = tuple(b"".join(text.strings).decode("utf-8", "replace").strip() for text in answer)
    if record_value(domain) in values:
        return Check(Result.PROVED)
    return Check(Result.OTHER_VALUE, values)


def remove_host(domain: Domain, user: AbstractUser) -> None:
    """Remove an alias or an own domain; the primary host stays."""
    if domain.is_primary:
        raise ValidationError(_("The primary host cannot be removed."))
    with register():
        Domain.objects.filter(pk=domain.pk, is_primary=False).delete()
    hosts.forget()
    record(Action.Kind.REMOVE_HOST, domain.tenant, user, domain.domain)
