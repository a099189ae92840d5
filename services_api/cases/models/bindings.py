"""Who fills the functions of workflows: by procedure and settlement, a position or a queue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services_api.org.public import Position, Queue
from services_api.procedures.public import Procedure


class FunctionBinding(models.Model):
    """A function of workflows (գործառույթ) is filled by a position or by the members of a queue.

    Of several bindings that fit a case only the most particular count: procedure and settlement, then procedure, then
    settlement, then general. Without any, functions.py says who.
    """

    class Function(models.TextChoices):
        RECEIVER = "receiver", _("receives and assigns")
        EXECUTOR = "executor", _("answers")
        SIGNATORY = "signatory", _("signs")
        HEAD = "head", _("head of the community")

    function = models.CharField(_("function"), max_length=9, choices=Function)
    procedure = models.ForeignKey(
        Procedure, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("procedure"),
        help_text=_("Empty: every procedure."),
    )  # fmt: skip
    settlement = models.CharField(_("settlement"), max_length=100, blank=True, help_text=_("Empty: every settlement."))
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("position")
    )
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("queue"))

    class Meta:
        ordering = ["procedure__position", "settlement", "function", "id"]
        verbose_name = _("function of a workflow")
        verbose_name_plural = _("functions of workflows")
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=False, queue__isnull=True) | Q(position__isnull=True, queue__isnull=False),
                name="function_is_of_a_position_or_a_queue",
                violation_error_message=_("Choose a position or a queue, one of the two."),
            ),
            models.UniqueConstraint(
                fields=["function", "procedure", "settlement", "position", "queue"], nulls_distinct=False,
                name="function_bound_once", violation_error_message=_("This function is bound so already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_function_display()}: {self.position or self.queue}"
