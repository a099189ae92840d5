"""`manage.py onboard CODE... | --all | --marz M`: connect communities from the shell."""

from __future__ import annotations

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from console import onboarding


class Command(BaseCommand):
    help = (
        "Connects communities by classifier code, slug or glob of slugs ('nor-*'), or all that are not connected. "
        "Those whose connection stopped go on where it stopped; connected ones are left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("selectors", nargs="*", metavar="CODE", help="classifier code, slug or glob of slugs")
        parser.add_argument("--all", action="store_true", dest="everything", help="every community of the catalogue")
        parser.add_argument("--marz", default="", help="only this province: code, ISO code or name")
        parser.add_argument("--host-suffix", default="", help="hosts are <slug>.<suffix> (default: the base domain)")
        parser.add_argument("--admin-email", default="", help="first administrator; for one community only")
        parser.add_argument(
            "--admin-email-domain", default="", help="first administrators are <slug>@<domain> (default: admin@<host>)"
        )
        parser.add_argument("--jobs", type=_positive, default=1, help="processes at once (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        selectors, marz, everything = options["selectors"], options["marz"], options["everything"]
        if not selectors and not everything and not marz:
            raise CommandError("Say which: classifier codes, slugs, a glob, --marz or --all.")
        chosen, unknown = onboarding.select(selectors, marz, everything)
        if unknown:
            raise CommandError(f"The catalogue has nothing like: {', '.join(unknown)}.")
        if not chosen:
            raise CommandError("No community matches.")
        if options["admin_email"] and len(chosen) != 1:
            raise CommandError("--admin-email is for one community; use --admin-email-domain for several.")
        orders = [
            onboarding.order(
                community,
                host_suffix=options["host_suffix"],
                admin_email=options["admin_email"],
                admin_email_domain=options["admin_email_domain"],
            )
            for community in chosen
            if community.status in onboarding.TO_CONNECT
        ]
        left = len(chosen) - len(orders)
        if left:
            self.stdout.write(f"{left} of {len(chosen)} are connected already and are left alone.")
        failures = self.connect(orders, options["jobs"])
        if failures:
            lines = "\n".join(f"  {failure.slug}: {failure.reason}" for failure in failures)
            raise CommandError(
                f"{len(failures)} of {len(orders)} failed; nothing of them is visible. Run it again to go on.\n{lines}"
            )

    def connect(self, orders: list[onboarding.Order], jobs: int) -> list[onboarding.Outcome]:
        started = time.monotonic()
        failures = []
        for done, outcome in enumerate(onboarding.connect_all(orders, jobs), start=1):
            remaining = (time.monotonic() - started) / done * (len(orders) - done)
            word = f"FAILED ({outcome.reason})" if outcome.reason else "live"
            self.stdout.write(
                f"[{done:>{len(str(len(orders)))}}/{len(orders)}] {outcome.slug}: {word}, {outcome.seconds:.1f} s; "
                f"about {remaining:.0f} s left"
            )
            self.stdout.flush()
            if outcome.reason:
                failures.append(outcome)
        if orders:
            self.stdout.write(f"{len(orders) - len(failures)} connected in {time.monotonic() - started:.1f} s.")
        return failures


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
