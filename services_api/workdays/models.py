"""Days that the Government moves: the only part of the calendar that somebody edits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from tenants import generations

CALENDAR_STAMP = "workdays"
_listeners: list[Callable[[], object]] = []


def when_calendar_changes(listener: Callable[[], object]) -> None:
    """Call this function after every committed change of the moved days (layers: cases are above)."""
    _listeners.append(listener)


class CalendarException(models.Model):
    """A day that is worked or off against the usual order, by a decision of the Government."""

    class Kind(models.TextChoices):
        WORKED = "worked", _("worked")
        OFF = "off", _("off")

    tenant_rights = "SELECT"

    date = models.DateField(_("date"), unique=True, help_text=_("The day that differs from the usual week."))
    kind = models.CharField(
        _("kind"),
        max_length=6,
        choices=Kind,
        help_text=_("Worked: a weekend or holiday that is worked. Off: a day off."),
    )
    legal_basis = models.CharField(
        _("legal basis"), max_length=300, help_text=_("The decision that moved the day, with its number and date.")
    )

    class Meta:
        ordering = ["date"]
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["worked", "off"]), name="moved_day_is_worked_or_off"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}: {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        _announce_change()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        _announce_change()
        return deleted


def _announce_change() -> None:
    """Every process rereads the calendar; not before the change can be seen by it."""
    transaction.on_commit(partial(generations.bump, CALENDAR_STAMP))
    for listener in _listeners:
        transaction.on_commit(listener, robust=True)
