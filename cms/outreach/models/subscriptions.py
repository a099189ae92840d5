"""Who wants to be written to, about what, and what was written already."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def active(self) -> SubscriberQuerySet:
        """Those who have confirmed their address."""
        return self.filter(confirmed_at__isnull=False)

    def with_topic(self, code: str) -> SubscriberQuerySet:
        return self.filter(topics__contains=[code])


class Subscriber(models.Model):
    """An address that asked to be written to (բաժանորդ). The row is deleted when it does not want to any more."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), help_text=_("The only thing that is known of the person."))
    language = models.CharField(_("language of the letters"), max_length=2, choices=settings.LANGUAGES)
    topics = models.JSONField(_("topics"), default=list)
    settlements = models.JSONField(
        _("settlements"),
        default=list,
        blank=True,
        help_text=_("Armenian names from the register; alerts of these only. None: of all."),
    )
    created_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    expires_at = models.DateTimeField(
        _("deleted unless confirmed by"),
        null=True,
        blank=True,
        help_text=_("An address that is not confirmed by then is deleted."),
    )

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="subscriber_once_an_address"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, expires_at__isnull=False)
                | Q(confirmed_at__isnull=False, expires_at__isnull=True),
                name="subscriber_waits_or_is_confirmed",
            ),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="subscriber_language_is_ours"),
            models.CheckConstraint(condition=~Q(topics=[]), name="subscriber_wants_something"),
        ]

    def __str__(self) -> str:
        # Never the address: this text gets into logs and messages.
        return str(self.uuid)


class Delivery(models.Model):
    """That an item was put into a letter to a subscriber; the constraint is what sends it at most once."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries", verbose_name=_("subscriber"))
    item = models.CharField(_("item"), max_length=80, help_text=_("Topic and key, for example news:<uuid>."))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["subscriber", "item"], name="delivery_at_most_once")]
        indexes = [models.Index(fields=["at"], name="delivery_by_age")]

    def __str__(self) -> str:
        return self.item


class DigestClock(models.Model):
    """When the next daily letters are due. One row while somebody is subscribed, so that one query finds who is due."""

    next_at = models.DateTimeField(_("next daily letters"))

    class Meta:
        verbose_name = _("clock of the daily letters")
        verbose_name_plural = _("clocks of the daily letters")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_digest_clock")]

    def __str__(self) -> str:
        return f"{self.next_at:%Y-%m-%d %H:%M}"
