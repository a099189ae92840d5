"""What the community buys, owns, sells and lets; whom it hires."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.records.models.base import RegisterRecord, amount_field, never_negative
from cms.trilingual import trilingual_line, trilingual_text


class Procurement(RegisterRecord):
    """A step of public procurement: plan, notice, contract, result. The full file is on procurement.am / armeps.am."""

    class Stage(models.TextChoices):
        PLAN = "plan", _("procurement plan")
        NOTICE = "notice", _("notice of a procurement")
        CONTRACT = "contract", _("contract")
        RESULT = "result", _("result of a procurement")

    stage = models.CharField(_("stage"), max_length=8, choices=Stage, default=Stage.NOTICE)
    code = models.CharField(
        _("procedure code"),
        max_length=60,
        blank=True,
        help_text=_("As on procurement.am, for example ՍՄՄՀ-ԳՀԱՊՁԲ-26/04."),
    )
    amount = amount_field(_("amount, AMD"), null=True, help_text=_("Planned, estimated or contracted, by the stage."))
    supplier = models.CharField(
        _("supplier"), max_length=200, blank=True, help_text=_("The name of the organisation, as in the contract.")
    )
    deadline = models.DateTimeField(_("offers are taken until"), null=True, blank=True)
    contract_from = models.DateField(_("contract from"), null=True, blank=True)
    contract_to = models.DateField(_("contract to"), null=True, blank=True)
    link = models.URLField(_("page on procurement.am"), blank=True)
    file = models.ForeignKey(
        "cms.SiteDocument", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta(RegisterRecord.Meta):
        verbose_name = _("procurement")
        verbose_name_plural = _("procurements")
        constraints = [
            *RegisterRecord.Meta.constraints,
            *never_negative("amount", prefix="procurement"),
            models.CheckConstraint(
                condition=Q(contract_to__isnull=True) | Q(contract_to__gte=F("contract_from")),
                name="contract_ends_after_it_begins",
                violation_error_message=_("The contract ends before it begins."),
            ),
        ]

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether offers are still taken."""
        return self.stage == self.Stage.NOTICE and self.deadline is not None and self.deadline > (now or timezone.now())


class Property(RegisterRecord):
    """Land, a building or movables of the community (համայնքի սեփականություն)."""

    class Kind(models.TextChoices):
        LAND = "land", _("land")
        BUILDING = "building", _("building or rooms")
        VEHICLE = "vehicle", _("vehicle or machine")
        OTHER = "other", _("other property")

    class State(models.TextChoices):
        USED = "used", _("used by the community")
        LEASED = "leased", _("leased")
        FREE_USE = "free_use", _("given for free use")
        VACANT = "vacant", _("not used")
        SOLD = "sold", _("sold")

    kind = models.CharField(_("kind of property"), max_length=8, choices=Kind, default=Kind.BUILDING)
    state = models.CharField(_("state of the property"), max_length=8, choices=State, default=State.USED)
    settlement = models.ForeignKey(
        "records.SettlementCard", models.SET_NULL, null=True, blank=True, related_name="properties",
        verbose_name=_("settlement"),
    )  # fmt: skip
    address_hy, address_en, address_ru = trilingual_line(_("address"), 200)
    area = models.DecimalField(_("area, m²"), max_digits=12, decimal_places=2, null=True, blank=True)
    use_hy, use_en, use_ru = trilingual_line(_("use"), 200)
    cadastre_code = models.CharField(_("cadastre code"), max_length=40, blank=True)

    class Meta(RegisterRecord.Meta):
        ordering = ["kind", "title_hy"]
        verbose_name = _("property of the community")
        verbose_name_plural = _("property of the community")
        constraints = [*RegisterRecord.Meta.constraints, *never_negative("area", prefix="property")]


class Auction(RegisterRecord):
    """A sale or lease of property by auction or competition. Names of winners who are private persons are not kept."""

    class Kind(models.TextChoices):
        SALE = "sale", _("sale")
        LEASE = "lease", _("lease")

    kind = models.CharField(_("kind of auction"), max_length=8, choices=Kind, default=Kind.SALE)
    property = models.ForeignKey(
        Property, models.SET_NULL, null=True, blank=True, related_name="auctions", verbose_name=_("property")
    )
    deadline = models.DateTimeField(_("applications are taken until"))
    held_at = models.DateTimeField(_("auction takes place"), null=True, blank=True)
    place_hy, place_en, place_ru = trilingual_line(_("place of the auction"), 200)
    starting_price = amount_field(_("starting price, AMD"), null=True)
    deposit = amount_field(_("deposit, AMD"), null=True)
    final_price = amount_field(_("final price, AMD"), null=True)
    result_hy, result_en, result_ru = trilingual_line(
        _("result of the auction"),
        help_text=_("Sold, not held, cancelled: with the reason. No names of private persons."),
    )
    azdarar_link = models.URLField(
        _("notice on azdarar.am"), blank=True, help_text=_("The state's site of public notifications.")
    )
    file = models.ForeignKey(
        "cms.SiteDocument", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta(RegisterRecord.Meta):
        ordering = ["-deadline", "-pk"]
        verbose_name = _("auction")
        verbose_name_plural = _("auctions")
        constraints = [
            *RegisterRecord.Meta.constraints,
            *never_negative("starting_price", "deposit", "final_price", prefix="auction"),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(held_at__gte=F("deadline")),
                name="auction_after_its_deadline",
                violation_error_message=_("The auction takes place before the deadline of applications."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.held_at and self.deadline and self.held_at < self.deadline:
            raise ValidationError({"held_at": _("The auction takes place before the deadline of applications.")})

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether applications are still taken."""
        return not self.result_hy and self.deadline > (now or timezone.now())


class Vacancy(RegisterRecord):
    """A vacant post of the community's staff and its competition (թափուր պաշտոն)."""

    unit = models.ForeignKey(
        "records.Body", models.SET_NULL, null=True, blank=True, related_name="vacancies", verbose_name=_("unit")
    )
    deadline = models.DateTimeField(_("applications are taken until"))
    held_at = models.DateTimeField(_("competition takes place"), null=True, blank=True)
    requirements_hy, requirements_en, requirements_ru = trilingual_text(_("requirements"))
    procedure_hy, procedure_en, procedure_ru = trilingual_text(
        _("how to apply"), help_text=_("Documents, where and when they are taken, whom to ask.")
    )
    salary = amount_field(_("monthly salary, AMD"), null=True)
    result_hy, result_en, result_ru = trilingual_line(_("result of the competition"))
    file = models.ForeignKey(
        "cms.SiteDocument", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("file"),
    )  # fmt: skip

    class Meta(RegisterRecord.Meta):
        ordering = ["-deadline", "-pk"]
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [*RegisterRecord.Meta.constraints, *never_negative("salary", prefix="vacancy")]

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether applications are still taken."""
        return not self.result_hy and self.deadline > (now or timezone.now())
