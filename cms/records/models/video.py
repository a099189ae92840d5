"""Videos: sessions of the council, and others. Nothing is loaded from another site before a click."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.records.models.base import RegisterRecord


class Video(RegisterRecord):
    """A recording or a live broadcast, by link or as a file of our own."""

    class Kind(models.TextChoices):
        SESSION = "session", _("session of the council")
        EVENT = "event", _("event in the community")
        OTHER = "other", _("other video")

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
    is_live = models.BooleanField(_("live broadcast"), default=False)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)

    class Meta(RegisterRecord.Meta):
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        constraints = [
            *RegisterRecord.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(link="") | Q(file__isnull=False), name="video_has_link_or_file",
                violation_error_message=_("Give the address of the video or a file."),
            ),
        ]  # fmt: skip
