"""Residents and organisations, and the log of every read of their data."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from tenants.append_only import AppendOnly
from tenants.sealing import unseal


class IdentityMethod(models.TextChoices):
    """How a person proved who they are. Only the first is in use; the others come with the connectors of identity."""

    NONE = "none", _("not proved")
    DESK = "desk", _("at the desk, by document")
    EID = "eid", _("identity card")
    MID = "mid", _("mobile identity")


class Party(models.Model):
    """A person or an organisation that asks, complains, pays (դիմող)."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PERSON)
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    patronymic = models.CharField(
        _("patronymic"), max_length=100, blank=True, help_text=_("The father's name in the genitive, as in Աշոտի.")
    )
    organisation_name = models.CharField(_("name of the organisation"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True, region="AM")
    address = models.CharField(_("address"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(kind="person") & ~models.Q(surname="") & ~models.Q(name="")
                    | models.Q(kind="organisation") & ~models.Q(organisation_name="")
                ),
                name="party_has_the_name_of_its_kind",
                violation_error_message=_("A person needs a surname and a name, an organisation its name."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """As in registers: surname, name, patronymic; or the organisation's name."""
        if self.kind == self.Kind.ORGANISATION:
            return self.organisation_name
        return " ".join(part for part in (self.surname, self.name, self.patronymic) if part)


class Identifier(models.Model):
    """A number of a party in a register of the state: sealed, and found by a keyed digest (ADR 0027)."""

    class Scheme(models.TextChoices):
        PSN = "psn", _("number of public services (PSN)")
        CERTIFICATE = "certificate", _("certificate of having no public services number")
        TIN = "tin", _("taxpayer number")
        PASSPORT = "passport", _("passport")

    party = models.ForeignKey(Party, models.CASCADE, related_name="identifiers", verbose_name=_("party"))
    scheme = models.CharField(_("kind of number"), max_length=11, choices=Scheme)
    sealed = models.TextField(
        _("sealed number"), editable=False, help_text=_("Opens with the keys of the installation.")
    )
    digest = models.CharField(
        _("digest"), max_length=64, editable=False, db_index=True, help_text=_("Keyed; the number is found by it.")
    )
    created_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["party", "scheme"]
        verbose_name = _("number of a party")
        verbose_name_plural = _("numbers of parties")
        constraints = [
            models.UniqueConstraint(fields=["party", "scheme", "digest"], name="identifier_once_a_party"),
            models.CheckConstraint(
                condition=models.Q(scheme__in=["psn", "certificate", "tin", "passport"]),
                name="identifier_scheme_is_known",
            ),
            # A number in clear can never be written by mistake: a seal begins with its format.
            models.CheckConstraint(condition=models.Q(sealed__startswith="1."), name="identifier_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} ({self.party})"

    @property
    def number(self) -> str:
        """The number in clear; whoever asks logs the reading. Raises tenants.sealing.CannotOpen."""
        return unseal(self.sealed)


class IdentitySession(models.Model):
    """How a party was identified when it acted."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="identity_sessions", verbose_name=_("party"))
    method = models.CharField(_("method"), max_length=8, choices=IdentityMethod, default=IdentityMethod.NONE)
    at = models.DateTimeField(_("moment"), auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("identification")
        verbose_name_plural = _("identifications")

    def __str__(self) -> str:
        return f"{self.get_method_display()} ({self.at:%d.%m.%Y %H:%M})"


class AccessLog(AppendOnly):
    """One read of personal data by a member of staff; the resident may see it."""

    # Not a foreign key: the log outlives the account, and its line says who it was at that time.
    actor_id = models.BigIntegerField(_("account of the reader"), null=True)
    actor_label = models.CharField(
        _("reader"), max_length=300, help_text=_("Name and position at the time of reading.")
    )
    purpose = models.CharField(_("purpose"), max_length=200)
    object_ref = models.CharField(
        _("what was read"), max_length=120, db_index=True, help_text=_("For example case:<id>.")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="access_log", verbose_name=_("whose data")
    )
    at = models.DateTimeField(_("moment"), auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("read of personal data")
        verbose_name_plural = _("reads of personal data")

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M} {self.actor_label}: {self.object_ref}"
