"""The figures, group by group: each function measures its own with their baselines and adds them to the table."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from infra import applications
from infra.bench import load
from infra.bench.figures import Figure, Goal, figure
from infra.bench.machine import COUNTRY, SITE_PORT, BenchFailed, Machine
from infra.bench.plain import plain_database
from infra.chaos.product import Product
from infra.local.paths import ROOT

Add = Callable[[Figure], None]
UNCACHED, PLAIN_SETTINGS = "infra.bench.settings_uncached", "infra.bench.settings_plain"
CONNECTIONS = 8
HOST = f"{applications.COMMUNITY}.localhost:{SITE_PORT}"


def start_up(machine: Machine, add: Add) -> None:
    """`make up` in a fresh folder and again, as make runs it: translations, then the supervisor."""
    product = Product(machine.var / "up", demo=True)
    try:
        for name, most in (("first `make up` after downloads", 90), ("next `make up`", 10)):
            begun = time.monotonic()
            subprocess.run(
                [sys.executable, "-m", "infra.local.compile_messages"], cwd=ROOT, env=product.environment(), check=True,
                capture_output=True,
            )  # fmt: skip
            product.start()
            add(figure(name, time.monotonic() - begun, "s", goal=Goal(at_most=most)))
            product.stop()
    finally:
        product.remove()


def create(machine: Machine, add: Add) -> None:
    """One new community with all its steps, against Django's migrations into an empty schema."""
    database = "bench_create"
    machine.create_database(database, machine.prepared())
    ours = machine.inside("create", database, count=2 if machine.quick else 7)["seconds"]
    machine.say("the same by Django's migrations")
    theirs = machine.inside("by_migrations", database)
    add(
        figure(
            "create a tenant (all steps / migrations only)",
            median(ours),
            "s",
            baseline=theirs,
            goal=Goal(at_most=0.6, ratio_at_most=1 / 30),
            note=f"median of {len(ours)}, the slowest {max(ours):.2f} s",
        )
    )
    add(figure("template, once a release (prepare an empty database)", machine.template_seconds, "s"))


def onboard(machine: Machine, add: Add) -> None:
    """The whole country from the shell."""
    if COUNTRY in machine.made and machine.onboard_seconds == 0:
        raise BenchFailed("the country was not connected in this run")
    machine.country_database()
    add(
        figure(
            f"onboard --all ({machine.country} communities live)", machine.onboard_seconds, "s", goal=Goal(at_most=60)
        )
    )


def fleet(machine: Machine, add: Add) -> None:
    """Status and upgrade of the country, then of the large fleet."""
    for database, count in ((machine.country_database(), machine.country), (machine.fleet_database(), machine.tenants)):
        _fleet_of(machine, add, database, count, is_large=count == machine.tenants)


def _fleet_of(machine: Machine, add: Add, database: str, count: int, is_large: bool) -> None:
    sample = 2 if machine.quick else 4
    status = machine.inside("status", database)
    if not status["tenants"] == status["current"] == count:
        raise BenchFailed(f"{status} instead of {count} tenants")
    nothing = machine.inside("upgrade", database, columns=[])
    column = machine.inside("upgrade", database, columns=["weight"])
    if column["changed"] != count or nothing["changed"]:
        raise BenchFailed(f"changed {nothing['changed']} and {column['changed']} tenants of {count}")
    idle = median(machine.inside("migrate_schemas", database, columns=["weight"], sample=sample)["seconds"]) * count
    busy = machine.inside("migrate_schemas", database, columns=["weight", "height"], sample=sample)["seconds"]
    note = f"baseline: migrate_schemas, {sample} tenants measured and scaled to {count}"
    add(
        figure(
            f"fleet status of {count} (/ migrate_schemas)",
            status["first"],
            "s",
            baseline=idle,
            goal=Goal(at_most=1) if is_large else None,
            note=f"again in the same process {status['second']:.2f} s",
        )
    )
    add(figure(f"fleet upgrade of {count}, nothing to do", nothing["seconds"], "s", baseline=idle, note=note))
    add(
        figure(
            f"fleet upgrade of {count}, one new column",
            column["seconds"],
            "s",
            baseline=median(busy) * count,
            goal=Goal(at_most=5, ratio_at_most=1 / 100) if is_large else None,
            note=note,
        )
    )


def duties(machine: Machine, add: Add) -> None:
    """Publication duties of each community of the fleet, by one process, from inside."""
    done = machine.inside("check_duties", machine.fleet_database())
    each = done["each"]
    add(
        figure(
            "duties of one community, slowest but 1 %",
            each[int(len(each) * 0.99) - 1],
            "s",
            goal=Goal(at_most=1),
            note=f"median {each[len(each) // 2]:.3f} s, {done['queries']} queries",
        )
    )
    add(
        figure(
            "duties of 500 communities, one worker",
            done["seconds"] / done["count"] * 500,
            "s",
            goal=Goal(at_most=300),
            note=f"{done['count']} communities measured in {done['seconds']:.1f} s",
        )
    )


