"""`manage.py reindex_search [--community SLUG ...]`: the search index anew, after a change of its rules."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.search import indexing
from tenants import fleet
from tenants.context import tenant


class Command(BaseCommand):
    help = "Builds the search index of communities anew. Visitors search the old one until it is done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--community", nargs="+", default=["*"], help="slugs with * and ?, or classifier codes (default: all)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = fleet.select(options["community"], "")
        if not chosen:
            raise CommandError(f"No connected community matches {' '.join(options['community'])}.")
        for number, community in enumerate(chosen, 1):
            began = time.monotonic()
            counts: dict[str, int] = {}
            with tenant(community):
                indexing.reindex(counts.__setitem__)
            things = sum(counts.values())
            took = time.monotonic() - began
            self.stdout.write(f"{number}/{len(chosen)}  {community.slug}: {things} things, {took:.1f} s")
