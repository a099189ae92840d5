"""Django's own migrations for the schema that is chosen now.

django-tenants replaces the command `migrate` by one that walks over all tenants; the fleet upgrade does that better.
"""

from __future__ import annotations

import sysconfig
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class LibrariesFirst(MigrationExecutor):
    """Applies the libraries' migrations before ours, as far as they do not need ours.

    Django goes by the alphabet. Then the libraries' many small changes come after our models, and each of them makes
    Python build all models anew that lead to the changed one: a third of all the time.
    """

    def migration_plan(self, targets: Any, clean_start: bool = False) -> Any:
        """The plan of Django for the same targets in our order."""
        return super().migration_plan(
            sorted(targets, key=lambda target: (not _is_library(target[0]), *target)), clean_start
        )


def _is_library(label: str) -> bool:
    return Path(apps.get_app_config(label).path).is_relative_to(sysconfig.get_path("purelib"))


def migrate_current_schema() -> None:
    """Apply all migrations that are missing in the current tenant schema, each in its own transaction."""
    executor = LibrariesFirst(connection)
    executor.loader.check_consistent_history(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    before = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
    told: dict[str, Any] = {"verbosity": 0, "interactive": False, "db": connection.alias, "plan": plan}
    emit_pre_migrate_signal(apps=before.apps, **told)
    after = executor.migrate(targets, plan=plan, state=before.clone())
    # Who listens may use any model.
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(apps=after.apps, **told)


def migrate_register() -> None:
    """Apply the missing migrations of the register's own apps in schema `public`, and of no other app.

    A plain `migrate` there would record the tenants' migrations as applied without making their tables.
    """
    for config in apps.get_app_configs():
        if config.name in settings.SHARED_APPS:
            call_command(DjangoMigrate(), config.label, interactive=False, verbosity=0, skip_checks=True)