def pages(machine: Machine, add: Add) -> None:
    """The anonymous home page of Meghri, in process and over HTTP, against the same page without tenancy."""
    ours, plain = machine.country_database(), plain_database(machine)
    _in_process(machine, add, ours, plain)
    _over_http(machine, add, ours, plain)


def _in_process(machine: Machine, add: Add, ours: str, plain: str) -> None:
    """Two processes take turns in short blocks, so that whatever else the machine does meets both alike."""
    rounds, block = (5, 20) if machine.quick else (30, 30)
    variants = [(ours, UNCACHED), (plain, PLAIN_SETTINGS), (ours, "config.settings")]
    children = [machine.begin_inside("page", database, settings) for database, settings in variants]
    try:
        bodies = {json.dumps(_asked(machine, child, "same")) for child in children}
        if len(bodies) > 1:
            raise BenchFailed(f"the variants do not answer with the same page: {bodies}")
        for child in children:
            _block(machine, child, 30)
        times: list[list[float]] = [[] for _ in children]
        for turn in range(rounds):
            for which in (0, 1, 2) if turn % 2 else (1, 0, 2):
                times[which] += _block(machine, children[which], block)
    finally:
        for child in children:
            assert child.stdin is not None
            child.stdin.close()
            child.wait(30)
    uncached, without, cached = (median(each) for each in times)
    add(
        figure(
            "home page uncached, in process (/ plain Wagtail)",
            uncached,
            "ms",
            baseline=without,
            goal=Goal(ratio_at_most=1.05),
            note=f"medians of {rounds * block} requests each, in turns",
        )
    )
    add(figure("home page cached, in process (/ plain Wagtail)", cached, "ms", baseline=without))


def _block(machine: Machine, child: subprocess.Popen[str], count: int) -> list[float]:
    return [float(one) for one in _asked(machine, child, str(count))]


def _asked(machine: Machine, child: subprocess.Popen[str], question: str) -> Any:
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write(f"{question}\n")
    child.stdin.flush()
    answer = child.stdout.readline()
    if not answer:
        raise machine.ended(child)
    return json.loads(answer)


def _over_http(machine: Machine, add: Add, ours: str, plain: str) -> None:
    turns, seconds = (1, 2.0) if machine.quick else (4, 4.0)
    request = load.get("/", HOST, "Accept-Encoding: gzip")
    with machine.web(ours, UNCACHED) as uncached_port, machine.web(plain, PLAIN_SETTINGS) as plain_port:
        rates: dict[int, list[float]] = {uncached_port: [], plain_port: []}
        for port in rates:
            load.press(port, lambda _n: request, connections=2, count=40)
        for _turn in range(turns):
            for port in rates:
                rates[port].append(_pressed(port, request, seconds).per_second)
    uncached, without = (sum(each) / len(each) for each in rates.values())
    # The goal of 1.05 × is of time; requests per second are its inverse, so this line only shows them.
    add(figure("home page uncached, over HTTP, 2 processes (/ plain)", uncached, "req/s", baseline=without))
    with machine.web(ours) as port:
        load.press(port, lambda _n: request, connections=2, count=200)
        pressed = [_pressed(port, request, seconds) for _turn in range(turns)]
    best = max(pressed, key=lambda one: one.per_second)
    add(
        figure(
            "home page cached, over HTTP, 2 processes",
            median(one.per_second for one in pressed),
            "req/s",
            baseline=without,
            goal=Goal(at_least=1500),
            note=f"half within {best.percentile(0.5):.1f} ms, 95 % within {best.percentile(0.95):.1f} ms; "
            "the load client shares the cores",
        )
    )


def _pressed(port: int, request: bytes, seconds: float) -> load.Load:
    pressed = load.press(port, lambda _n: request, connections=CONNECTIONS, seconds=seconds)
    if pressed.refused or pressed.broken:
        raise BenchFailed(f"{pressed.refused} refused, {pressed.broken} broken: {pressed.sample!r}")
    return pressed


def news(machine: Machine, add: Add) -> None:
    """10,000 news in one community: lists and search without the page cache, and a new one seen everywhere."""
    count, rounds = (200, 1) if machine.quick else (10_000, 12)
    database = "bench_news"
    machine.create_database(database, machine.prepared())
    machine.manage(database, "onboard", applications.COMMUNITY)
    machine.say(f"writing {count} news")
    total = machine.inside("fill_with_news", database, count=count)
    for name, action in (("list", "lists"), ("search", "searches")):
        times = sorted(machine.inside(action, database, settings=UNCACHED, rounds=rounds))
        add(
            figure(
                f"{name} of {total:,} news uncached, p95",
                times[int(len(times) * 0.95)],
                "ms",
                goal=Goal(at_most=60),
                note=f"{len(times)} requests in process, half within {median(times):.0f} ms",
            )
        )
    shown = machine.inside("publish", database)
    add(
        figure(
            "publish until seen on home, list, feed and search",
            max(shown.values()),
            "s",
            goal=Goal(at_most=1),
            note=", ".join(f"{path} {seconds:.2f} s" for path, seconds in shown.items()),
        )
    )


