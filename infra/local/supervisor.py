"""`make up`: from nothing to a living system on one machine, in one process that owns all the others.

    python -m infra.local.supervisor up|down|reset

Ctrl-C stops everything in order. Killed outright (`kill -9`), its children die with it (Linux), and what is left is
cleaned up at the next start.
"""

import contextlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

from infra.local import postgres, processes, steps
from infra.local.cluster import Cluster
from infra.local.paths import ROOT, python_environment, setting, test_dir, var_dir
from infra.local.services import Services, environment_is_complete, free_megabytes, port, port_is_free

MIN_FREE_MB = 500
READY_SECONDS = 90
EXCEPTION = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Warning|Exit|Interrupt)?: ")  # last line of a traceback
OWN_CLOCK = re.compile(r"^\s*\d+(\.\d+)? s\s+")  # of a command: its lines get ours instead


class StartError(Exception):
    """The system cannot be started. The message is one line for a person, with what to do."""


class StopRequested(BaseException):
    """Ctrl-C, `make down`, or the terminal was closed."""


class Progress:
    """Lines with the seconds since the start."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def say(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            print(f"[{time.monotonic() - self.begun:6.1f} s] {line}", flush=True)


def up() -> int:
    """Start everything, show the addresses, watch until told to stop; the exit code."""
    progress = Progress()
    lock = var_dir() / "supervisor.lock"
    try:
        with processes.file_lock(lock, wait_seconds=0):
            _on_signals(_raise_stop)
            return _run(progress)
    except processes.LockHeldError as held:
        print(
            f"Hamaynk is already running here (process {held.holder}): http://localhost:{port()}/ - "
            "`make down` stops it.",
            file=sys.stderr,
        )
    except OSError as problem:
        print(_explain(problem), file=sys.stderr)
    return 1


def down() -> int:
    """Stop everything, whoever started it; the exit code."""
    lock = var_dir() / "supervisor.lock"
    if not var_dir().exists():
        print("Nothing runs.")
        return 0
    try:
        with processes.file_lock(lock, wait_seconds=0):
            return _stop_leftovers()
    except processes.LockHeldError as held:
        print(f"Stopping Hamaynk (process {held.holder}) ...", flush=True)
        if held.holder.isdigit():
            processes.send(int(held.holder), signal.SIGTERM)
    try:
        with processes.file_lock(lock, wait_seconds=120):
            return _stop_leftovers()
    except processes.LockHeldError as held:
        print(f"Process {held.holder} does not stop within two minutes: end it with kill -9.", file=sys.stderr)
        return 1


def reset() -> int:
    """Stop everything and remove all data of this checkout: database, media, mail, logs; the exit code."""
    folder = var_dir()
    if folder == ROOT or folder in ROOT.parents or folder in (Path.home(), Path("/")):
        print(
            f"{folder} is no folder of Hamaynk's own: not removed. Give HAMAYNK_VAR a folder for itself.",
            file=sys.stderr,
        )
        return 1
    code = down()
    if code:
        return code
    Cluster(test_dir()).reset()
    if postgres.embedded():
        postgres.reset()
    else:
        print("DATABASE_URL is set: the database it names is left as it is.")
    known = (folder / "supervisor.lock").exists() or (folder / "postgres.lock").exists()
    if known:
        shutil.rmtree(folder)
    print(f"All data in {folder} are removed; `make up` begins anew.")
    return 0


def _run(progress: Progress) -> int:
    services = Services(progress.say)
    code = 0
    begun = False
    try:
        _check(services)
        begun = True
        address = _start_database(progress)
        _prepare(progress)
        services.start()
        progress.say("web, worker and dispatcher are starting")
        _wait_until_ready(services)
        progress.say("ready")
        _show()
        _watch(services, progress, address is not None)
    except (StartError, postgres.PostgresError, ValueError) as problem:
        print(problem, file=sys.stderr)
        code = 1
    except OSError as problem:
        print(_explain(problem), file=sys.stderr)
        code = 1
    except StopRequested:
        print(flush=True)
    finally:
        _on_signals(signal.SIG_IGN)  # a second Ctrl-C does not leave half of it running
        services.stop()
        if begun and postgres.embedded() and postgres.status().running:
            progress.say("stopping PostgreSQL")
            postgres.stop()
        if begun:
            progress.say("stopped; the data are kept")
    return code


def _check(services: Services) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - started by hand with another Python
        raise StartError(f"Python {sys.version.split()[0]} is too old: Hamaynk needs 3.11 or newer.")
    if not environment_is_complete():
        raise StartError("The packages of uv.lock are not all installed: run `make install`.")
    services.clean_up_after_a_crash()
    if not port_is_free(port()):
        raise StartError(
            f"Port {port()} is taken by another program: end it, or choose another port: `HAMAYNK_PORT=8001 make up`."
        )
    free = free_megabytes(var_dir())
    if free < MIN_FREE_MB:
        raise StartError(f"The disk with {var_dir()} has {free} MB left, at least {MIN_FREE_MB} MB are needed.")


def _start_database(progress: Progress) -> postgres.ServerAddress | None:
    if not postgres.embedded():
        progress.say("PostgreSQL: the server that DATABASE_URL names")
        return None
    address = postgres.ensure_running(progress.say, dies_with_us=True)
    progress.say(
        f"PostgreSQL {'answers' if address.started else 'was running already'} on {address.host}:{address.port}"
    )
    return address


def _demo() -> bool:
    """Demo communities and logins exist on a loopback address only, and never with production settings."""
    local = (setting("HAMAYNK_MODE") or "local") == "local"
    return local and (setting("HAMAYNK_LISTEN") or "127.0.0.1") in {"127.0.0.1", "::1", "localhost"}


def _prepare(progress: Progress) -> None:
    """Bring data up to date. What the commands say is passed on with our clock; a traceback goes to the log only."""
    log_path = var_dir() / "log" / "start.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    _table_file().parent.mkdir(parents=True, exist_ok=True)
    # Files are served from the sources here; the folder only has to be there.
    (var_dir() / "static").mkdir(parents=True, exist_ok=True)
    _table_file().unlink(missing_ok=True)
    names = ["prepare", "fleet upgrade", *(["demo"] if _demo() else [])]
    name, reason, in_traceback = names[0], "", False
    with log_path.open("w", encoding="utf-8") as log, _steps(names) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                log.write(line)
                said = line.strip()
                if line.startswith(steps.ANNOUNCEMENT):
                    name = said.removeprefix(steps.ANNOUNCEMENT)
                    continue
                in_traceback = in_traceback or line.startswith("Traceback (most recent call last)")
                if said and not in_traceback:
                    progress.say(OWN_CLOCK.sub("", line.rstrip()))
                if said and (EXCEPTION.match(line) or not in_traceback):
                    reason = said
        except BaseException:
            processes.send_group(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            processes.send_group(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        why = reason or f"exit code {process.returncode}"
        raise StartError(f"`manage.py {name}` failed: {why} (all of it: {log_path})")


def _steps(names: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "infra.local.steps", str(_table_file()), *names],
        cwd=ROOT,
        env=python_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=processes.dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one thread
    )


def _table_file() -> Path:
    return var_dir() / "run" / "table.txt"


def _show() -> None:
    text = _table_file().read_text(encoding="utf-8") if _table_file().exists() else ""
    with contextlib.suppress(BrokenPipeError):
        print(f"\n{text.rstrip()}\n" if text.strip() else f"\nhttp://localhost:{port()}/\n")
        print("Ctrl-C stops everything; the data are kept. Logs: " + str(var_dir() / "log"), flush=True)


def _wait_until_ready(services: Services) -> None:
    deadline = time.monotonic() + READY_SECONDS
    web = services.planned[0]
    answer = "no answer"
    while time.monotonic() < deadline:
        if not web.running():
            raise StartError(f"{services.last_words('web')}\nThe web server ended; log: {services.log_of('web')}")
        answer = _ask_readiness()
        if answer == "200":
            return
        time.sleep(0.1)
    raise StartError(
        f"The web server is not ready after {READY_SECONDS} s (/health/ready: {answer}); log: {services.log_of('web')}"
    )


def _ask_readiness() -> str:
    host = setting("HAMAYNK_LISTEN") or "127.0.0.1"
    if host in {"localhost", "0.0.0.0"}:  # noqa: S104 - asked, not bound
        host = "127.0.0.1"
    connection = http.client.HTTPConnection(host, port(), timeout=10)
    try:
        connection.request("GET", "/health/ready", headers={"Host": f"{setting('HAMAYNK_BASE_DOMAIN') or 'localhost'}"})
        return str(connection.getresponse().status)
    except OSError as problem:
        return problem.strerror or type(problem).__name__
    except http.client.HTTPException as problem:
        return type(problem).__name__
    finally:
        connection.close()


def _watch(services: Services, progress: Progress, embedded: bool) -> NoReturn:
    next_look = 0.0
    while True:
        services.look_after()
        if embedded and time.monotonic() >= next_look:
            next_look = time.monotonic() + 1
            if not postgres.status().running:
                progress.say("PostgreSQL ended, starting it again")
                try:
                    postgres.ensure_running(progress.say, dies_with_us=True)
                    progress.say("PostgreSQL answers again")
                except postgres.PostgresError as problem:
                    progress.say(str(problem))
                    next_look = time.monotonic() + 10
        time.sleep(0.2)


def _stop_leftovers() -> int:
    services = Services(lambda line: print(line, flush=True))
    services.clean_up_after_a_crash()
    if postgres.embedded() and postgres.stop():
        print("PostgreSQL stopped")
    if Cluster(test_dir()).stop():
        print("PostgreSQL of the test runs stopped")
    print("Hamaynk does not run.")
    return 0


def _on_signals(handler: object) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
            continue  # started with nohup: closing the terminal is not meant for us
        signal.signal(number, handler)  # type: ignore[arg-type]


def _raise_stop(number: int, frame: FrameType | None) -> None:
    raise StopRequested


def _explain(problem: OSError) -> str:
    if free_megabytes(var_dir()) < 16:
        return f"The disk with {var_dir()} is full. Free some space and run the same command again."
    return f"{problem.strerror or problem}: {problem.filename or var_dir()}"


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    actions = {"up": up, "down": down, "reset": reset}
    if len(arguments) != 1 or arguments[0] not in actions:
        print(f"usage: python -m infra.local.supervisor {'|'.join(actions)}", file=sys.stderr)
        return 2
    os.umask(0o022)
    try:
        return actions[arguments[0]]()
    except (postgres.PostgresError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
