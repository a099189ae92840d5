"""Videos: sessions of the council, and others. Nothing is loaded from another site before a click."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.records.models.base import RecordQuerySet, RegisterRecord


class VideoQuerySet(RecordQuerySet):
    """Videos by the clock."""

    def sessions(self) -> VideoQuerySet:
        """Sessions of the council."""
        return self.filter(kind=Video.Kind.SESSION)

    def recorded(self, now: datetime) -> VideoQuerySet:
        """Those that nobody waits for any more, the newest first."""
        over = Q(is_live=False) | Q(live_to__lte=now)
        return self.filter(over).order_by("-date", "-pk")

    def awaited(self, now: datetime) -> VideoQuerySet:
        """Broadcasts that run or are announced: the one that runs first, then by their beginning."""
        rows = self.filter(is_live=True).exclude(live_to__lte=now)
        return rows.order_by(F("live_from").asc(nulls_first=True), "pk")


class Video(RegisterRecord):
    """A recording or a live broadcast, by link or as a file of our own."""

    class Kind(models.TextChoices):
        SESSION = "session", _("session of the council")
        EVENT = "event", _("event in the community")
        OTHER = "other", _("other video")

    class State(models.TextChoices):
        """Where a video stands by the clock; it follows from the times and is not stored."""

        ANNOUNCED = "announced", pgettext_lazy("broadcast", "announced")
        LIVE = "live", pgettext_lazy("broadcast", "live")
        RECORDED = "recorded", pgettext_lazy("broadcast", "recorded")

    kind = models.CharField(_("kind of video"), max_length=8, choices=Kind, default=Kind.SESSION)
    link = models.URLField(_("address of the video"), blank=True, help_text=_("On YouTube, Facebook or another site."))
    file = models.ForeignKey(
        "cms.SiteDocument", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("file"), help_text=_("An MP4 of our own, in place of a link."),
    )  # fmt: skip
    poster = models.ForeignKey(
        "cms.SiteImage", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("picture before the click"),
    )  # fmt: skip
    is_live = models.BooleanField(
        _("live broadcast"),
        default=False,
        db_default=False,
        help_text=_("Without times below it runs until the tick is taken away."),
    )
    live_from = models.DateTimeField(_("the broadcast begins"), null=True, blank=True)
    live_to = models.DateTimeField(
        _("the broadcast ends"), null=True, blank=True, help_text=_("After it the video stands among the recordings.")
    )
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)

    objects = VideoQuerySet.as_manager()  # type: ignore[misc]

    class Meta(RegisterRecord.Meta):
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(link="") | Q(file__isnull=False), name="video_has_link_or_file",
                violation_error_message=_("Give the address of the video or a file."),
            ),
            models.CheckConstraint(
                condition=Q(live_from__isnull=True, live_to__isnull=True)
                | Q(is_live=True, live_from__isnull=False, live_to__isnull=False, live_to__gt=F("live_from")),
                name="video_live_times",
                violation_error_message=_("A broadcast has both times, and ends after it begins."),
            ),
        ]  # fmt: skip

    def clean(self) -> None:
        """Both times or none, in their order, of a broadcast only."""
        super().clean()
        if bool(self.live_from) != bool(self.live_to) or (
            self.live_from and self.live_to and self.live_to <= self.live_from
        ):
            raise ValidationError({"live_to": _("A broadcast has both times, and ends after it begins.")})
        if self.live_from and not self.is_live:
            raise ValidationError({"is_live": _("Times are given for a live broadcast only.")})

    def state(self, now: datetime) -> State:
        """Whether it is announced, runs, or is a recording at a moment (aware)."""
        if not self.is_live or (self.live_to and now >= self.live_to):
            return self.State.RECORDED
        return self.State.ANNOUNCED if self.live_from and now < self.live_from else self.State.LIVE


def next_change(videos: Any, now: datetime) -> datetime | None:
    """When one of the videos begins or ends; None when no clock changes them."""
    moments = (moment for video in videos for moment in (video.live_from, video.live_to))
    return min((moment for moment in moments if moment and moment > now), default=None)
