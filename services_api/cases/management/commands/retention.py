"""`manage.py retention plan|apply`: which cases are over their term of keeping, and taking people out of them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from services_api.cases.management.communities import wanted
from services_api.cases.services import retention
from tenants.context import tenant


class Command(BaseCommand):
    help = (
        "Anonymises cases that are over a confirmed term of keeping. `plan` changes nothing; `apply` may be repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["plan", "apply"])
        parser.add_argument("community", nargs="?", help="its short name; without it all active communities")
        parser.add_argument("--limit", type=int, default=100_000, help="at most so many cases of each community")

    def handle(self, *args: Any, **options: Any) -> None:
        communities = wanted(options["community"])
        for community in communities:
            with tenant(community):
                if options["action"] == "plan":
                    self.show(community.slug)
                    continue
                done = retention.apply(
                    limit=options["limit"],
                    progress=lambda done, total: self.stdout.write(f"{done}/{total}"),
                )
                self.stdout.write(f"{community.slug}: {done} anonymised")

    def show(self, slug: str) -> None:
        planned = retention.plan()
        for each in planned:
            rule = each.rule
            term = f"{rule.months} months, {rule.certainty}" if rule else "no rule"
            will = each.over if rule and rule.is_confirmed else 0
            self.stdout.write(
                f"{slug}: {each.procedure.code} {each.outcome or '-'}: "
                f"{each.kept} closed since {each.oldest:%Y-%m-%d}, "
                f"{each.over} over the term ({term}), {will} would be anonymised"
            )
        if not planned:
            self.stdout.write(f"{slug}: no closed cases")
