"""What the ministry shares, and what became of it in each community. Both lie in the register.

A community's role reads all that is shared and reads and writes its own deliveries only (row level security); the
ministry sees states, never a community's content.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.models import Community

MAX_ATTEMPTS = 6


class SharedItemQuerySet(models.QuerySet["SharedItem"]):
    def current(self, at: datetime | None = None) -> SharedItemQuerySet:
        """What is neither withdrawn nor over."""
        moment = at or timezone.now()
        return self.filter(withdrawn_at__isnull=True).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment))


class SharedItem(models.Model):
    """A news item, an alert or a page template of the ministry, as it was when it was shared last."""

    class Kind(models.TextChoices):
        NEWS = "news", _("news item")
        ALERT = "alert", _("alert")
        TEMPLATE = "template", _("page template")

    class Mode(models.TextChoices):
        LOCKED = "locked", _("shown, cannot be hidden")
        DISMISSIBLE = "dismissible", _("shown, may be hidden")
        ADAPT = "adapt", _("offered, to be adapted")

    tenant_rights = "SELECT"

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    mode = models.CharField(_("what communities may do"), max_length=11, choices=Mode)
    content = models.JSONField(
        _("content"),
        default=dict,
        help_text=_("By language: title, summary, body as blocks, address of the source."),
    )
    picture = models.JSONField(_("picture"), default=dict, blank=True, help_text=_("Of the ministry's own pictures."))
    source_page = models.PositiveBigIntegerField(_("page of the ministry"), null=True, blank=True)
    parent_key = models.UUIDField(_("place of a template in the tree"), null=True, blank=True)
    date = models.DateField(_("date"))
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    to_all = models.BooleanField(
        _("to all communities"), default=False, help_text=_("Communities that are connected later get it too.")
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    shared_at = models.DateTimeField(_("shared"), default=timezone.now)
    shared_by = models.CharField(_("shared by"), max_length=200)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = SharedItemQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "-pk"]
        verbose_name = _("shared item")
        verbose_name_plural = _("shared items")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="template") | Q(mode="adapt"), name="shared_template_is_to_be_adapted"
            ),
            models.CheckConstraint(condition=~Q(kind="alert", mode="adapt"), name="shared_alert_is_shown"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="shared_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.text("title")

    def text(self, name: str, language: str = "hy") -> str:
        """A part of the content in a language, "" where the ministry has not written it."""
        return str(self.content.get(language, {}).get(name, ""))

    @property
    def is_over(self) -> bool:
        return self.withdrawn_at is not None or (self.ends_at is not None and self.ends_at <= timezone.now())


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def with_work(self, at: datetime | None = None) -> DeliveryQuerySet:
        """What a worker has to do now in a community: bring, renew or take away."""
        states = Delivery.State
        waits = Q(item__withdrawn_at__isnull=True) & (
            Q(state=states.PENDING) | Q(state=states.SHOWN, version__lt=F("item__version"))
        )
        leaves = Q(item__withdrawn_at__isnull=False, state__in=[states.PENDING, states.SHOWN, states.OFFERED])
        return (
            self.exclude(item__kind=SharedItem.Kind.ALERT)
            .filter(waits | leaves, next_at__lte=at or timezone.now(), attempts__lt=MAX_ATTEMPTS)
            .order_by("next_at", "pk")
        )


class Delivery(models.Model):
    """One shared item in one community."""

    class State(models.TextChoices):
        PENDING = "pending", _("on its way")
        SHOWN = "shown", pgettext_lazy("shared item", "shown")
        OFFERED = "offered", _("offered")
        HIDDEN = "hidden", _("hidden by the community")
        ADAPTED = "adapted", _("taken over as a draft")
        WITHDRAWN = "withdrawn", _("withdrawn")

    tenant_rights = "SELECT, INSERT, UPDATE"

    item = models.ForeignKey(SharedItem, models.CASCADE, related_name="deliveries", verbose_name=_("shared item"))
    community = models.ForeignKey(
        Community, models.CASCADE, related_name="shared_deliveries", verbose_name=_("community")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PENDING)
    version = models.PositiveIntegerField(_("version"), default=0, help_text=_("Which version is there; 0: none."))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.CharField(_("changed by"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    problem = models.CharField(_("last error"), max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-item__shared_at", "community"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["item", "community"], name="shared_once_a_community")]
        indexes = [models.Index(fields=["state", "next_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.item} → {self.community}"

    @property
    def has_failed(self) -> bool:
        """True when the worker has given up; a button starts anew."""
        return self.attempts >= MAX_ATTEMPTS
