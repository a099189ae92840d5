"""Answers in the database: the numbers of people and organisations in them are sealed where they lie."""

from __future__ import annotations

from typing import Any

from django.db import models

from services_api.parties.public import identifiers


class SealedAnswersField(models.JSONField):
    """A JSON field of answers. Python sees them in clear, the database never does (ADR 0027).

    What is written is sealed at the last moment, whichever way it is written (save, update, bulk); what is read is
    opened. Reading raises tenants.sealing.CannotOpen with a wrong key: nothing is shown instead of something wrong.
    """

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return identifiers.opened(super().from_db_value(value, expression, connection))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(identifiers.sealed(value), connection)

    def deconstruct(self) -> Any:
        """The column is an ordinary one; a migration sees what lies in it."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
