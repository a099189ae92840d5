"""`manage.py clocks`: count running terms anew and do what the clock does by itself, without waiting for the worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from services_api.cases.management.communities import wanted
from services_api.cases.services import run_clocks, touch_clocks
from tenants.context import tenant


class Command(BaseCommand):
    help = "Looks at the clocks of a community, or of all. Safe to repeat: nobody is written to twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("community", nargs="?", help="its short name; without it all active communities")
        parser.add_argument("--all-terms", action="store_true", help="count every running term, not only what is due")

    def handle(self, *args: Any, **options: Any) -> None:
        communities = wanted(options["community"])
        for community in communities:
            with tenant(community):
                if options["all_terms"]:
                    touch_clocks()
                self.stdout.write(f"{community.slug}: {run_clocks()} looked at")
