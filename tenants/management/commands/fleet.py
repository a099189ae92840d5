"""`manage.py fleet status|upgrade`: where all schemas stand, and bringing them up to date."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants import fleet


class Command(BaseCommand):
    help = "Shows which tenants are behind the code's migrations, and upgrades them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        status = actions.add_parser("status", help="state of each tenant, in a few queries")
        status.add_argument("--json", action="store_true", help="for machines")
        upgrade = actions.add_parser("upgrade", help="bring those behind up to date; interrupted, call it again")
        upgrade.add_argument("--threads", type=int, default=2, help="parallel schemas (default 2)")
        upgrade.add_argument("--canary", default="", help="slug that goes first")
        for parser_of_action in (status, upgrade):
            parser_of_action.add_argument("selectors", nargs="*", help="slugs with * and ?, or classifier codes")
            parser_of_action.add_argument("--marz", default="", help="province: code, ISO code or name")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = fleet.select(options["selectors"], options["marz"])
        if options["action"] == "status":
            self.status(fleet.status(chosen), as_json=options["json"])
        else:
            self.upgrade(chosen, threads=options["threads"], canary=options["canary"])

    def status(self, rows: list[fleet.Status], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
            return
        for row in rows:
            if row.state != "current":
                self.stdout.write(f"{row.slug:30} {row.state:8} {row.applied:4}  {row.message}")
        counts = Counter(row.state for row in rows)
        self.stdout.write(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no tenants")

    def upgrade(self, chosen: list[Any], *, threads: int, canary: str) -> None:
        def progress(outcome: fleet.Outcome, done: int, total: int, eta: float) -> None:
            line = (
                f"{done}/{total}  {outcome.slug}: {outcome.state} ({outcome.method}, {outcome.seconds * 1000:.0f} ms)"
            )
            self.stdout.write(f"{line}  {eta:.0f} s left" + (f"  {outcome.message}" if outcome.message else ""))
            self.stdout.flush()

        report = fleet.upgrade(chosen, threads=threads, canary=canary, progress=progress)
        figures = report.as_dict()
        self.stdout.write(
            f"{figures['upgraded']} upgraded, {figures['untouched']} untouched, {len(report.failed)} failed"
        )
        if report.failed:
            names = ", ".join(outcome.slug for outcome in report.failed)
            hint = " The canary failed, so its group was not touched." if report.stopped_at_canary else ""
            raise CommandError(f"Not upgraded: {names}.{hint}")
