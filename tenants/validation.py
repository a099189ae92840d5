"""What may become a community's host, slug and schema. Everything is refused before anything is created."""

from __future__ import annotations

import re

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.models import Community, Domain

# Text, or text that is translated when it is shown.
StrOrPromise = str | Promise

# Names that mean something to us, to PostgreSQL or to browsers.
RESERVED_SLUGS = frozenset(
    {
        "public",
        "template",
        "template-tenant",
        "information-schema",
        "root",
        "system",
        "test",
        "localhost",
        "ministry",
        "admin",
        "api",
        "app",
        "assets",
        "autodiscover",
        "cdn",
        "console",
        "docs",
        "ftp",
        "health",
        "help",
        "imap",
        "mail",
        "media",
        "mx",
        "ns",
        "ns1",
        "ns2",
        "smtp",
        "static",
        "status",
        "support",
        "wpad",
        "www",
    }
)
SLUG_LIMIT = 40
HOST_LIMIT = 253
_SLUG = re.compile(r"[a-z](?:-?[a-z0-9])*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ARMENIAN = re.compile(r"[ա-և]+(?:-[ա-և]+)*")


def refusal(field: str, message: StrOrPromise, code: str) -> ValidationError:
    """The error of one field, with a code that callers and tests may rely on."""
    return ValidationError({field: ValidationError(message, code=code)})  # type: ignore[arg-type]


def clean_slug(slug: str, *, field: str = "slug") -> str:
    """The short name in addresses, ready for use. Raises ValidationError for the field."""
    slug = slug.strip().lower()
    if not slug:
        raise refusal(field, _("Enter a short name, for example goris."), "required")
    if len(slug) > SLUG_LIMIT:
        raise refusal(
            field,
            _("The short name has %(length)d characters; at most %(limit)d are possible.")
            % {"length": len(slug), "limit": SLUG_LIMIT},
            "too_long",
        )
    if slug.startswith(("pg_", "pg-")) or slug in RESERVED_SLUGS:
        raise refusal(field, _("“%(slug)s” is reserved; choose another short name.") % {"slug": slug}, "reserved")
    if slug.startswith("xn--") or not _SLUG.fullmatch(slug):
        raise refusal(
            field,
            _("Use Latin letters, digits and single hyphens, beginning with a letter, for example nor-hachn."),
            "malformed",
        )
    return slug


def clean_host(host: str, *, field: str = "host", community: Community | None = None) -> str:
    """A host in its ASCII form, free and well-formed. Raises ValidationError for the field.

    An internationalised name may be purely Armenian; letters of several scripts in one label are how look-alike
    addresses are made, and are refused (Unicode TR 39, single script).
    """
    host = host.strip().lower().rstrip(".")
    if "://" in host or "/" in host or ":" in host or "@" in host:
        raise refusal(field, _("Enter only the host, for example goris.am, without http:// and port."), "malformed")
    labels = [_clean_label(label, field) for label in host.split(".")]
    host = ".".join(labels)
    if len(host) > HOST_LIMIT:
        raise refusal(field, _("The host is longer than 253 characters."), "too_long")
    if host == settings.BASE_DOMAIN and not (community and community.is_ministry):
        raise refusal(field, _("This host belongs to the ministry."), "reserved")
    if host.endswith("." + settings.BASE_DOMAIN):
        first = host[: -len(settings.BASE_DOMAIN) - 1]
        if "." in first:
            raise refusal(
                field, _("Only one name before .%(base)s is possible.") % {"base": settings.BASE_DOMAIN}, "malformed"
            )
        if first in RESERVED_SLUGS:
            raise refusal(field, _("“%(slug)s” is reserved; choose another host.") % {"slug": first}, "reserved")
    elif "." not in host and host != settings.BASE_DOMAIN:
        raise refusal(
            field, _("Enter a full host, for example goris.%(base)s.") % {"base": settings.BASE_DOMAIN}, "malformed"
        )
    taken = Domain.objects.filter(domain=host)
    if community and community.pk:
        taken = taken.exclude(tenant=community)
    if taken.exists():
        raise refusal(field, _("The host %(host)s is already taken.") % {"host": host}, "taken")
    return host


def _clean_label(label: str, field: str) -> str:
    if len(label) > 63:
        raise refusal(field, _("A part of the host is longer than 63 characters."), "too_long")
    text = label
    if label.startswith("xn--"):
        try:
            text = idna.decode(label)
        except idna.IDNAError as error:
            raise refusal(
                field, _("“%(label)s” is not a valid internationalised name.") % {"label": label}, "malformed"
            ) from error
    if text.isascii():
        if not _LABEL.fullmatch(text) or text.startswith("xn--"):
            raise refusal(field, _("“%(label)s” is not a valid part of a host.") % {"label": label}, "malformed")
        return text
    if not _ARMENIAN.fullmatch(text):
        raise refusal(
            field,
            _("“%(label)s” mixes alphabets or uses letters that look like others.") % {"label": text},
            "look_alike",
        )
    return idna.encode(text).decode("ascii")


def clean_email(email: str, *, field: str = "admin_email") -> str:
    """A usable e-mail address in lower case. Raises ValidationError for the field."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise refusal(
            field, _("Enter the e-mail address of the first administrator, for example name@goris.am."), "invalid"
        ) from error
    return email
