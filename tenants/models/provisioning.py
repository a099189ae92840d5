"""What the kernel remembers of its own long work, so that it can be shown, interrupted and resumed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TemplateBuild(models.Model):
    """A sealed template schema: its fingerprint and the SQL that replays it."""

    fingerprint = models.CharField(_("fingerprint of migrations and seeds"), max_length=64, unique=True)
    sql = models.TextField(_("SQL of a new tenant"))
    built_at = models.DateTimeField(_("built"), auto_now_add=True)
    seconds = models.FloatField(_("seconds it took"))

    class Meta:
        verbose_name = _("template build")
        verbose_name_plural = _("template builds")

    def __str__(self) -> str:
        return self.fingerprint[:12]


class Onboarding(models.Model):
    """What the ministry asked for when it connected a community: whom to invite. Tenants cannot read it."""

    community = models.OneToOneField(
        "tenants.Community", models.CASCADE, related_name="onboarding", verbose_name=_("community")
    )
    admin_email = models.EmailField(_("first administrator's e-mail"))
    admin_first_name = models.CharField(_("first administrator's name"), max_length=60, blank=True)
    admin_last_name = models.CharField(_("first administrator's surname"), max_length=60, blank=True)
    requested_by = models.CharField(_("requested by"), max_length=150, blank=True)
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)

    class Meta:
        verbose_name = _("onboarding")
        verbose_name_plural = _("onboardings")

    def __str__(self) -> str:
        return f"{self.community_id}: {self.admin_email}"


class ProvisioningStep(models.Model):
    """One step of connecting a community; idempotent, so a repeated one does no harm."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    community = models.ForeignKey(
        "tenants.Community", models.CASCADE, related_name="provisioning_steps", verbose_name=_("community")
    )
    name = models.CharField(_("step"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order of the step"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    message = models.TextField(_("message"), blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("provisioning step")
        verbose_name_plural = _("provisioning steps")
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="step_once_a_community")]

    def __str__(self) -> str:
        return f"{self.community_id}: {self.name}"


class FleetUpgrade(models.Model):
    """The last upgrade of one tenant: when, how, and why it failed."""

    community = models.OneToOneField(
        "tenants.Community", models.CASCADE, related_name="fleet_upgrade", verbose_name=_("community")
    )
    state = models.CharField(_("state"), max_length=8)
    method = models.CharField(_("method"), max_length=8, blank=True)
    message = models.TextField(_("message"), blank=True)
    finished_at = models.DateTimeField(_("finished"), auto_now=True)

    class Meta:
        verbose_name = _("fleet upgrade")
        verbose_name_plural = _("fleet upgrades")

    def __str__(self) -> str:
        return f"{self.community_id}: {self.state}"
