"""The whole product in a folder of its own, started by its own supervisor: for the chaos run and the bench."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from infra.local import processes
from infra.local.cluster import Cluster
from infra.local.paths import ROOT, python_environment

Say = Callable[[str], None]
LAST_LINE = "Ctrl-C stops everything"  # of the supervisor, when all of it is ready
START_SECONDS = 300.0
STOP_SECONDS = 90.0


class ProductFailed(Exception):
    """The product did not start. The message is the end of what it said."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def scratch_environment(var: Path, **settings: str) -> dict[str, str]:
    """The environment of a product in `var`: nothing of ours leaks into it, neither settings nor a `.env`."""
    kept = {
        name: value
        for name, value in python_environment().items()
        if not name.startswith(("HAMAYNK_", "PYTEST_", "DJANGO_"))
    }
    # Empty and not absent: an absent one would be looked up in `.env`.
    return {**kept, "DATABASE_URL": "", "HAMAYNK_VAR": str(var), **settings}


@dataclass
class Product:
    """Web, worker, dispatcher and PostgreSQL under the supervisor, with all their files below `var`."""

    var: Path
    port: int = field(default_factory=free_port)
    demo: bool = False
    lines: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    def environment(self) -> dict[str, str]:
        """Production settings, unless the demo communities and their logins are wanted."""
        settings = {"HAMAYNK_PORT": str(self.port)}
        if not self.demo:
            settings |= {
                "HAMAYNK_MODE": "production",
                "HAMAYNK_SECRET_KEY": secrets.token_urlsafe(64),
                "HAMAYNK_IDENTIFIER_KEYS": secrets.token_urlsafe(64),
                # Visitors are told apart by X-Forwarded-For, as behind a proxy; the limits per visitor stay in force.
                "HAMAYNK_TRUSTED_PROXIES": "true",
            }
        return scratch_environment(self.var, **settings)

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.var)

    def start(self) -> float:
        """Start everything and wait until it is ready; the seconds it took. Raises ProductFailed."""
        begun = time.monotonic()
        self.lines.clear()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "infra.local.supervisor", "up"],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=processes.dying_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )
        is_ready = threading.Event()
        threading.Thread(target=self._listen, args=(self.process, is_ready), daemon=True).start()
        if not is_ready.wait(START_SECONDS) or self.process.poll() is not None:
            said = "\n".join(self.lines[-15:])
            self.stop()
            raise ProductFailed(said or "the supervisor said nothing")
        return time.monotonic() - begun

    def _listen(self, process: subprocess.Popen[str], is_ready: threading.Event) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith(LAST_LINE):
                is_ready.set()
        is_ready.set()  # it ended

    def manage(self, *arguments: str) -> str:
        """Run a management command in it; what it said. Raises ProductFailed."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise ProductFailed(f"manage.py {' '.join(arguments)}: {(done.stdout + done.stderr)[-1500:]}")
        return done.stdout

    def stop(self) -> None:
        """Stop everything in order; what does not stop in time is killed. May be called twice."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            processes.send_group(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.cluster.stop()
        self.process = None

    def remove(self) -> None:
        """Stop it and remove all its data."""
        self.stop()
        if self.var.exists():
            self.cluster.reset()
            shutil.rmtree(self.var, ignore_errors=True)


def scratch_folder(name: str) -> Path:
    """A folder below the var folder for one run; a run at the same time gets its own."""
    from infra.local.paths import var_dir

    return var_dir() / f"{name}-{os.getpid()}"
