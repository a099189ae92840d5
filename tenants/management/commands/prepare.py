"""`manage.py prepare`: everything between an empty database and the first community. Idempotent."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants import catalogue, hosts, roles, template
from tenants.context import register
from tenants.migrating import migrate_register
from tenants.selftest import refuse_foreign_schemas


class Command(BaseCommand):
    help = "Migrates the register, loads the catalogue of communities and builds the template when they changed."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()

        def report(line: str) -> None:
            self.stdout.write(f"{time.monotonic() - started:6.1f} s  {line}")
            self.stdout.flush()

        with register():
            report("register: migrations")
            migrate_register()
            roles.ensure_group()
            if missing := roles.missing_roles():
                raise CommandError(
                    f"No usable PostgreSQL role for {', '.join(missing[:10])}{' ...' if missing[10:] else ''}. Was the "
                    "database restored without its roles, or HAMAYNK_TENANT_ROLE_PREFIX changed? "
                    "`manage.py tenant grant '*'` makes the roles and their rights anew."
                )
        report(f"register: {catalogue.load_catalogue()} communities")
        for line in catalogue.load_others():
            report(f"register: {line}")
        template.ensure(report)
        refuse_foreign_schemas()
        hosts.forget()
        report("ready")
