"""The bench's own PostgreSQL, its databases, and child processes that speak Django inside them."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from infra.chaos.product import free_port, scratch_environment
from infra.local import processes
from infra.local.cluster import Cluster, ServerAddress
from infra.local.paths import ROOT

Say = Callable[[str], None]
SETTINGS = "config.settings"
PREPARED, COUNTRY, FLEET = "bench_prepared", "bench_country", "bench_fleet"
# The port that the bench's communities believe in; what visitors type, not where the bench's servers listen.
SITE_PORT = 8000
READY_SECONDS = 60.0


class BenchFailed(Exception):
    """Something of the bench could not be run. The message is the end of what it said."""


@dataclass
class Machine:
    """Everything lies below `var` and is gone at the end. `tenants` and `country` are how many a fleet has."""

    var: Path
    say: Say
    country: int
    tenants: int
    quick: bool
    address: ServerAddress | None = None
    made: set[str] = field(default_factory=set)
    template_seconds: float = 0.0
    onboard_seconds: float = 0.0

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.var / "server", may_create_databases=True)

    def start(self) -> None:
        """Begin anew: what an interrupted run left is removed."""
        self.remove()
        self.var.mkdir(parents=True)
        self.address = self.cluster.ensure_running(self.say, dies_with_us=True)

    def remove(self) -> None:
        """Stop the server and remove all data."""
        if self.var.exists():
            self.cluster.reset()
            shutil.rmtree(self.var, ignore_errors=True)

    # --- databases -------------------------------------------------------------------------------------------------

    def url(self, database: str) -> str:
        """The address of one of the bench's databases."""
        assert self.address is not None
        return self.address.url.rpartition("/")[0] + "/" + database

    def create_database(self, name: str, template: str = "template0") -> None:
        """A new database, empty or a copy of another one that nobody uses."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        self.made.add(name)
        # Statistics and the like are done now and not in the middle of a measurement.
        with psycopg.connect(self.url(name), autocommit=True) as server:
            server.execute("CHECKPOINT" if self._is_superuser(server) else "SELECT 1")

    @staticmethod
    def _is_superuser(server: psycopg.Connection) -> bool:
        row = server.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        return bool(row and row[0])

    def prepared(self) -> str:
        """Register and template, no community connected."""
        if PREPARED not in self.made:
            self.create_database(PREPARED)
            self.say("building the template")
            begun = time.monotonic()
            self.manage(PREPARED, "prepare")
            self.template_seconds = time.monotonic() - begun
        return PREPARED

    def country_database(self) -> str:
        """All communities of the catalogue, connected by `manage.py onboard --all` (timed)."""
        if COUNTRY not in self.made:
            self.create_database(COUNTRY, self.prepared())
            chosen = ["--all"] if not self.quick else ["meghri", "goris", "kapan", "sisian", "gyumri", "artik"]
            self.say(f"connecting {self.country} communities")
            begun = time.monotonic()
            self.manage(COUNTRY, "onboard", *chosen)
            self.onboard_seconds = time.monotonic() - begun
        return COUNTRY

    def fleet_database(self) -> str:
        """The country and as many clones as make `tenants` tenants."""
        if FLEET not in self.made:
            self.create_database(FLEET, self.country_database())
            wanted = range(self.country, self.tenants)
            self.say(f"cloning {len(wanted)} more tenants")
            halves = [list(wanted)[0::2], list(wanted)[1::2]]
            running = [self.begin_inside("clone", FLEET, numbers=half) for half in halves]
            for child in running:
                self.finish_inside(child)
            self.vacuum(FLEET)
        return FLEET

    def vacuum(self, database: str) -> None:
        """Bring the catalogue's statistics up to date, as autovacuum would have in quieter times."""
        with psycopg.connect(self.url(database), autocommit=True) as server:
            for table in ("pg_class", "pg_attribute", "pg_namespace", "pg_index"):
                with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                    server.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))

    # --- children --------------------------------------------------------------------------------------------------

    def environment(self, database: str, settings: str = SETTINGS, **more: str) -> dict[str, str]:
        """The environment of a process that works in one of the databases. Files of a database lie beside it."""
        return {
            **scratch_environment(self.var / database),
            "DATABASE_URL": self.url(database),
            "DJANGO_SETTINGS_MODULE": settings,
            "HAMAYNK_PORT": str(SITE_PORT),
            **more,
        }

    def manage(self, database: str, *arguments: str) -> str:
        """A management command as an operator runs it. Raises BenchFailed."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT,
            env=self.environment(database),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=processes.dying_with_parent(signal.SIGTERM),
        )
        if done.returncode != 0:
            raise BenchFailed(f"manage.py {' '.join(arguments)}: {(done.stdout + done.stderr)[-1500:]}")
        return done.stdout

    def begin_inside(self, action: str, database: str, settings: str = SETTINGS, **given: Any) -> subprocess.Popen[str]:
        """Start `infra.bench.inside ACTION` in a database; it answers with one line of JSON."""
        return subprocess.Popen(
            [sys.executable, "-m", "infra.bench.inside", action, json.dumps(given)],
            cwd=ROOT,
            env=self.environment(database, settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log(action),
            text=True,
            start_new_session=True,
            preexec_fn=processes.dying_with_parent(signal.SIGKILL),  # noqa: PLW1509
        )

    def finish_inside(self, child: subprocess.Popen[str]) -> Any:
        """Wait for it; what it answered. Raises BenchFailed."""
        try:
            answer, _errors = child.communicate()
        except BaseException:
            processes.send_group(child.pid, signal.SIGKILL)
            raise
        lines = answer.strip().splitlines()
        if child.returncode != 0 or not lines:
            raise self.ended(child)
        return json.loads(lines[-1])

    def ended(self, child: subprocess.Popen[str]) -> BenchFailed:
        """The reason why a child ended too early: the end of what it said."""
        action = child.args[3] if isinstance(child.args, list) else ""
        said = (self.var / "log" / f"{action}.log").read_text(errors="replace")
        return BenchFailed(f"{action}: exit code {child.wait(10)}: {said[-1500:]}")

    def inside(self, action: str, database: str, settings: str = SETTINGS, **given: Any) -> Any:
        """Run an action inside a database and return its answer. Raises BenchFailed."""
        return self.finish_inside(self.begin_inside(action, database, settings, **given))

    def log(self, name: str) -> Any:
        """A log file for a child's errors."""
        folder = self.var / "log"
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / f"{name}.log").open("ab")

    @contextlib.contextmanager
    def running(self, name: str, command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        """A server of the bench while the block runs."""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log(name),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=processes.dying_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
        try:
            yield process
        finally:
            processes.send(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            processes.send_group(process.pid, signal.SIGKILL)
            process.wait()

    @contextlib.contextmanager
    def web(self, database: str, settings: str = SETTINGS, **more: str) -> Iterator[int]:
        """The product's web server with two processes; the port it listens on (127.0.0.1)."""
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "infra" / "web_server.py")]
        command += ["--bind", f"127.0.0.1:{port}"]
        environment = self.environment(database, settings, HAMAYNK_WORKERS="2", **more)
        with self.running(f"web-{settings}", command, environment) as process:
            self._wait_for_port(port, process)
            yield port

    def _wait_for_port(self, port: int, process: subprocess.Popen[bytes]) -> None:
        import socket

        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            time.sleep(0.05)
        raise BenchFailed(f"the web server did not start; see {self.var / 'log'}")
