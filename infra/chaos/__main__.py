"""The chaos run: `kill -9` during submissions; nothing that was confirmed may be lost, doubled or mailed twice.

    python -m infra.chaos [--submissions 1000] [--kills 18] [--seed N] [--keep]
    python -m infra.chaos --submissions 10000 --kills 60          the figure of the promise, about an hour

Starts the product in a folder of its own (production settings, its own PostgreSQL and port), sends the submissions over
the API, and kills web workers, the Celery worker, PostgreSQL, the web server, the dispatcher and single backends, which
the supervisor starts again. From a third of the submissions to the half the broker is away. Exit code 0 when the
promise was kept, 1 when not, 2 when it could not be tried.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time

from infra import applications
from infra.chaos import clients, killer, outage, verdict
from infra.chaos.product import Product, ProductFailed, scratch_folder

SENT_SECONDS = 240.0
ASKED_AGAIN = 20


def run(submissions: int, kills: int, seed: int, keep: bool = False) -> int:
    """The run; its exit code."""
    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - begun:6.1f} s] {line}", flush=True)

    product = Product(scratch_folder("chaos"))
    chance = random.Random(seed)  # noqa: S311
    say(f"seed {seed}: {submissions} submissions, {kills} kills")
    try:
        say(f"the product is ready after {product.start():.1f} s")
        say(product.manage("onboard", applications.COMMUNITY).strip().splitlines()[-1])
        crowd = clients.crowd(f"{applications.COMMUNITY}.localhost", product.port, submissions, chance)
        hunter = killer.Killer(product, kills, submissions, chance, say)
        broker = outage.BrokerOutage(product.var / "broker" / "queue", submissions, say)

        def tell(count: int) -> None:
            hunter.progress(count)
            broker.progress(count)

        crowd.on_confirmed = tell
        hunt = threading.Thread(target=hunter.run, daemon=True)
        away = threading.Thread(target=broker.run, daemon=True)
        hunt.start()
        away.start()
        sending = time.monotonic()
        crowd.send_all()
        hunter.end()
        broker.end()
        hunt.join()
        away.join()
        seconds = time.monotonic() - sending
        say(f"{crowd.confirmed} confirmed in {seconds:.1f} s; {crowd.unanswered} requests were not answered")
        url = product.cluster.known_address().url
        left = verdict.wait_until_sent(url, SENT_SECONDS, say)
        if left:
            say(f"{left} rows of the outbox still wait after {SENT_SECONDS:.0f} s")
        found = verdict.judge(url, f"t_{applications.COMMUNITY}", crowd.applicants, product.var / "mail")
        confirmed = [applicant for applicant in crowd.applicants if applicant.is_confirmed]
        for applicant in chance.sample(confirmed, min(ASKED_AGAIN, len(confirmed))):
            found.expect(crowd.ask_again(applicant), f"{applicant.number}: asked again, another case was named")
        found.expect(not hunter.missed, f"{hunter.missed} kills did not take place")
        found.expect(broker.confirmed_meanwhile > 0, "nothing was confirmed while the broker was away")
    except ProductFailed as problem:
        print(problem, file=sys.stderr)
        return 2
    finally:
        if keep:
            product.stop()
            say(f"all of it is left in {product.var}")
        else:
            product.remove()
    return _report(found, crowd, hunter, broker, seconds, seed)


def _report(
    found: verdict.Verdict,
    crowd: clients.Crowd,
    hunter: killer.Killer,
    broker: outage.BrokerOutage,
    seconds: float,
    seed: int,
) -> int:
    for complaint in found.wrong[:20]:
        print(f"  WRONG  {complaint}")
    killed = ", ".join(f"{name} {count}" for name, count in sorted(hunter.killed.items()))
    print(
        f"{'KEPT' if not found.wrong else 'BROKEN'}: {len(crowd.applicants)} sent, {found.confirmed} confirmed, "
        f"{found.cases} cases, {found.letters} letters, {crowd.unanswered} requests without an answer, "
        f"kill -9: {killed or 'none'}; broker away {broker.seconds:.1f} s, "
        f"{broker.confirmed_meanwhile} confirmed then; {seconds:.1f} s, seed {seed}"
    )
    return 1 if found.wrong else 0


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.chaos", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=18)
    parser.add_argument("--seed", type=int, default=None, help="repeats the choice of victims; default: a new one")
    parser.add_argument("--keep", action="store_true", help="leave data and logs where they are")
    given = parser.parse_args(arguments)
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    try:
        return run(given.submissions, given.kills, seed, given.keep)
    except KeyboardInterrupt:
        print("interrupted; everything is stopped and removed", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
