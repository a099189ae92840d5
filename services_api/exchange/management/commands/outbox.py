"""`manage.py outbox status|replay|relay`: what waits, what was given up, and another try."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from services_api.exchange import relay, selectors, services


class Command(BaseCommand):
    help = "Shows what waits to be sent, gives dead rows another try, or sends in this process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        status = actions.add_parser("status", help="Rows per community; reasons of the dead ones.")
        status.add_argument("--json", action="store_true", help="For programs.")
        again = actions.add_parser("replay", help="Give dead rows a new series of attempts.")
        again.add_argument("--schema", help="Only of this schema.")
        again.add_argument("--id", type=int, action="append", dest="ids", help="Only this row; may be repeated.")
        again.add_argument("--all", action="store_true", help="All dead rows of all communities.")
        send = actions.add_parser("relay", help="Send what is due in this process, without a worker.")
        send.add_argument("--schema", help="Only of this schema.")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, action)(**options)

    def status(self, **options: Any) -> None:
        rows, dead = selectors.summary(), selectors.dead_rows()
        if options["json"]:
            reasons = [{"id": r.pk, "schema": r.schema, "kind": r.kind, "error": r.last_error} for r in dead]
            self.stdout.write(json.dumps({"schemas": rows, "dead": reasons}, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{'schema':<40}{'waiting':>9}{'retried':>9}{'sent':>9}{'spared':>9}{'dead':>9}")
        for row in rows:
            self.stdout.write(
                f"{row['schema']:<40}{row['pending']:>9}{row['retried']:>9}{row['sent']:>9}"
                f"{row['skipped']:>9}{row['dead']:>9}"
            )
        for each in dead:
            self.stdout.write(f"dead {each.pk} {each.schema} {each.kind}: {each.last_error}")

    def replay(self, **options: Any) -> None:
        if not (options["schema"] or options["ids"] or options["all"]):
            raise CommandError("Say which rows: --schema, --id or --all.")
        count = services.replay(options["schema"], options["ids"])
        self.stdout.write(f"{count} rows will be tried again.")

    def relay(self, **options: Any) -> None:
        for schema in [options["schema"]] if options["schema"] else selectors.tenants_with_due_work():
            done = relay.relay(schema)
            self.stdout.write(f"{schema}: {done.sent} sent, {done.failed} failed, {done.dead} given up")
