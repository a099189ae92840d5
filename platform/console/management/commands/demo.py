"""`manage.py demo`: the ministry and three communities with example content; `--table` prints addresses and logins."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from console.demo.build import PASSWORD, build, table
from tenants.provisioning import AlreadyRunning, ProvisioningFailed


class Command(BaseCommand):
    help = "Connects the ministry and three communities and fills them with example content. Local mode only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--table", action="store_true", help="print addresses and logins and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo content and logins exist only in local mode on a loopback address.")
        if options["table"]:
            self.print_table()
            return
        started = time.monotonic()
        try:
            build(lambda line: self.stdout.write(f"{time.monotonic() - started:6.1f} s  {line}"))
        except (ProvisioningFailed, AlreadyRunning) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{time.monotonic() - started:6.1f} s  demo ready")

    def print_table(self) -> None:
        rows = [("Address", "Who", "Login"), *table()]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        self.stdout.write(f"\nPassword of all demo logins: {PASSWORD}")
