"""`manage.py procedures plan|apply`: the procedures of this release, for communities that exist already."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from services_api.procedures import upgrades
from tenants import fleet
from tenants.context import tenant
from tenants.models import Community


class Command(BaseCommand):
    help = "Shows what the procedures of this release change in communities, and brings them there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, told in (
            ("plan", "what would be new, what would change, which own versions stay; changes nothing"),
            ("apply", "do it: each community in one transaction; interrupted, call it again"),
        ):
            action = actions.add_parser(name, help=told)
            action.add_argument("selectors", nargs="*", help="slugs with * and ?, or classifier codes; none: all")
            action.add_argument("--marz", default="", help="province: code, ISO code or name")
            action.add_argument("--only", action="append", default=[], metavar="CODE", help="only this procedure")
            action.add_argument("--json", action="store_true", help="for machines")
            action.add_argument("--diff", action="store_true", help="every difference, not only their number")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [each for each in fleet.select(options["selectors"], options["marz"]) if self._serves(each)]
        run = upgrades.plan if options["action"] == "plan" else upgrades.apply
        failed, rows, counts = [], [], Counter[str]()
        for community in chosen:
            try:
                with tenant(community):
                    changes = run(only=options["only"])
            except Exception as error:  # one community's trouble stops no other; it is named at the end
                failed.append(f"{community.slug}: {error}")
                continue
            counts.update(each.kind for each in changes)
            rows += [(community, each) for each in changes]
        self._show(rows, counts, options)
        if failed:
            raise CommandError("Not done:\n" + "\n".join(failed))

    @staticmethod
    def _serves(community: Community) -> bool:
        return community.kind == Community.Kind.MUNICIPALITY

    def _show(self, rows: list[tuple[Community, upgrades.Change]], counts: Counter[str], options: Any) -> None:
        if options["json"]:
            told = [
                {"community": one.slug, "procedure": each.code, "kind": each.kind,
                 "differences": [str(line) for line in each.differences]}
                for one, each in rows
            ]  # fmt: skip
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for community, each in rows:
            if each.kind != "same":
                count = f"{len(each.differences)} differences" if each.differences else ""
                self.stdout.write(f"{community.slug:24} {each.code:34} {each.kind:10} {count}".rstrip())
                for line in each.differences if options["diff"] else ():
                    self.stdout.write(f"    {line}")
        self.stdout.write(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "nothing to do")
