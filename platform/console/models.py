"""What the ministry did: the right to manage communities, and the list of what was done with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.Model):
    """One thing that somebody of the ministry did to a community. Rows are added and never changed.

    It names the community and the person in words: neither a community that was undone nor a colleague who left may
    take the record along.
    """

    class Kind(models.TextChoices):
        CONNECT = "connect", _("connection started")
        RETRY = "retry", _("connection tried again")
        UNDO = "undo", _("connection undone")
        SUSPEND = "suspend", _("suspended")
        RESUME = "resume", _("resumed")
        ARCHIVE = "archive", _("archived")
        INVITE = "invite", _("invitation sent again")
        ADD_HOST = "add_host", _("host added")
        PROVE_HOST = "prove_host", _("own domain proved")
        REMOVE_HOST = "remove_host", _("host removed")

    append_only = True

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.CharField(_("who"), max_length=200)
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    community_slug = models.CharField(_("community"), max_length=40, db_index=True)
    community_name = models.CharField(_("community's name"), max_length=100)
    detail = models.CharField(_("reason or detail"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("action of the ministry")
        verbose_name_plural = _("actions of the ministry")
        default_permissions = ()
        permissions = [("manage_communities", _("Can connect communities and manage them"))]

    def __str__(self) -> str:
        return f"{self.community_slug}: {self.kind}"
