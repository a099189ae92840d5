"""Django's own `migrate` for the schema that is chosen now.

django-tenants replaces the command by one that walks over all tenants; the fleet upgrade does that better.
"""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate


def migrate_current_schema() -> None:
    """Apply all migrations that are missing in the current tenant schema, each in its own transaction."""
    call_command(DjangoMigrate(), interactive=False, verbosity=0, skip_checks=True)


def migrate_register() -> None:
    """Apply the missing migrations of the register's own apps in schema `public`, and of no other app.

    A plain `migrate` there would record the tenants' migrations as applied without making their tables.
    """
    for config in apps.get_app_configs():
        if config.name in settings.SHARED_APPS:
            call_command(DjangoMigrate(), config.label, interactive=False, verbosity=0, skip_checks=True)
