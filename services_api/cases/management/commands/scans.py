"""`manage.py scans`: whether the virus scanner answers, and which files wait for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from services_api.cases import clamd
from services_api.cases.management.communities import wanted
from services_api.cases.services import scanning
from tenants.context import tenant


class Command(BaseCommand):
    help = "Says what the scanner answers and how many files are not scanned, being checked, clean, infected."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("community", nargs="?", help="its short name; without it all active communities")
        parser.add_argument("--now", action="store_true", help="scan what is due here, without the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        communities = wanted(options["community"])
        down = self.scanner()
        for community in communities:
            with tenant(community):
                if options["now"]:
                    scanning.take_up_unscanned()
                    scanning.scan_due()
                self.stdout.write(f"{community.slug}: {self.line()}")
        if down:
            raise CommandError(down)

    def scanner(self) -> str:
        """Print what the scanner says; why it is down, "" when it answers or none is configured."""
        if not settings.CLAMD_URL:
            self.stdout.write("no scanner is configured (HAMAYNK_CLAMD_URL): files are not scanned")
            return ""
        try:
            self.stdout.write(f"scanner: {clamd.version(settings.CLAMD_URL)}")
        except clamd.ScannerDown as error:
            return f"The scanner does not answer: {error}. Files stay «being checked» and are not given out."
        return ""

    def line(self) -> str:
        found = scanning.waiting()
        names = {"none": "not scanned", "checking": "being checked", "clean": "clean", "infected": "infected"}
        said = ", ".join(f"{count} {names[state]}" for state, count in found["states"].items())
        if found["waits_since"]:
            said += f"; the oldest waits since {found['waits_since']:%Y-%m-%d %H:%M} UTC ({found['why'] or 'its turn'})"
        return said
