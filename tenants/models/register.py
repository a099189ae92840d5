"""Communities, their hosts and their settlements.

`tenant_rights` on a model of the register says what the roles of tenants may do with its table; without it, nothing
(`tenants.roles` turns it into grants).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin


def _in_language(names: dict[str, str], language: str | None) -> str:
    code = (language or get_language() or "hy").split("-")[0]
    return names.get(code) or names["hy"]


class TrilingualName(models.Model):
    """A name in Armenian, English and Russian."""

    name_hy = models.CharField(_("name in Armenian"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100, blank=True)

    class Meta:
        abstract = True

    def name(self, language: str | None = None) -> str:
        """The name in a language (default: the active one); Armenian where that one is missing."""
        return _in_language({"hy": self.name_hy, "en": self.name_en, "ru": self.name_ru}, language)


class Marz(TrilingualName):
    """A province (մարզ): ISO 3166-2 and the two digits of the national classifier."""

    tenant_rights = "SELECT"

    code = models.CharField(_("classifier code"), max_length=2, unique=True)
    iso = models.CharField(_("ISO 3166-2 code"), max_length=5, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("province")
        verbose_name_plural = _("provinces")

    def __str__(self) -> str:
        return self.name()


class CommunityQuerySet(models.QuerySet["Community"]):
    def municipalities(self) -> CommunityQuerySet:
        return self.filter(kind=Community.Kind.MUNICIPALITY)

    def live(self) -> CommunityQuerySet:
        """Those whose website answers."""
        return self.filter(status=Community.Status.ACTIVE)

    def with_schema(self) -> CommunityQuerySet:
        """Those whose schema exists: upgrades and backups reach them, whether they are served or not."""
        return self.filter(status__in=[Community.Status.ACTIVE, Community.Status.SUSPENDED, Community.Status.ARCHIVED])


class Community(TenantMixin, TrilingualName):
    """A community (համայնք), or the ministry: whoever has a hostname of its own (decision 1)."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("community")
        MINISTRY = "ministry", _("ministry")

    class Status(models.TextChoices):
        DRAFT = "draft", _("not connected")
        PROVISIONING = "provisioning", _("being connected")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        ARCHIVED = "archived", _("archived")

    tenant_rights = "SELECT"
    auto_create_schema = False
    auto_drop_schema = False

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MUNICIPALITY)
    code = models.CharField(
        _("classifier code"),
        max_length=8,
        unique=True,
        null=True,
        blank=True,
        help_text=_("Eight digits of the classifier of administrative units, for example 09005000."),
    )
    slug = models.CharField(
        _("short name in addresses"),
        max_length=40,
        unique=True,
        help_text=_("Latin letters, digits and hyphens; it becomes the host, for example meghri."),
    )
    name_hy_genitive = models.CharField(
        _("Armenian genitive"), max_length=100, help_text=_("As in «Մեղրու համայնքապետարան».")
    )
    marz = models.ForeignKey(Marz, models.PROTECT, null=True, blank=True, verbose_name=_("province"))
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_date = models.DateField(_("date of the population figure"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    status_reason = models.CharField(_("reason of the status"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    activated_at = models.DateTimeField(_("connected"), null=True, blank=True)
    last_activity_at = models.DateTimeField(_("last activity"), null=True, blank=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["code", "slug"]
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[a-z](-?[a-z0-9])*$"), name="community_slug_is_a_host_label"
            ),
            models.CheckConstraint(
                condition=models.Q(code__isnull=True) | models.Q(code__regex=r"^[0-9]{8}$"),
                name="community_code_has_eight_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name()

    @property
    def is_ministry(self) -> bool:
        return self.kind == self.Kind.MINISTRY

    @property
    def genitive(self) -> str:
        """The Armenian genitive, for headings such as «Մեղրու համայնքապետարան»."""
        return self.name_hy_genitive or self.name_hy

    def primary_host(self) -> str:
        """The host without port, empty before provisioning."""
        domain = next((d for d in self.domains.all() if d.is_primary), None)
        return domain.domain if domain else ""


class Domain(DomainMixin):
    """A host of a community. An own domain counts only after its owner has proved it by a DNS TXT record."""

    tenant_rights = "SELECT"

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("primary")
        ALIAS = "alias", _("alias, redirected")
        OWN = "own", _("own domain")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PRIMARY)
    token = models.CharField(_("proof token"), max_length=64, blank=True)
    verified_at = models.DateTimeField(_("proved"), null=True, blank=True)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(is_primary=True), name="one_primary_host_a_community"
            )
        ]

    @property
    def is_served(self) -> bool:
        """False for an own domain that nobody has proved yet."""
        return self.kind != self.Kind.OWN or self.verified_at is not None


class Settlement(TrilingualName):
    """A settlement (բնակավայր) of a community."""

    tenant_rights = "SELECT"

    class Kind(models.TextChoices):
        TOWN = "town", _("town")
        VILLAGE = "village", _("village")

    community = models.ForeignKey(Community, models.CASCADE, related_name="settlements", verbose_name=_("community"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.VILLAGE)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_date = models.DateField(_("date of the population figure"), null=True, blank=True)

    class Meta:
        ordering = ["community", "kind", "name_hy"]
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [models.UniqueConstraint(fields=["community", "name_hy"], name="settlement_once_a_community")]

    def __str__(self) -> str:
        return self.name()
