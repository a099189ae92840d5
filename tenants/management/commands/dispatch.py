"""`manage.py dispatch`: the process that finds out which tenants have work due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tenants.dispatch import Dispatcher


class Command(BaseCommand):
    help = "Asks which tenants have work due and hands it to the workers, until stopped."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="ask one time and end")

    def handle(self, *args: Any, **options: Any) -> None:
        dispatcher = Dispatcher()
        if options["once"]:
            self.stdout.write(f"{dispatcher.once()} tasks started")
            return
        dispatcher.run()
