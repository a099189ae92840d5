"""`manage.py duties check`: look at the publication duties of one community or of all, with progress.

It may be stopped at any time (Ctrl+C) and called again: without `--again` it goes on with those that have not been
checked today. `manage.py duties table`: the catalogue for docs/maintainers/duties.md.
"""

from __future__ import annotations

import signal
import time
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cms.disclosure import checking, table
from cms.disclosure.models import CheckResult, Score, Source
from cms.disclosure.outer import look
from cms.disclosure.visitor import over_http
from tenants import hosts
from tenants.context import register, tenant
from tenants.models import Community


class Command(BaseCommand):
    help = "Checks the publication duties, or prints their catalogue as a table."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="Look at the duties and write down what is found.")
        which = check.add_mutually_exclusive_group(required=True)
        which.add_argument("--community", metavar="SLUG", help="One community.")
        which.add_argument("--all", action="store_true", help="All active communities.")
        check.add_argument("--outer", action="store_true", help="Walk through the sites as a visitor, too.")
        check.add_argument("--http", action="store_true", help="The visitor uses real HTTP at the community's address.")
        check.add_argument("--again", action="store_true", help="Those that have been checked today as well.")
        actions.add_parser("table", help="The catalogue with its sources, in Markdown.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "table":
            self.stdout.write(table.markdown(), ending="")
            return
        self._check(self._communities(options), outer=options["outer"], http=options["http"])

    @staticmethod
    def _communities(options: dict[str, Any]) -> list[Community]:
        with register():
            active = Community.objects.live().municipalities().prefetch_related("domains").select_related("marz")
            if options["community"]:
                found = list(active.filter(slug=options["community"]))
                if not found:
                    raise CommandError(f"There is no active community {options['community']!r}.")
                return found
            if not options["again"]:
                today = timezone.localdate()
                # A walk asked for is only done by a row of a visitor; else the score of the day says it.
                done = (
                    CheckResult.objects.filter(day=today, source=Source.OUTER)
                    if options["outer"]
                    else Score.objects.filter(day=today)
                )
                active = active.exclude(pk__in=done.values_list("community_id", flat=True))
            return list(active.order_by("code"))

    def _check(self, communities: list[Community], *, outer: bool, http: bool) -> None:
        stopping = Event()
        before = signal.signal(signal.SIGINT, lambda *_: stopping.set())
        started = time.monotonic()
        done = 0
        try:
            for number, community in enumerate(communities, start=1):
                if stopping.is_set():
                    break
                one = time.monotonic()
                with tenant(community):
                    outcome = checking.check(community)
                    if outer:
                        outcome = look(community, self._fetch(community) if http else None)
                done += 1
                self.stdout.write(
                    f"{number:4} / {len(communities)}  {community.slug:20} {outcome.met:3} / {outcome.applicable}"
                    f"  {time.monotonic() - one:6.2f} s"
                )
        finally:
            signal.signal(signal.SIGINT, before)
        state = "stopped" if stopping.is_set() else "done"
        self.stdout.write(f"{state}: {done} of {len(communities)} in {time.monotonic() - started:.1f} s")

    @staticmethod
    def _fetch(community: Community) -> Any:
        return over_http(hosts.address(community.primary_host()))
