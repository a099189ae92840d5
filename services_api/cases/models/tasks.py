"""Tasks on a case: what colleagues are asked to do, give an opinion on, approve or sign, before the case goes on."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services_api.cases.models.case import Case
from services_api.org.public import Position, Queue


class TaskKind(models.TextChoices):
    """What is asked for (մակագրության տեսակ)."""

    EXECUTE = "execute", _("to execute")
    CO_EXECUTE = "co_execute", _("to execute together")
    OPINION = "opinion", _("to give an opinion")
    APPROVE = "approve", _("to approve")
    SIGN = "sign", _("to sign")
    REPORT = "report", _("to report")
    INFORM = "inform", _("to take note")


class TaskState(models.TextChoices):
    """How far it is. `planned` waits for the task before it in its group."""

    PLANNED = "planned", pgettext_lazy("task", "waits for its turn")
    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    RETURNED = "returned", pgettext_lazy("task", "returned to the issuer")
    REFUSED = "refused", pgettext_lazy("task", "refused")
    CANCELLED = "cancelled", pgettext_lazy("task", "cancelled")


# Somebody still has to do something.
UNFINISHED = (TaskState.PLANNED, TaskState.OPEN)


class TaskQuerySet(models.QuerySet["Task"]):
    def unfinished(self) -> TaskQuerySet:
        """Those that somebody still has to do."""
        return self.filter(state__in=UNFINISHED)


class Task(models.Model):
    """Something that one colleague asks of another about a case (մակագրություն).

    Tasks of one `group` belong together: the group is joined when `needed` of them are done (0: all of them). With
    an `order` they open one after another, without it all at once.
    """

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=10, choices=TaskKind)
    state = models.CharField(_("state"), max_length=9, choices=TaskState, default=TaskState.OPEN)
    issuer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("issuer")
    )
    issuer_label = models.CharField(
        _("who issued it"), max_length=300, blank=True, help_text=_("Name and position at that time.")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person"),
        help_text=_("Given to a position and whoever holds it, to a queue, or to a person without a position."),
    )  # fmt: skip
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("queue"))
    text = models.TextField(_("text"), blank=True)
    due_at = models.DateTimeField(_("to be done by"), null=True, blank=True)
    group = models.SlugField(_("group"), max_length=40, blank=True, help_text=_("Tasks that are joined together."))
    needed = models.PositiveSmallIntegerField(
        _("how many are needed"), default=0, help_text=_("Tasks of the group that have to be done; 0 means all.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("One after another; 0 means at once."))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of the task")
    )
    result = models.TextField(_("result"), blank=True)
    finished_by = models.CharField(
        _("who finished it"), max_length=300, blank=True, help_text=_("Name and position at that time.")
    )
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    finished_at = models.DateTimeField(pgettext_lazy("task", "finished"), null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["case", "group", "order", "id"]
        verbose_name = pgettext_lazy("case", "task")
        verbose_name_plural = pgettext_lazy("case", "tasks")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, position__isnull=True, queue__isnull=True)
                | Q(user__isnull=True, position__isnull=False, queue__isnull=True)
                | Q(user__isnull=True, position__isnull=True, queue__isnull=False),
                name="task_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "open"], finished_at__isnull=True)
                | Q(state__in=["done", "returned", "refused", "cancelled"], finished_at__isnull=False),
                name="task_finished_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(result=""), name="task_refusal_has_reasons"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], condition=Q(state="open"), name="task_open_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    def is_overdue(self, at: datetime | None = None) -> bool:
        """Not finished after its last moment."""
        return self.state in UNFINISHED and self.due_at is not None and (at or timezone.now()) > self.due_at
