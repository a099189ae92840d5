"""Rows that are written once: events, decisions, the log of reads.

The tenant's role has no right to change them either: `tenants.roles` looks for `append_only` on the model.
"""

from __future__ import annotations

from typing import Any

from django.db import models


class NotChangeable(Exception):
    """A row of an append-only table was about to be changed or removed."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads and insertions only; the tenant's role has no other right on the table either (tenants.roles)."""

    def update(self, **kwargs: Any) -> int:
        raise NotChangeable

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NotChangeable


class AppendOnly(models.Model):
    """A row that is written once."""

    append_only = True

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NotChangeable
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NotChangeable