def inbox(machine: Machine, add: Add) -> None:
    """100,000 cases and 40 officers in one community: how long officers wait."""
    count, rounds = (500, 1) if machine.quick else (100_000, 6)
    database = "bench_cases"
    machine.create_database(database, machine.prepared())
    machine.manage(database, "onboard", applications.COMMUNITY)
    machine.say(f"writing {count} cases")
    total = machine.inside("fill_with_cases", database, count=count)
    found = machine.inside("inbox", database, rounds=rounds)
    for name, most in (("inbox", 150), ("search", 150), ("case", 150), ("figures", 1000)):
        add(_cost(f"{name} among {total:,} cases, p95", found["costs"][name], most))
    add(figure("queries of the page of a case, most", found["queries"], "", goal=Goal(at_most=30)))
    few, clocks = (5, 50) if machine.quick else (60, 10_000)
    found = machine.inside("engine", database, count=few, clocks=clocks)
    add(_cost(f"submit among {total:,} cases, p95", found["costs"]["submit"], 60))
    add(_cost("a step of a case, p95", found["costs"]["step"], 40))
    add(_cost(f"{found['looked']:,} clocks looked at", found["costs"]["clocks"], 2000))


def _cost(name: str, pairs: list[tuple[float, float]], most: float) -> Figure:
    """The 95th percentile of the time on processors (the process and its PostgreSQL backend); the clock in the note."""
    clock, busy = (sorted(each) for each in zip(*pairs, strict=True))
    note = (
        f"{len(pairs)} in process, time on processors, half within {median(busy):.0f} ms; "
        f"by the clock p95 {clock[_place(clock)]:.0f} ms, half within {median(clock):.0f} ms"
    )
    return figure(name, busy[_place(busy)], "ms", goal=Goal(at_most=most), note=note)


def _place(values: list[float]) -> int:
    return min(len(values) - 1, int(len(values) * 0.95))


def submissions(machine: Machine, add: Add) -> None:
    """Applications a second, in one process and over the API with two."""
    count = 40 if machine.quick else 400
    database = "bench_submissions"
    machine.create_database(database, machine.prepared())
    machine.manage(database, "onboard", applications.COMMUNITY)
    add(figure("submissions, in process", count / machine.inside("submit_many", database, count=count), "1/s"))

    def request(number: int) -> bytes:
        sent = applications.headers(number, f"bench-{number:06d}", HOST)
        return load.post(applications.PATH, sent, applications.body(number))

    with machine.web(database, HAMAYNK_TRUSTED_PROXIES="true") as port:
        warm = load.press(port, lambda n: request(100_000 + n), connections=4, count=20, wanted=(b"201",))
        pressed = load.press(port, request, connections=CONNECTIONS, count=count, wanted=(b"201",))
    if warm.answered != 20 or pressed.answered != count:
        raise BenchFailed(f"{pressed.refused} refused, {pressed.broken} broken: {(warm.sample or pressed.sample)!r}")
    note = (
        f"half within {pressed.percentile(0.5):.0f} ms, 95 % within {pressed.percentile(0.95):.0f} ms; no worker runs"
    )
    add(figure("submissions, over the API, 2 processes", pressed.per_second, "1/s", goal=Goal(at_least=60), note=note))


def memory(machine: Machine, add: Add) -> None:
    """The real Celery worker after 1, 50 and all tenants: each is touched by one small task."""
    database = machine.fleet_database()
    folder = machine.var / database
    marks = sorted({1, min(50, machine.tenants), machine.tenants})
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "config.celery",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "WARNING",
    ]
    command += ["--without-gossip", "--without-mingle", "--include", "infra.bench.inside.touching"]
    sizes: dict[int, float] = {}
    with machine.running("worker", command, machine.environment(database)) as worker:
        done = before = 0
        for mark in marks:
            # The first tenant is touched several times: what any first task loads is no growth by tenants.
            repeats = 10 if mark == 1 else 1
            done += machine.inside("touch", database, first=before, last=mark, repeats=repeats)
            before = mark
            _wait_for_lines(folder / "touched", done, worker)
            sizes[mark] = _resident_megabytes(worker.pid)
            if mark != machine.tenants:
                add(figure(f"worker memory after {mark} tenant{'s' if mark > 1 else ''}", sizes[mark], "MB"))
    last = machine.tenants
    add(figure(f"worker memory after {last} tenants (/ after 1)", sizes[last], "MB", baseline=sizes[1]))
    add(figure(f"worker memory, growth from 1 to {last} tenants", sizes[last] - sizes[1], "MB", goal=Goal(at_most=15)))


def _wait_for_lines(file: Path, count: int, worker: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and worker.poll() is None:
        if file.exists() and len(file.read_text().splitlines()) >= count:
            return
        time.sleep(0.1)
    raise BenchFailed("the worker did not do its tasks")


def _resident_megabytes(pid: int) -> float:
    """Resident memory of a process in MB (2**20 bytes)."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(shown.stdout) / 1024


GROUPS: dict[str, Callable[[Machine, Add], None]] = {
    "up": start_up,
    "onboard": onboard,
    "create": create,
    "pages": pages,
    "news": news,
    "inbox": inbox,
    "submissions": submissions,
    "fleet": fleet,
    "duties": duties,
    "memory": memory,
}
