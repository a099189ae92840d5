"""Django's connection under the type of our backend, so that type checkers know of tenants and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import connection as django_connection

if TYPE_CHECKING:
    from tenants.backend.base import DatabaseWrapper

connection = cast("DatabaseWrapper", django_connection)
