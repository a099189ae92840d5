"""Who wants to hear of cases by program, and what their programs answered."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """What a program may hear of. The name of the CloudEvent is `am.hamaynk.case.<value>.v1`."""

    SUBMITTED = "submitted", _("an application came in")
    REGISTERED = "registered", _("a case was registered")
    MOVED = "moved", _("a case took a step")
    DECIDED = "decided", _("a case was decided")
    CLOSED = "closed", _("a case was closed")
    MESSAGE = "message", _("somebody wrote a letter in a case")


def new_nonce() -> str:
    """Chance that a secret is made of."""
    return secrets.token_hex(16)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def listening_to(self, types: list[str]) -> SubscriptionQuerySet:
        """Active ones that want to hear of any of these types."""
        return self.filter(state=Subscription.State.ACTIVE, events__overlap=types).order_by("pk")


class Subscription(models.Model):
    """An address that is told what happens to cases. The secret itself is kept nowhere: see `signing.secret_of`."""

    class State(models.TextChoices):
        ACTIVE = "active", _("works")
        PAUSED = "paused", _("paused")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, help_text=_("Which program listens, and whose it is."))
    url = models.URLField(
        _("address"), max_length=500, help_text=_("It begins with https:// and must be reached from the internet.")
    )
    events = ArrayField(models.CharField(max_length=12, choices=EventType), verbose_name=_("what it hears of"))
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.ACTIVE)
    nonce = models.CharField(_("chance of the secret"), max_length=32, default=new_nonce, editable=False)
    old_nonce = models.CharField(_("chance of the secret before"), max_length=32, blank=True, editable=False)
    old_until = models.DateTimeField(_("secret before is valid until"), null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    rest_until = models.DateTimeField(
        _("next attempt not before"), null=True, blank=True, editable=False,
        help_text=_("After a failure the address has a rest, so that one dead program does not hold up the letters."),
    )  # fmt: skip
    paused_at = models.DateTimeField(_("paused since"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("program that is told")
        verbose_name_plural = _("programs that are told")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="paused", paused_at__isnull=False) | Q(state="active", paused_at__isnull=True),
                name="webhook_paused_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(old_nonce="", old_until__isnull=True) | (~Q(old_nonce="") & Q(old_until__isnull=False)),
                name="webhook_old_secret_has_its_end",
            ),
            models.CheckConstraint(condition=Q(events__len__gte=1), name="webhook_hears_of_something"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    def event_labels(self) -> list[str]:
        """What it hears of, in words."""
        return [str(EventType(each).label) for each in self.events if each in EventType.values]


class Delivery(models.Model):
    """One attempt to tell a program, with its answer. The newest are kept, to be looked at."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries", verbose_name=_("program that is told")
    )
    event_id = models.CharField(_("event"), max_length=120)
    event_type = models.CharField(_("type of the event"), max_length=12)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True, help_text=_("The number of HTTP."))
    text = models.CharField(_("words of the answer"), max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("notice to a program")
        verbose_name_plural = _("notices to programs")
        indexes = [models.Index(fields=["subscription", "-id"], name="webhook_newest")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.status or '–'}"

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def valid_old_nonce(subscription: Subscription, at: datetime) -> str:
    """The chance of the secret before, while it is still good; otherwise ""."""
    until = subscription.old_until
    return subscription.old_nonce if until is not None and at < until else ""
