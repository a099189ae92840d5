"""`manage.py identifiers rotate|check`: turns sealed numbers to today's key, and says whether they open."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants import sealing
from tenants.context import register, tenant
from tenants.models import Community


class Command(BaseCommand):
    help = "Turns the sealed numbers of people and organisations to the first key. Broken off, it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rotate", "check"])
        parser.add_argument("community", nargs="*", help="short names; without any all active communities")

    def handle(self, *args: Any, **options: Any) -> None:
        with register():
            known = list(Community.objects.live())
        wanted = options["community"]
        if missing := set(wanted) - {each.slug for each in known}:
            raise CommandError(f"There is no active community called {', '.join(sorted(missing))}.")
        failed = 0
        for community in [each for each in known if not wanted or each.slug in wanted]:
            with tenant(community):
                failed += not self.one(community.slug, options["action"])
        if failed:
            raise CommandError(
                f"{failed} of the communities did not open; nothing of them was changed after the failure."
            )

    def one(self, slug: str, action: str) -> bool:
        if action == "check":
            why = sealing.probe()
            self.stdout.write(f"{slug}: {why or 'opens'}")
            return not why
        try:
            changed = sealing.reseal(
                report=lambda what, done, total: self.stdout.write(f"{slug}: {what} {done}/{total}")
            )
        except sealing.CannotOpen as error:
            self.stderr.write(f"{slug}: {error}")
            return False
        self.stdout.write(f"{slug}: turned " + ", ".join(f"{name} {count}" for name, count in changed.items()))
        return True
