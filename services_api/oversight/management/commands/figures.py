"""`manage.py figures push|status`: the national figures now, without waiting for the night."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from services_api.oversight import services
from services_api.oversight.models import Counting
from tenants import fleet
from tenants.context import register, tenant
from tenants.models import Community


def a_month(text: str) -> date:
    """`2026-01` as its first day."""
    found = parse_date(f"{text}-01")
    if found is None:
        raise ValueError(text)
    return found


class Command(BaseCommand):
    help = "Counts communities and writes their numbers into the register; shows when each was counted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        push = actions.add_parser("push", help="count now; interrupted, call it again with --resume")
        push.add_argument("--since", type=a_month, default=None, metavar="YYYY-MM", help="from this month on")
        push.add_argument(
            "--resume", type=float, nargs="?", const=6.0, default=0.0, metavar="HOURS",
            help="leave out what was counted within so many hours (6 unless told)",
        )  # fmt: skip
        for action in (push, actions.add_parser("status", help="when each community was counted")):
            action.add_argument("selectors", nargs="*", help="slugs with * and ?, or classifier codes; none: all")
            action.add_argument("--marz", default="", help="province: code, ISO code or name")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [
            each for each in fleet.select(options["selectors"], options["marz"])
            if each.kind == Community.Kind.MUNICIPALITY
        ]  # fmt: skip
        if options["action"] == "status":
            self._status(chosen)
        else:
            self._push(chosen, options["since"], options["resume"])

    def _status(self, chosen: list[Community]) -> None:
        with register():
            known = {each.community_id: each for each in Counting.objects.all()}
        for community in chosen:
            found = known.get(community.pk)
            said = (
                f"{timezone.localtime(found.counted_at):%d.%m.%Y %H:%M}  overdue {found.overdue}" if found else "never"
            )
            self.stdout.write(f"{community.slug:30} {said}")

    def _push(self, chosen: list[Community], since: date | None, hours: float) -> None:
        if hours:
            with register():
                done = services.counted_since(timezone.now() - timedelta(hours=hours))
            chosen = [each for each in chosen if each.pk not in done]
        failed = []
        for number, community in enumerate(chosen, 1):
            try:
                with tenant(community):
                    rows = services.push(community, since)
            except Exception as error:  # one community's trouble stops no other; it is named at the end
                failed.append(f"{community.slug}: {error}")
                continue
            self.stdout.write(f"{number}/{len(chosen)}  {community.slug}: {rows} rows")
            self.stdout.flush()
        if failed:
            raise CommandError("Not done; call it again with --resume:\n" + "\n".join(failed))
        self.stdout.write(f"{len(chosen)} communities counted")
