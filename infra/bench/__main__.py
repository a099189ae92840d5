"""`make bench`: print the figures and write them to var/bench.json.

    python -m infra.bench [--quick] [--only NAME ...] [--tenants 500] [--to FILE]

Everything runs in a PostgreSQL of its own below var/bench, which is removed at the end, after Ctrl-C too.
Exit code 0 when every goal is reached, 1 when not.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from infra.bench.figures import Table, failed
from infra.bench.machine import Machine
from infra.bench.measures import GROUPS
from infra.local.paths import var_dir

COMMUNITIES, QUICK_COMMUNITIES = 71, 6
TENANTS, QUICK_TENANTS = 500, 12


def run(only: list[str], quick: bool, tenants: int, path: Path) -> int:
    """Measure the chosen groups; the exit code."""
    begun = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - begun:6.1f} s] {line}", file=sys.stderr, flush=True)

    machine = Machine(var_dir() / "bench", say, QUICK_COMMUNITIES if quick else COMMUNITIES, tenants, quick)
    table = Table(path)
    table.header()
    try:
        machine.start()
        for name, measure in GROUPS.items():
            if only and name not in only:
                continue
            try:
                measure(machine, table.add)
            except Exception as problem:  # one group that fails does not take the others' figures
                table.add(failed(name, f"{type(problem).__name__}: {problem}"))
    except KeyboardInterrupt:
        print("interrupted; what was measured is kept", file=sys.stderr)
        return 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        machine.remove()
    # Small numbers say nothing about the goals: a quick run only fails where something could not be measured.
    missed = [one.name for one in table.figures if one.value is None] if quick else table.missed()
    print(f"\n{path}" + (f"\nnot reached: {'; '.join(missed)}" if missed else "\nall goals are reached"))
    return 1 if missed else 0


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.bench", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that the bench itself works")
    parser.add_argument("--only", action="append", default=[], choices=sorted(GROUPS), help="one group; repeatable")
    parser.add_argument("--tenants", type=int, default=None, help=f"size of the large fleet (default {TENANTS})")
    parser.add_argument("--to", type=Path, default=None, help="the file to write (default: VAR/bench.json)")
    given = parser.parse_args(arguments)
    tenants = given.tenants or (QUICK_TENANTS if given.quick else TENANTS)
    # A quick run is no measurement and must not pass for one.
    path = given.to or var_dir() / ("bench-quick.json" if given.quick else "bench.json")

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    return run(given.only, given.quick, tenants, path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
